//! A folder for one test.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A folder that is removed at the end, in a folder of its own.
pub(super) struct Scratch {
    outer: PathBuf,
    inner: PathBuf,
}

impl Scratch {
    /// `test` tells it from the folders of other tests.
    pub fn new(test: &str) -> Self {
        let name = format!("coopt-host-{}-{test}", std::process::id());
        let outer = std::env::temp_dir().join(name);
        let inner = outer.join("inner");
        fs::create_dir_all(&inner).expect("the folder is new");
        Self { outer, inner }
    }

    /// With empty files, whose names are numbers.
    pub fn with_files(test: &str, count: usize) -> Self {
        let scratch = Self::new(test);
        for number in 0..count {
            scratch.write(&number.to_string());
        }
        scratch
    }

    pub fn open(&self) -> File {
        File::open(&self.inner).expect("the folder is there")
    }

    pub fn folder(&self) -> &Path {
        &self.inner
    }

    /// The folder around it, which is none of a program's business.
    pub fn around(&self) -> &Path {
        &self.outer
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.inner.join(name)
    }

    pub fn write(&self, name: &str) {
        fs::write(self.path(name), name).expect("there is room");
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("the file is there");
    }

    pub fn make_folder(&self, name: &str) {
        fs::create_dir(self.path(name)).expect("the name is free");
    }

    pub fn link(&self, name: &str, to: impl AsRef<Path>) {
        std::os::unix::fs::symlink(to, self.path(name)).expect("the name is free");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What remains is in the system's folder for such things.
        let _ = fs::remove_dir_all(&self.outer);
    }
}
