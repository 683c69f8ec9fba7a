//! Which compiler: finding clang, and the tools that come with it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::exceptions::CLANG_WITH_EXCEPTIONS;
use crate::surroundings::Surroundings;
use crate::{CLANG_VERSION_MIN, TARGET};

/// The names that clang may have, best first.
const NAMES: [&str; 5] = ["clang-22", "clang-21", "clang-20", "clang-19", "clang"];

/// A clang that can compile for wasm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clang {
    program: PathBuf,
    version: u32,
    shown: String,
}

impl Clang {
    /// The compiler that this process finds.
    ///
    /// # Errors
    ///
    /// [`Error::NoClang`], [`Error::Io`] when the compiler does not start, or
    /// [`Error::UnusableClang`] when it is too old or no clang.
    pub fn find() -> Result<Self, Error> {
        Self::at(Self::locate(&Surroundings::of_process())?)
    }

    /// Where the compiler is: at `COOPT_CLANG`, in wasi-sdk, or on the path.
    pub(crate) fn locate(surroundings: &Surroundings<'_>) -> Result<PathBuf, Error> {
        // The user named this compiler, so the search ends even if it is missing.
        if let Some(wish) = surroundings.path("COOPT_CLANG") {
            return Ok(wish);
        }
        let sdk = surroundings
            .path("WASI_SDK_PATH")
            .map(|sdk| sdk.join("bin/clang"));
        let on_path = NAMES.iter().filter_map(|name| surroundings.on_path(name));
        let found = sdk
            .iter()
            .filter(|clang| (surroundings.exists)(clang))
            .cloned()
            .chain(on_path)
            .next();
        found.ok_or_else(|| Error::NoClang {
            tried: sdk
                .iter()
                .map(|clang| clang.display().to_string())
                .chain(NAMES.map(str::to_owned))
                .collect(),
        })
    }

    /// The compiler `program`, if it is a clang that can be used.
    pub(crate) fn at(program: PathBuf) -> Result<Self, Error> {
        let shown = ask(&program, &["--version"])?;
        match parse_version(&shown) {
            Some(version) if version >= CLANG_VERSION_MIN => Ok(Self {
                program,
                version,
                shown,
            }),
            Some(version) => Err(Error::UnusableClang {
                program,
                found: format!("version {version}"),
            }),
            None => Err(Error::UnusableClang {
                program,
                found: "no version of clang in what its `--version` shows".to_owned(),
            }),
        }
    }

    /// The compiler.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The major version.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// What the compiler says of itself (`clang --version`).
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether the compiler writes the standard instructions for exceptions.
    #[must_use]
    pub fn has_exceptions(&self) -> bool {
        self.version >= CLANG_WITH_EXCEPTIONS
    }

    /// The major version of the compiler `program`: by its name or its folder, if one says it, since
    /// a call of the compiler takes as long as a small compilation.
    pub(crate) fn version_of(program: &Path) -> Result<u32, Error> {
        let real = program.canonicalize();
        let real = real.as_deref().unwrap_or(program);
        let by_name = [real.file_name(), program.file_name()]
            .into_iter()
            .flatten()
            .find_map(version_in_name);
        match by_name.or_else(|| version_by_headers(real)) {
            Some(version) => Ok(version),
            None => Ok(Self::at(program.to_path_buf())?.version),
        }
    }

    /// A program that was installed with clang, such as `llvm-ar`.
    ///
    /// # Errors
    ///
    /// [`Error::UnusableClang`] when clang does not find the program, [`Error::Io`]
    /// when clang does not start.
    pub fn tool(&self, name: &str) -> Result<PathBuf, Error> {
        // clang searches its own folders, then the path. When clang finds
        // nothing, it prints the name alone. Debian adds the version to the name.
        for name in [format!("{name}-{}", self.version), name.to_owned()] {
            let answer = ask(&self.program, &[&format!("-print-prog-name={name}")])?;
            let found = PathBuf::from(answer.trim());
            if found.is_absolute() {
                return Ok(found);
            }
        }
        Err(Error::UnusableClang {
            program: self.program.clone(),
            found: format!("that it does not find `{name}`"),
        })
    }

    /// Where clang looks for the builtins of the target.
    ///
    /// # Errors
    ///
    /// [`Error::UnusableClang`] when clang rejects the question, [`Error::Io`] when
    /// clang does not start.
    pub fn builtins(&self) -> Result<PathBuf, Error> {
        let target = format!("--target={TARGET}");
        let answer = ask(
            &self.program,
            &[&target, "-rtlib=compiler-rt", "-print-libgcc-file-name"],
        )?;
        Ok(PathBuf::from(answer.trim()))
    }
}

