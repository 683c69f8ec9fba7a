//! The list of the library's files, `sysroot/files.txt`, which says at its head how it is written.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

use crate::folder;

/// A part of the library: an archive, or the start files.
pub struct Part<'a> {
    /// The archive's name; `None` for the start files.
    pub archive: Option<&'a str>,
    /// Its files, as they are listed.
    pub files: Vec<File<'a>>,
}

/// A file to compile.
pub struct File<'a> {
    /// Where it is in the source, with its extension.
    pub path: PathBuf,
    /// The flags that the list gives it.
    pub flags: Vec<&'a str>,
}

/// Reads the list `text` of the files in the folder `source`.
///
/// # Errors
/// When a line cannot be read, or names a file or folder that is not there.
pub fn parse<'a>(text: &'a str, source: &Path) -> Result<Vec<Part<'a>>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut flags = Vec::new();
    for entry in entries(text) {
        let place = || format!("line {} of the list of files", entry.line);
        match entry.words.as_slice() {
            ["archive", name] => parts.push(Part::new(Some(name))),
            ["start"] => parts.push(Part::new(None)),
            ["with", rest @ ..] => flags = rest.to_vec(),
            [folder, names @ ..] if folder.ends_with(':') => {
                let folder = Path::new(folder.trim_end_matches(':'));
                let Some(part) = parts.last_mut() else {
                    bail!("{}: a file is of an archive; begin one above it", place());
                };
                let paths = select(names, folder, source).with_context(place)?;
                part.files.extend(paths.into_iter().map(|path| File {
                    path,
                    flags: flags.clone(),
                }));
            }
            _ => bail!(
                "{}: it must begin with `archive`, `start`, `with`, or a folder and `:`",
                place()
            ),
        }
    }
    Ok(parts)
}

impl<'a> Part<'a> {
    fn new(archive: Option<&'a str>) -> Self {
        let files = Vec::new();
        Self { archive, files }
    }
}

/// A line with those that go on with it.
struct Entry<'a> {
    line: usize,
    words: Vec<&'a str>,
}

fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let words = line.split_whitespace();
        match entries.last_mut() {
            _ if line.starts_with('#') || line.trim().is_empty() => {}
            Some(entry) if line.starts_with(' ') => entry.words.extend(words),
            _ => entries.push(Entry {
                line: at + 1,
                words: words.collect(),
            }),
        }
    }
    entries
}

/// The files of a line, in the order of their names where the line says `all`.
fn select(names: &[&str], folder: &Path, source: &Path) -> Result<Vec<PathBuf>> {
    let path = |name: &&str| {
        let path = folder.join(format!("{name}.c"));
        ensure!(
            source.join(&path).is_file(),
            "a file must be there, and `{}` is not",
            path.display()
        );
        Ok(path)
    };
    let omitted = match names {
        ["all"] => &[],
        ["all", "but", omitted @ ..] => omitted,
        names => return names.iter().map(path).collect(),
    };
    let omitted = omitted.iter().map(path).collect::<Result<Vec<_>>>()?;
    let all = folder::files(&source.join(folder), "c")?;
    ensure!(
        !all.is_empty(),
        "a folder must hold files, and `{}` holds none",
        folder.display()
    );
    let paths = all
        .iter()
        .filter_map(|file| file.strip_prefix(source).ok())
        .map(Path::to_path_buf);
    Ok(paths.filter(|path| !omitted.contains(path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> PathBuf {
        crate::layout::root().join("sysroot/src")
    }

    fn parse_here(text: &str) -> Result<Vec<(Option<&str>, String)>> {
        let parts = parse(text, &source())?;
        let listed = parts.iter().flat_map(|part| {
            part.files.iter().map(|file| {
                let flags = file.flags.join(" ");
                (part.archive, format!("{} {flags}", file.path.display()))
            })
        });
        Ok(listed.collect())
    }

    #[test]
    fn a_file_has_the_flags_above_it() {
        let text = "archive c\nwith -Ia\n  -Ib\n.: pipe\n    locks\nstart\nwith\n.: crt1-command\n";
        let listed = parse_here(text).expect("the list is in order");
        let expected = [
            (Some("c"), "./pipe.c -Ia -Ib"),
            (Some("c"), "./locks.c -Ia -Ib"),
            (None, "./crt1-command.c "),
        ];
        assert_eq!(listed, expected.map(|(part, file)| (part, file.to_owned())));
    }

    #[test]
    fn all_of_a_folder_are_listed_but_some() {
        let listed = parse_here("archive c\nsockets: all but socket\n").expect("in order");
        assert!(listed.iter().any(|(_, file)| file == "sockets/address.c "));
        assert!(!listed.iter().any(|(_, file)| file == "sockets/socket.c "));
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        for text in [
            "archive c\n.: nothing\n",
            "archive c\nsockets: all but nothing\n",
            "archive c\nnowhere: all\n",
            ".: pipe\n",
            "archive c\npipe\n",
        ] {
            assert!(parse_here(text).is_err(), "{text}");
        }
    }
}
