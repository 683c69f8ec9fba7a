//! What build systems want to know of a compiler for another machine: files of theirs, with the
//! places of the tools filled in.

use std::path::Path;

use crate::clang::Clang;
use crate::error::Error;
use crate::surroundings::Surroundings;
use crate::sysroot::Sysroot;

/// A build system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildSystem {
    /// `CMake`, which reads a toolchain file.
    Cmake,
    /// Meson, which reads a cross file.
    Meson,
    /// Scripts made by autoconf, which read a site file.
    Autoconf,
}

impl BuildSystem {
    /// The file, with places for what is found on a machine: `@name@`.
    fn template(self) -> &'static str {
        match self {
            Self::Cmake => include_str!("toolchain/coopt.cmake"),
            Self::Meson => include_str!("toolchain/coopt.ini"),
            Self::Autoconf => include_str!("toolchain/coopt.site"),
        }
    }

    /// `text` as one word of the build system's language.
    fn quote(self, text: &str) -> String {
        let escape = |special: &[char]| {
            let characters = text.chars().map(|character| match character {
                special_one if special.contains(&special_one) => format!("\\{special_one}"),
                other => other.to_string(),
            });
            characters.collect::<String>()
        };
        match self {
            Self::Cmake => format!("\"{}\"", escape(&['\\', '"', '$', ';'])),
            Self::Meson => format!("'{}'", escape(&['\\', '\''])),
            Self::Autoconf => format!("'{}'", text.replace('\'', "'\\''")),
        }
    }

    /// The file, with what `find` says for each place.
    fn fill(self, find: &dyn Fn(&str) -> Result<String, Error>) -> Result<String, Error> {
        let mut filled = String::new();
        for (number, part) in self.template().split('@').enumerate() {
            // Each second part is between two signs.
            if number % 2 == 1 {
                filled.push_str(&self.quote(&find(part)?));
            } else {
                filled.push_str(part);
            }
        }
        Ok(filled)
    }
}

/// The file by which `system` compiles with `coopt`, the path of the command.
///
/// # Errors
///
/// Those of [`Clang::find`] and [`Clang::tool`], and [`Error::NoSysroot`].
pub fn toolchain(system: BuildSystem, coopt: &Path) -> Result<String, Error> {
    let clang = Clang::find()?;
    let sysroot = Sysroot::find(&Surroundings::of_process())?;
    system.fill(&|name| {
        let path = match name {
            "coopt" => coopt.to_path_buf(),
            "sysroot" => sysroot.folder().to_path_buf(),
            tool => clang.tool(tool)?,
        };
        Ok(path.display().to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [BuildSystem; 3] = [
        BuildSystem::Cmake,
        BuildSystem::Meson,
        BuildSystem::Autoconf,
    ];

    #[test]
    fn every_place_is_filled() {
        for system in ALL {
            let text = system
                .fill(&|name| Ok(format!("/of {name}")))
                .expect("nothing is missing");
            for name in ["coopt", "llvm-ar", "llvm-ranlib", "llvm-nm"] {
                let word = system.quote(&format!("/of {name}"));
                assert!(text.contains(&word), "{text}");
            }
            assert!(!text.contains('@'), "{text}");
        }
    }

    #[test]
    fn a_word_stays_one_word() {
        for (system, expected) in ALL.into_iter().zip([
            r#""/a b'\$\"\\\;""#,
            r#"'/a b\'$"\\;'"#,
            r#"'/a b'\''$"\;'"#,
        ]) {
            assert_eq!(system.quote(r#"/a b'$"\;"#), expected);
        }
    }

    #[test]
    fn what_is_missing_is_an_error() {
        let error = BuildSystem::Cmake.fill(&|_| Err(Error::NoClang { tried: Vec::new() }));
        assert!(matches!(error, Err(Error::NoClang { .. })));
    }
}