/// The output of `program` when it is called with `arguments`.
fn ask(program: &Path, arguments: &[&str]) -> Result<String, Error> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .map_err(Error::io("clang must start", program))?;
    if !output.status.success() {
        return Err(Error::UnusableClang {
            program: program.to_path_buf(),
            found: format!("that it rejects `{}`", arguments.join(" ")),
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The version at the end of a name such as `clang-22`.
fn version_in_name(name: &OsStr) -> Option<u32> {
    name.to_str()?.strip_prefix("clang-")?.parse().ok()
}

/// The version that the folder of clang's own headers is called after (`lib/clang/22`), if there is
/// one such folder. It lies beside that of the real `program`; a script has none.
fn version_by_headers(program: &Path) -> Option<u32> {
    if program.file_stem()? != "clang" {
        return None;
    }
    let folder = program.parent()?.parent()?.join("lib/clang");
    let mut names = fs::read_dir(folder).ok()?;
    let only = names.next()?.ok()?.file_name();
    let is_only = names.next().is_none();
    only.to_str()?.parse().ok().filter(|_| is_only)
}

/// The major version in the output of `clang --version`.
fn parse_version(shown: &str) -> Option<u32> {
    let (_, rest) = shown.split_once("clang version ")?;
    rest.split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn locate(variables: &[(&str, &str)], files: &[&str]) -> Result<PathBuf, Error> {
        Clang::locate(&Surroundings {
            variable: &|name| {
                let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
                Some(OsString::from(value))
            },
            exists: &|path| files.iter().any(|file| Path::new(file) == path),
            program_folder: None,
        })
    }

    #[test]
    fn a_wish_comes_first_then_wasi_sdk_then_the_path() {
        let files = ["/sdk/bin/clang", "/b/clang-22", "/a/clang"];
        let path = ("PATH", "/a:/b");
        let sdk = ("WASI_SDK_PATH", "/sdk");
        let found = |variables: &[_]| locate(variables, &files).expect("there is a clang");
        assert_eq!(
            found(&[path, sdk, ("COOPT_CLANG", "/my/clang")]),
            Path::new("/my/clang")
        );
        assert_eq!(found(&[path, sdk]), Path::new("/sdk/bin/clang"));
        assert_eq!(found(&[path]), Path::new("/b/clang-22"));
        assert_eq!(
            found(&[("PATH", "/a"), ("COOPT_CLANG", "")]),
            Path::new("/a/clang")
        );
    }

    #[test]
    fn the_error_says_what_was_tried() {
        let error = locate(&[("WASI_SDK_PATH", "/sdk")], &[]).expect_err("there is no clang");
        let text = error.to_string();
        assert!(text.contains("`/sdk/bin/clang`, `clang-22`"), "{text}");
    }

    #[test]
    fn a_name_may_say_the_version() {
        for (name, version) in [
            ("clang-22", Some(22)),
            ("clang", None),
            ("clang-cl-22", None),
            ("clang-22-wrapped", None),
        ] {
            assert_eq!(version_in_name(OsStr::new(name)), version, "{name}");
        }
    }

    #[test]
    fn the_folder_of_headers_may_say_the_version() {
        let home = std::env::temp_dir().join(format!("coopt-cc-{}-headers", std::process::id()));
        let clang = home.join("bin/clang");
        assert_eq!(version_by_headers(&clang), None);
        for (name, expected) in [("22", Some(22)), ("21", None)] {
            let headers = home.join("lib/clang").join(name);
            fs::create_dir_all(headers).expect("a folder can be made");
            assert_eq!(version_by_headers(&clang), expected, "with {name}");
        }
        assert_eq!(version_by_headers(&home.join("bin/wrapped")), None);
        fs::remove_dir_all(home).expect("the folder can be removed");
    }

    #[test]
    fn versions_are_read() {
        assert_eq!(
            parse_version("Debian clang version 22.1.8 (x)\nTarget: y"),
            Some(22)
        );
        assert_eq!(parse_version("clang version 21.0.0git"), Some(21));
        assert_eq!(parse_version("gcc (Debian) 12.2"), None);
        assert_eq!(parse_version("clang version "), None);
    }
}
