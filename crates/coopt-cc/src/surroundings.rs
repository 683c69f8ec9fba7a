//! Where a search looks: a value, so that tests can make their own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The environment variables, the file system, and coopt's own folder.
pub struct Surroundings<'a> {
    /// The value of an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
    /// Whether a file or folder is there.
    pub exists: &'a dyn Fn(&Path) -> bool,
    /// The folder of the running executable.
    pub program_folder: Option<PathBuf>,
}

impl Surroundings<'static> {
    /// The surroundings of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self {
            variable: &|name| std::env::var_os(name),
            exists: &|path| path.exists(),
            program_folder: std::env::current_exe()
                .ok()
                .and_then(|program| Some(program.parent()?.to_path_buf())),
        }
    }
}

impl Surroundings<'_> {
    /// A variable that holds a path; an empty one counts as unset.
    pub(crate) fn path(&self, name: &str) -> Option<PathBuf> {
        (self.variable)(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    }

    /// The path of `program` in the first folder of `$PATH` that has such a file.
    pub(crate) fn on_path(&self, program: &str) -> Option<PathBuf> {
        let path = (self.variable)("PATH")?;
        std::env::split_paths(&path)
            .map(|folder| folder.join(program))
            .find(|candidate| (self.exists)(candidate))
    }

    /// The folder for the user's data (XDG Base Directory Specification).
    pub(crate) fn data_home(&self) -> Option<PathBuf> {
        self.path("XDG_DATA_HOME")
            .or_else(|| Some(self.path("HOME")?.join(".local/share")))
    }
}
