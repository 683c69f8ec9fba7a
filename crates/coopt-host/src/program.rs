//! What a program is given for one run.

use std::path::PathBuf;

use wasmtime_wasi::{FsPerms, WasiCtx};

use crate::clock::Clock;
use crate::error::Error;

/// What a program is given for one run. The program's standard input, output and
/// error are those of the process. The program has no network.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The arguments, the program's name first.
    pub args: Vec<String>,
    /// The environment variables. None of the process's are added.
    pub env: Vec<(String, String)>,
    /// The folders that the program may read and write.
    pub dirs: Vec<Dir>,
}

/// A folder that a program may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dir {
    /// Where the folder is.
    pub path: PathBuf,
    /// The name of the folder in the program.
    pub name: String,
}

impl Program {
    /// What Wasmtime's WASI serves the program from.
    pub(crate) fn wasi(&self, clock: Clock) -> Result<WasiCtx, Error> {
        let mut wasi = WasiCtx::builder();
        wasi.inherit_stdio()
            .args(&self.args)
            .envs(&self.env)
            .monotonic_clock(clock)
            // A file call that blocks stops every thread of the program
            // anyway, so a pool of threads for such calls would only add cost.
            .allow_blocking_current_thread(true);
        for dir in &self.dirs {
            wasi.preopened_dir(&dir.path, &dir.name, FsPerms::ReadWrite)
                .map_err(|found| Error::Dir {
                    path: dir.path.clone(),
                    found: found.root_cause().to_string(),
                })?;
        }
        Ok(wasi.build())
    }
}
