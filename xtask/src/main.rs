//! `cargo xtask`: everything one does in a clone.

use std::process::ExitCode;

use clap::Parser as _;
use xtask::task::Task;

fn main() -> ExitCode {
    match Task::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
