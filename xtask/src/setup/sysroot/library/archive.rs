//! Changes the members of an archive. The archive is not unpacked into a
//! folder, because two members may have one name (wasi-libc has two `errno.o`).
//!
//! An archive is a magic word, then for each member a header of 60 bytes of
//! text and the contents, padded to an even length. In GNU's form, which
//! llvm-ar writes, two members are no files: the index of symbols, and the
//! names that are too long for a header.

use std::error::Error as StdError;
use std::ops::Range;

/// What an archive begins with.
const MAGIC: &[u8] = b"!<arch>\n";

/// The size of a member's header.
const HEADER_SIZE_BYTES: usize = 60;

/// Where in the header the name is, the size of the contents in decimal, and
/// [`END_MARK`].
const NAME: Range<usize> = 0..16;
const SIZE: Range<usize> = 48..58;
const END: Range<usize> = 58..60;
const END_MARK: &[u8] = b"`\n";

/// The names of the index of symbols, for offsets of 32 and of 64 bits.
const INDEX: [&[u8]; 2] = [b"/", b"/SYM64/"];

/// The name of the member with the long names.
const LONG_NAMES: &[u8] = b"//";

/// How long names, and the name of the index, begin in BSD's form.
const BSD: [&[u8]; 2] = [b"#1/", b"__.SYMDEF"];

/// Why an archive cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum Error<E> {
    /// The file is no archive.
    #[error("an archive begins with `!<arch>`, and this file does not")]
    NotAnArchive,
    /// A member without a proper header, or cut off.
    #[error("an archive's members have a header each and are whole; that at byte {at} is not")]
    BadMember {
        /// Where its header begins.
        at: usize,
    },
    /// BSD's form of archives.
    #[error(
        "an archive of the C library must be of GNU's form, and this one is of BSD's; have \
         `llvm-ar --format=gnu` write it"
    )]
    Bsd,
    /// A member has become too large for its header.
    #[error("a member may have {} digits of size; that at byte {at} has more", SIZE.len())]
    TooLarge {
        /// Where its header begins.
        at: usize,
    },
    /// A member cannot be changed.
    #[error("member {}", name.escape_ascii())]
    Member {
        /// The name in the member's header.
        name: Vec<u8>,
        /// The error of the change.
        source: E,
    },
}

/// The archive with the members that `change` returns; a member stays as it is
/// where `change` returns `None`. The new archive has no index, which the caller
/// has made anew. `None` if no member changes.
pub fn change_members<E: StdError>(
    archive: &[u8],
    change: impl Fn(&[u8]) -> Result<Option<Vec<u8>>, E>,
) -> Result<Option<Vec<u8>>, Error<E>> {
    let members = archive.strip_prefix(MAGIC).ok_or(Error::NotAnArchive)?;
    let mut new = MAGIC.to_vec();
    let mut is_changed = false;
    let mut rest = members;
    while !rest.is_empty() {
        let at = archive.len() - rest.len();
        let (member, after) = Member::split_off(rest).ok_or(Error::BadMember { at })?;
        rest = after;
        let name = member.name();
        if INDEX.contains(&name) {
            continue;
        }
        if BSD.iter().any(|start| name.starts_with(start)) {
            return Err(Error::Bsd);
        }
        let changed = match name {
            LONG_NAMES => None,
            _ => change(member.contents).map_err(|source| Error::Member {
                name: name.to_vec(),
                source,
            })?,
        };
        is_changed |= changed.is_some();
        let contents = changed.as_deref().unwrap_or(member.contents);
        member
            .append_to(&mut new, contents)
            .ok_or(Error::TooLarge { at })?;
    }
    Ok(is_changed.then_some(new))
}

/// A member as it stands in an archive.
struct Member<'a> {
    header: &'a [u8; HEADER_SIZE_BYTES],
    contents: &'a [u8],
}

