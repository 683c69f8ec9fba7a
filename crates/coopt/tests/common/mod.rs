//! Running the command as a shell would.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// `coopt` with a cache of its own, away from the user's.
pub fn coopt(folder: &Folder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coopt"));
    command
        .current_dir(&folder.0)
        .env_clear()
        .env("XDG_CACHE_HOME", folder.0.join("cache"))
        .stdin(Stdio::null());
    command
}

/// How a command ended.
pub struct Ended {
    /// The exit code.
    pub code: Option<i32>,
    /// The standard output.
    pub stdout: String,
    /// The standard error.
    pub stderr: String,
}

pub fn end(output: Output) -> Ended {
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

/// Runs `coopt` with `args`.
pub fn run<S: AsRef<OsStr>>(folder: &Folder, args: impl IntoIterator<Item = S>) -> Ended {
    end(coopt(folder).args(args).output().expect("coopt starts"))
}

/// Asserts that the command was refused with one message and no panic.
#[track_caller]
pub fn refused<S: AsRef<OsStr>>(folder: &Folder, args: impl IntoIterator<Item = S>, part: &str) {
    let ended = run(folder, args);
    assert_eq!(
        ended.code,
        Some(i32::from(coopt_abi::status::USAGE)),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    assert!(
        ended.stderr.contains(part),
        "expected `{part}` in: {}",
        ended.stderr
    );
    assert_eq!(ended.stdout, "");
}

/// A folder that is removed with its contents at the end of a test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("coopt-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder for the test can be created");
        Self(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).expect("the folder can be written to");
    }

    /// Writes the binary form of a text.
    pub fn wat(&self, name: &str, text: &str) {
        self.write(name, wat::parse_str(text).expect("the text is well formed"));
    }

    /// Writes the binary form of a component of coopt-host's tests.
    pub fn component(&self, name: &str) {
        let components =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../coopt-host/tests/components");
        let wasm = wat::parse_file(components.join(format!("{name}.wat")))
            .expect("the component is well formed");
        self.write(&format!("{name}.wasm"), wasm);
    }

    /// The names of the files in the folder, but for the cache.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder can be listed");
        let names = entries.map(|entry| {
            entry
                .expect("it has a name")
                .file_name()
                .to_string_lossy()
                .into_owned()
        });
        let mut names: Vec<String> = names.filter(|name| name != "cache").collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
