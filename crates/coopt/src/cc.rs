//! `coopt cc`.

use std::ffi::OsString;

use crate::failure::Failure;

/// Compile and link C with threads, like clang.
///
/// Every argument is clang's, `--help` included, but for `--coopt-threads=off`:
/// it makes a component without threads.
#[derive(clap::Args)]
#[command(
    disable_help_flag = true,
    after_help = "\
Examples:
  coopt cc main.c -o main.component.wasm
  coopt cc -c -O2 part.c"
)]
pub struct Args {
    /// What clang would be given
    #[arg(
        value_name = "CLANG ARGUMENTS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    args: Vec<OsString>,
}

pub fn execute(args: &Args) -> Result<u8, Failure> {
    let componentize = |module: &[u8], threads| {
        let options = coopt_build::Options {
            threads: build_threads(threads),
            ..Default::default()
        };
        Ok(coopt_build::componentize(module, &options)?)
    };
    coopt_cc::run(&args.args, &componentize).map_err(Failure::Cc)
}

fn build_threads(threads: coopt_cc::Threads) -> coopt_build::Threads {
    match threads {
        coopt_cc::Threads::On => coopt_build::Threads::On,
        coopt_cc::Threads::Off => coopt_build::Threads::Off,
    }
}
