//! `--dir FOLDER[::NAME]`.

use std::str::FromStr;

/// A folder given to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dir(pub coopt_host::Dir);

impl FromStr for Dir {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, name, also) = match text.split_once("::") {
            Some((path, name)) => (path, name, None),
            None => (text, text, absolute(text)),
        };
        if path.is_empty() || name.is_empty() {
            return Err(format!(
                "a folder is given as `FOLDER` or `FOLDER::NAME`; found an empty name; in `{text}`; \
                 write `.` for the current folder"
            ));
        }
        Ok(Self(coopt_host::Dir {
            path: path.into(),
            name: name.into(),
            also,
        }))
    }
}

/// The absolute path of a folder that is given by another: tests find their data by it
/// (`CARGO_MANIFEST_DIR`), and so do programs that were told so when they were built.
fn absolute(path: &str) -> Option<String> {
    let absolute = std::fs::canonicalize(path).ok()?;
    let absolute = absolute.to_str()?;
    (absolute != path).then(|| absolute.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dir(path: &str, name: &str) -> Result<Dir, String> {
        Ok(Dir(coopt_host::Dir {
            path: path.into(),
            name: name.into(),
            also: None,
        }))
    }

    #[test]
    fn the_name_in_the_program_is_the_folders_unless_another_is_given() {
        assert_eq!("data".parse(), dir("data", "data"));
        assert_eq!("/var/data::/d".parse(), dir("/var/data", "/d"));
        assert_eq!("a:b".parse(), dir("a:b", "a:b"));
        assert_eq!("a::b::c".parse(), dir("a", "b::c"));
    }

    #[test]
    fn a_folder_without_a_name_of_its_own_has_its_absolute_path_too() {
        let here = std::env::current_dir().expect("there is one");
        let here = here.canonicalize().expect("it is there");
        let Dir(dir) = ".".parse().expect("it is a folder");
        assert_eq!(
            (dir.name.as_str(), dir.also.as_deref()),
            (".", here.to_str())
        );
        let Dir(dir) = here
            .to_str()
            .expect("text")
            .parse()
            .expect("it is a folder");
        assert_eq!(dir.also, None);
    }

    #[test]
    fn an_empty_name_is_refused() {
        for text in ["", "::", "a::", "::b"] {
            let error = text.parse::<Dir>().expect_err("one name is empty");
            assert!(error.contains(&format!("in `{text}`;")), "{error}");
        }
    }
}
