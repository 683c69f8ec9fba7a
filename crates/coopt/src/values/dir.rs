//! `--dir HOST[::GUEST]`.

use std::str::FromStr;

/// A folder given to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dir(pub coopt_host::Dir);

impl FromStr for Dir {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (host, guest) = text.split_once("::").unwrap_or((text, text));
        if host.is_empty() || guest.is_empty() {
            return Err(format!(
                "a folder is given as `HOST` or `HOST::GUEST`; found an empty name; in `{text}`; \
                 write `.` for the current folder"
            ));
        }
        Ok(Self(coopt_host::Dir {
            host: host.into(),
            guest: guest.into(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dir(host: &str, guest: &str) -> Result<Dir, String> {
        Ok(Dir(coopt_host::Dir {
            host: host.into(),
            guest: guest.into(),
        }))
    }

    #[test]
    fn the_guest_sees_the_same_name_unless_told_another() {
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
