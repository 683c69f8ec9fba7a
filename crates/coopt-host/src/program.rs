//! What a program is given for one run.

use std::path::PathBuf;

use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder};

use crate::clock::Clock;
use crate::error::Error;
#[cfg(unix)]
use crate::input::{self, Input};
use crate::network::Network;
#[cfg(unix)]
use crate::output::Output;

/// What a program is given for one run. The program's standard input, output and
/// error are those of the process.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The arguments, the program's name first.
    pub args: Vec<String>,
    /// The environment variables. None of the process's are added.
    pub env: Vec<(String, String)>,
    /// The folders that the program may read and write.
    pub dirs: Vec<Dir>,
    /// What the program may reach.
    pub network: Network,
}

/// A folder that a program may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dir {
    /// Where the folder is.
    pub path: PathBuf,
    /// The name of the folder in the program.
    pub name: String,
    /// Another name that leads to the folder, too.
    pub also: Option<String>,
}

impl Program {
    /// What Wasmtime's WASI serves the program from.
    pub(crate) fn wasi(&self, clock: Clock) -> Result<WasiCtx, Error> {
        let mut wasi = WasiCtx::builder();
        give_stdio(&mut wasi);
        wasi.args(&self.args)
            .envs(&self.env)
            .monotonic_clock(clock)
            // A file call that blocks stops every thread of the program
            // anyway, so a pool of threads for such calls would only add cost.
            .allow_blocking_current_thread(true);
        self.network.give(&mut wasi)?;
        let names = self.dirs.iter().map(|dir| (&dir.path, &dir.name));
        let others = self.dirs.iter();
        let others = others.filter_map(|dir| Some((&dir.path, dir.also.as_ref()?)));
        for (path, name) in names.chain(others) {
            wasi.preopened_dir(path, name, FsPerms::ReadWrite)
                .map_err(|found| Error::Dir {
                    path: path.clone(),
                    found: found.root_cause().to_string(),
                })?;
        }
        Ok(wasi.build())
    }
}

/// Gives the program what the process has.
#[cfg(unix)]
fn give_stdio(wasi: &mut WasiCtxBuilder) {
    use std::io::{Write, stderr, stdin, stdout};

    // What the process has printed comes first. If it cannot be written, that
    // is not the program's error.
    let _ = stdout().flush();
    wasi.stdout(Output::new(stdout()))
        .stderr(Output::new(stderr()));
    if input::answers_at_once(stdin()) {
        wasi.stdin(Input::new(stdin()));
    } else {
        wasi.inherit_stdin();
    }
}

#[cfg(not(unix))]
fn give_stdio(wasi: &mut WasiCtxBuilder) {
    wasi.inherit_stdio();
}
