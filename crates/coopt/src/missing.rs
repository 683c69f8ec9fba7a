//! What a program wanted and was not given, said when it ends.
//!
//! A path is told of only when the program failed: programs ask for files to see
//! whether they are there, and go on without them. An address is told of in any
//! case, and at Ctrl-C too: a program that is refused one may try again for ever.
//! There is one note at most, and an address comes first, as nobody probes for one.

use std::path::Path;
use std::sync::OnceLock;

use coopt_host::{Dir, Refusal};

use crate::message;
use crate::values::Net;

/// The first address that the program was refused.
static REFUSED: OnceLock<Refusal> = OnceLock::new();

/// Notes an address that the program was refused.
pub fn refused(refusal: Refusal) {
    // The first one is kept, as a program may try again and again.
    let _ = REFUSED.set(refusal);
}

/// Says what the program was refused, or else which path it asked for that is in
/// none of `dirs`.
pub fn tell(outside: Option<&str>, dirs: &[Dir]) {
    match (REFUSED.get(), outside) {
        (Some(refusal), _) => tell_refusal(refusal),
        (None, Some(path)) => tell_path(path, dirs),
        (None, None) => {}
    }
}

fn tell_refusal(refusal: &Refusal) {
    message::note(&format_args!(
        "a program reaches what `--net` allows; found that it wanted to {}; run it with {}",
        refusal.what,
        Net::remedy(refusal.is_loopback)
    ));
}

fn tell_path(path: &str, dirs: &[Dir]) {
    message::note(&format_args!(
        "a program finds the files in its folders; found that it asked for `{path}` and that {}; run it with `--dir {}`",
        given(dirs),
        folder_of(path)
    ));
}

/// What the program was given, in words.
fn given(dirs: &[Dir]) -> String {
    let names: Vec<_> = dirs.iter().map(|dir| dir.name.as_str()).collect();
    match names[..] {
        [] => "it has none".to_owned(),
        [name] => format!("it has `{name}` only"),
        [..] => format!("it has `{}` only", names.join("`, `")),
    }
}

/// The value of `--dir` by which the program would find `path`.
fn folder_of(path: &str) -> String {
    let parent = Path::new(path).parent().and_then(Path::to_str);
    match parent.unwrap_or_default() {
        "" if path == ".." => "..".to_owned(),
        // A program begins in the folder `/`, whatever is there.
        "/" => ".::/".to_owned(),
        folder if folder.starts_with('/') || folder.starts_with("..") => folder.to_owned(),
        _ => ".".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_is_a_folder_in_which_the_path_is_found() {
        for (path, folder) in [
            ("data.txt", "."),
            ("./sub/data.txt", "."),
            ("/etc/hosts", "/etc"),
            ("/data.txt", ".::/"),
            ("/", "."),
            ("", "."),
            ("..", ".."),
            ("../data.txt", ".."),
        ] {
            assert_eq!(folder_of(path), folder, "{path}");
        }
    }

    #[test]
    fn what_the_program_has_is_named() {
        let dir = |name: &str| Dir {
            path: "anywhere".into(),
            name: name.into(),
            also: None,
        };
        assert_eq!(given(&[]), "it has none");
        assert_eq!(given(&[dir("/a")]), "it has `/a` only");
        assert_eq!(given(&[dir("/a"), dir("b")]), "it has `/a`, `b` only");
    }
}