impl<'a> Member<'a> {
    /// The first member of `bytes`, and what follows it.
    fn split_off(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (header, rest) = bytes.split_first_chunk::<HEADER_SIZE_BYTES>()?;
        if &header[END] != END_MARK {
            return None;
        }
        let size: usize = str::from_utf8(&header[SIZE])
            .ok()?
            .trim_end()
            .parse()
            .ok()?;
        let (contents, rest) = rest.split_at_checked(size)?;
        // The last member's padding may be missing.
        let padding = (size % 2).min(rest.len());
        Some((Self { header, contents }, &rest[padding..]))
    }

    /// The name in the header, which for a long name is a number only.
    fn name(&self) -> &'a [u8] {
        self.header[NAME].trim_ascii_end()
    }

    /// Appends the member with other contents; `None` if their size does not fit
    /// into the header.
    fn append_to(&self, archive: &mut Vec<u8>, contents: &[u8]) -> Option<()> {
        let mut header = *self.header;
        let size = format!("{:<width$}", contents.len(), width = SIZE.len());
        if size.len() != SIZE.len() {
            return None;
        }
        header[SIZE].copy_from_slice(size.as_bytes());
        archive.extend(header);
        archive.extend(contents);
        if contents.len() % 2 == 1 {
            archive.push(b'\n');
        }
        assert_eq!(archive.len() % 2, 0, "members begin at even places");
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// An archive of members, each with a name and contents.
    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = MAGIC.to_vec();
        for (name, contents) in members {
            let size = contents.len();
            let header = format!("{name:<16}0           0     0     644     {size:<10}`\n");
            archive.extend(header.bytes().chain(contents.bytes()));
            archive.extend((size % 2 == 1).then_some(b'\n'));
        }
        archive
    }

    /// Adds a letter to each member but `done`; refuses `bad`.
    fn grow(archive: &[u8]) -> Result<Option<Vec<u8>>, Error<io::Error>> {
        change_members(archive, |contents| match contents {
            b"bad" => Err(io::Error::other("it is bad")),
            b"done" => Ok(None),
            _ => Ok(Some([contents, b"+"].concat())),
        })
    }

    #[test]
    fn each_member_of_a_name_changes_and_the_index_goes() {
        let before = archive(&[
            ("/", "index"),
            ("//", "a long name.o/\n"),
            ("errno.o/", "one"),
            ("errno.o/", "other"),
            ("done.o/", "done"),
            ("/0", ""),
        ]);
        let after = archive(&[
            ("//", "a long name.o/\n"),
            ("errno.o/", "one+"),
            ("errno.o/", "other+"),
            ("done.o/", "done"),
            ("/0", "+"),
        ]);
        assert_eq!(grow(&before).expect("it is an archive"), Some(after));
    }

    #[test]
    fn without_a_change_there_is_no_new_archive() {
        for members in [&[][..], &[("/", "index"), ("done.o/", "done")]] {
            let unchanged = grow(&archive(members)).expect("it is an archive");
            assert_eq!(unchanged, None);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(matches!(grow(b"\0asm"), Err(Error::NotAnArchive)));
        let bsd = archive(&[("#1/20", "a name")]);
        assert!(matches!(grow(&bsd), Err(Error::Bsd)));
        let bad = grow(&archive(&[("a.o/", "a"), ("b.o/", "bad")])).expect_err("`b.o` is bad");
        assert_eq!(bad.to_string(), "member b.o/");

        let whole = archive(&[("a.o/", "a"), ("b.o/", "bcd")]);
        for length in MAGIC.len() + 1..whole.len() - 1 {
            let second = MAGIC.len() + HEADER_SIZE_BYTES + 2;
            let is_in_order = length == second || length == second - 1;
            let at_start = if length < second { MAGIC.len() } else { second };
            match grow(&whole[..length]) {
                Ok(_) => assert!(is_in_order, "{length}"),
                Err(Error::BadMember { at }) => assert_eq!(at, at_start, "{length}"),
                Err(other) => panic!("{length}: {other}"),
            }
        }
    }
}
