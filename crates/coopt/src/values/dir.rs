//! `--dir FOLDER[::NAME]`.

use std::str::FromStr;

/// A folder given to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dir(pub coopt_host::Dir);

impl FromStr for Dir {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, name) = text.split_once("::").unwrap_or((text, text));
        if path.is_empty() || name.is_empty() {
            return Err(format!(
                "a folder is given as `FOLDER` or `FOLDER::NAME`; found an empty name; in `{text}`; \
                 write `.` for the current folder"
            ));
        }
        Ok(Self(coopt_host::Dir {
            path: path.into(),
            name: name.into(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dir(path: &str, name: &str) -> Result<Dir, String> {
        Ok(Dir(coopt_host::Dir {
            path: path.into(),
            name: name.into(),
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
    fn an_empty_name_is_refused() {
        for text in ["", "::", "a::", "::b"] {
            let error = text.parse::<Dir>().expect_err("one name is empty");
            assert!(error.contains(&format!("in `{text}`;")), "{error}");
        }
    }
}
