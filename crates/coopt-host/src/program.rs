//! What a program is given to run with.

use std::path::PathBuf;

use wasmtime_wasi::{FsPerms, WasiCtx};

use crate::clock::Clock;
use crate::error::Error;

/// The surroundings of one run. Standard input, output and error are the
/// process's own; the network is not offered.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The arguments, the program's name first.
    pub args: Vec<String>,
    /// The environment; nothing is inherited.
    pub env: Vec<(String, String)>,
    /// The folders the program may read and write.
    pub dirs: Vec<Dir>,
}

/// A folder of the host and the name the program knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dir {
    /// Where it is.
    pub host: PathBuf,
    /// What the program calls it.
    pub guest: String,
}

impl Program {
    pub(crate) fn wasi(&self, clock: Clock) -> Result<WasiCtx, Error> {
        let mut wasi = WasiCtx::builder();
        wasi.inherit_stdio()
            .args(&self.args)
            .envs(&self.env)
            .monotonic_clock(clock)
            // A blocking file call stops every thread of the guest anyway,
            // so handing it to a pool of host threads would only add cost.
            .allow_blocking_current_thread(true);
        for dir in &self.dirs {
            wasi.preopened_dir(&dir.host, &dir.guest, FsPerms::ReadWrite)
                .map_err(|found| Error::Dir {
                    host: dir.host.clone(),
                    found: found.root_cause().to_string(),
                })?;
        }
        Ok(wasi.build())
    }
}
