//! `--env NAME=VALUE` and `--env NAME`.

use std::env::{self, VarError};
use std::ffi::OsString;
use std::str::FromStr;

/// A variable of the program's environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvVar {
    /// The name and the value are given.
    Set(String, String),
    /// The name is given. The value is that of the caller's variable.
    Inherit(String),
}

impl EnvVar {
    /// The caller's variables, but for those that are not UTF-8.
    pub fn all_of_caller() -> impl Iterator<Item = (String, String)> {
        env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
    }

    /// The name and the value. `None` when the caller has no such variable. The
    /// error is the caller's value, which is not UTF-8.
    pub fn resolve(&self) -> Option<Result<(String, String), OsString>> {
        match self {
            Self::Set(name, value) => Some(Ok((name.clone(), value.clone()))),
            Self::Inherit(name) => match env::var(name) {
                Ok(value) => Some(Ok((name.clone(), value))),
                Err(VarError::NotPresent) => None,
                Err(VarError::NotUnicode(value)) => Some(Err(value)),
            },
        }
    }
}

impl FromStr for EnvVar {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        if name.is_empty() {
            return Err(format!(
                "a variable is given as `NAME` or `NAME=VALUE`; found no name; in `{text}`; write one before the `=`"
            ));
        }
        Ok(match value {
            Some(value) => Self::Set(name.to_owned(), value.to_owned()),
            None => Self::Inherit(name.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_equals_sign_ends_the_name() {
        assert_eq!("A=b=c".parse(), Ok(EnvVar::Set("A".into(), "b=c".into())));
        assert_eq!("A=".parse(), Ok(EnvVar::Set("A".into(), String::new())));
        assert_eq!("A".parse(), Ok(EnvVar::Inherit("A".into())));
    }

    #[test]
    fn a_variable_needs_a_name() {
        for text in ["", "=", "=b"] {
            assert!(text.parse::<EnvVar>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_variable_that_the_caller_does_not_have_is_left_out() {
        assert_eq!(EnvVar::Inherit("COOPT_TEST_NOT_SET".into()).resolve(), None);
    }
}
