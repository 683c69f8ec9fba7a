//! Response files (`@file`), read as clang reads them.

use std::ffi::{OsStr, OsString};

/// What is in a file, or nothing if it cannot be read.
pub type ReadFile<'a> = dyn Fn(&OsStr) -> Option<Vec<u8>> + 'a;

/// The words, with the words in response files in place of their names. The name
/// of a file stays if clang will say what is wrong with it: it cannot be read, it
/// is no text, or it names itself.
pub(crate) fn expand(words: &[OsString], read_file: &ReadFile<'_>) -> Vec<OsString> {
    let mut expanded = Vec::new();
    expand_into(&mut expanded, words, read_file, &mut Vec::new());
    expanded
}

/// `open` has the files that are being expanded.
fn expand_into(
    expanded: &mut Vec<OsString>,
    words: &[OsString],
    read_file: &ReadFile<'_>,
    open: &mut Vec<OsString>,
) {
    for word in words {
        match words_of(word, read_file).filter(|_| !open.contains(word)) {
            Some(inner) => {
                open.push(word.clone());
                expand_into(expanded, &inner, read_file, open);
                open.pop();
            }
            None => expanded.push(word.clone()),
        }
    }
}

/// The words in the response file that `word` names.
fn words_of(word: &OsStr, read_file: &ReadFile<'_>) -> Option<Vec<OsString>> {
    let name = word.to_str()?.strip_prefix('@')?;
    split(&in_one_encoding(read_file(OsStr::new(name))?)?)
}

/// The bytes of a file in the encoding of the command line. A byte order mark says
/// that they are in another.
fn in_one_encoding(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let unit: fn([u8; 2]) -> u16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        [0xef, 0xbb, 0xbf, rest @ ..] => return Some(rest.to_vec()),
        _ => return Some(bytes),
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().skip(1).map(|pair| unit(*pair)).collect();
    let text = String::from_utf16(&units).ok()?;
    rest.is_empty().then(|| text.into_bytes())
}

/// The words of a response file, as GNU tools read it: white space separates
/// them, but not in quotes of either kind or behind a backslash.
fn split(text: &[u8]) -> Option<Vec<OsString>> {
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut quote: Option<u8> = None;
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        match (byte, quote) {
            (b'\\', _) => word.get_or_insert_default().extend(bytes.next()),
            (_, Some(open)) if byte == open => quote = None,
            (b'"' | b'\'', None) => {
                quote = Some(byte);
                word.get_or_insert_default();
            }
            (_, None) if byte.is_ascii_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(byte),
        }
    }
    words.extend(word);
    words.into_iter().map(from_bytes).collect()
}

#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems have words of text alone"
)]
fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt as _;
    Some(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    String::from_utf8(bytes).ok().map(OsString::from)
}

/// A text that [`expand`] reads as these words.
pub(crate) fn text_of(words: &[OsString]) -> Vec<u8> {
    let mut text = Vec::new();
    for word in words {
        text.push(b'"');
        for byte in word.as_encoded_bytes() {
            if matches!(byte, b'"' | b'\\') {
                text.push(b'\\');
            }
            text.push(*byte);
        }
        text.extend(b"\"\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str, files: &[(&str, &[u8])]) -> Vec<OsString> {
        expand(&[word.into()], &|name| {
            let (_, bytes) = files.iter().find(|(known, _)| *known == name)?;
            Some(bytes.to_vec())
        })
    }

    #[test]
    fn words_are_told_apart_as_gnu_tools_do() {
        for (text, words) in [
            (" \n\t ", &[][..]),
            ("'' \"a", &["", "a"]),
            ("a\\", &["a"]),
            (
                "-o 'my program' -DX=a\\ b",
                &["-o", "my program", "-DX=a b"],
            ),
        ] {
            assert_eq!(read("@f", &[("f", text.as_bytes())]), words, "{text}");
        }
    }

    #[test]
    fn every_encoding_of_clang_is_read() {
        let utf16 = |mark: u16, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = [mark].into_iter().chain("-c é.c".encode_utf16());
            units.flat_map(bytes).collect()
        };
        for bytes in [
            "-c é.c".as_bytes().to_vec(),
            "\u{feff}-c é.c".as_bytes().to_vec(),
            utf16(0xfeff, u16::to_le_bytes),
            utf16(0xfeff, u16::to_be_bytes),
        ] {
            assert_eq!(read("@f", &[("f", &bytes)]), ["-c", "é.c"], "{bytes:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_of_other_bytes_keeps_them() {
        let words = read("@f", &[("f", b"-c \xe9.c")]);
        assert_eq!(words[0], "-c");
        assert_eq!(words[1].as_encoded_bytes(), b"\xe9.c");
    }

    #[test]
    fn what_clang_refuses_is_left_to_clang() {
        // Half a character, and a unit that stands for none.
        for bytes in [&b"\xff\xfe-\0c"[..], b"\xff\xfe\0\xd8"] {
            assert_eq!(read("@f", &[("f", bytes)]), ["@f"], "{bytes:?}");
        }
        assert_eq!(read("@missing", &[]), ["@missing"]);
        let circle: [(&str, &[u8]); 2] = [("a", b"x @b @b"), ("b", b"y @a @a @b")];
        let (b, whole) = (["y", "@a", "@a", "@b"], read("@a", &circle));
        assert_eq!(whole, [&["x"][..], &b, &b].concat());
    }

    #[test]
    fn a_text_that_is_written_is_read_again() {
        let words: Vec<OsString> = ["a b", "", "\"\\'", "@x", "é"].map(Into::into).into();
        assert_eq!(split(&text_of(&words)), Some(words));
    }
}
