//! Which C library.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::surroundings::Surroundings;
use crate::{TARGET, WITHOUT_ABSENT};

/// A folder with `include` and `lib/wasm32-wasip1-threads`: coopt's own, or
/// wasi-sdk's, whose C library brings its own threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysroot(PathBuf);

impl Sysroot {
    /// The C library for a command line that names none.
    ///
    /// # Errors
    ///
    /// [`Error::NoSysroot`].
    pub fn find(surroundings: &Surroundings<'_>) -> Result<Self, Error> {
        if let Some(wish) = surroundings.path("COOPT_SYSROOT") {
            return Ok(Self(wish));
        }
        let candidates = candidates(surroundings);
        match candidates
            .iter()
            .find(|folder| (surroundings.exists)(&library(folder)))
        {
            Some(found) => Ok(Self(found.clone())),
            None => Err(Error::NoSysroot { tried: candidates }),
        }
    }

    /// The C library in `folder`, which the user named.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The word by which the linker finds no function that always fails.
    pub(crate) fn without_absent(&self) -> OsString {
        let mut word = OsString::from("-L");
        word.push(self.0.join("lib").join(TARGET).join(WITHOUT_ABSENT));
        word
    }

    /// What there is of C++ beside the C library.
    pub(crate) fn cxx(&self, surroundings: &Surroundings<'_>) -> Cxx {
        let has = |name| (surroundings.exists)(&self.0.join("lib").join(TARGET).join(name));
        match (has("libc++.a"), has("libunwind.a")) {
            (false, _) => Cxx::None,
            (true, false) => Cxx::WithoutExceptions,
            (true, true) => Cxx::WithExceptions,
        }
    }
}

/// What a sysroot has of C++.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cxx {
    /// No library.
    None,
    /// A library that can be linked with code that neither throws nor catches.
    WithoutExceptions,
    /// A library with exceptions.
    WithExceptions,
}

/// Where a sysroot may be, best first.
fn candidates(surroundings: &Surroundings<'_>) -> Vec<PathBuf> {
    let sdk = surroundings
        .path("WASI_SDK_PATH")
        .map(|sdk| sdk.join("share/wasi-sysroot"));
    let program = surroundings
        .program_folder
        .as_ref()
        .and_then(|folder| folder.parent());
    let beside = program.into_iter().flat_map(|prefix| {
        // The first place is in a clone, the second in an installed package.
        ["coopt/sysroot", "share/coopt/sysroot"].map(|place| prefix.join(place))
    });
    let data = surroundings
        .data_home()
        .map(|home| home.join("coopt/sysroot"));
    sdk.into_iter().chain(beside).chain(data).collect()
}

/// The file by which a sysroot is recognised.
fn library(sysroot: &Path) -> PathBuf {
    sysroot.join("lib").join(TARGET).join("libc.a")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(variables: &[(&str, &str)], sysroots: &[&str]) -> Result<PathBuf, Error> {
        let found = Sysroot::find(&Surroundings {
            variable: &|name| {
                let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
                Some(OsString::from(value))
            },
            exists: &|path| {
                sysroots
                    .iter()
                    .any(|folder| library(Path::new(folder)) == path)
            },
            program_folder: Some("/clone/target/debug".into()),
        })?;
        Ok(found.0)
    }

    #[test]
    fn the_order_is_wish_sdk_clone_package_data() {
        let all = [
            "/sdk/share/wasi-sysroot",
            "/clone/target/coopt/sysroot",
            "/clone/target/share/coopt/sysroot",
            "/home/me/.local/share/coopt/sysroot",
        ];
        let home = ("HOME", "/home/me");
        let sdk = ("WASI_SDK_PATH", "/sdk");
        let wish = find(&[("COOPT_SYSROOT", "/mine"), sdk, home], &all).expect("is there");
        assert_eq!(wish, Path::new("/mine"));
        for (skipped, expected) in all.iter().enumerate() {
            let found = find(&[sdk, home], &all[skipped..]).expect("is there");
            assert_eq!(found, Path::new(expected));
        }
        let data = find(
            &[("XDG_DATA_HOME", "/data"), home],
            &["/data/coopt/sysroot"],
        );
        assert_eq!(data.expect("is there"), Path::new("/data/coopt/sysroot"));
    }

    #[test]
    fn the_error_says_what_was_tried() {
        let text = find(&[], &[]).expect_err("there is none").to_string();
        assert!(text.contains("`/clone/target/coopt/sysroot`"), "{text}");
    }
}
