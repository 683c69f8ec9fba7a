//! `coopt cc` and `coopt c++`.

use std::ffi::OsString;

use coopt_cc::Language;

use crate::failure::Failure;
use crate::message;

/// Compile and link C and C++ with threads, like clang.
///
/// Every argument is clang's, `--help` included, but for six:
/// `--coopt-threads=off` makes a component without threads,
/// `--coopt-max-threads=N` says how many may live at once, the first included,
/// `--coopt-preempt=spins|loops|off` where the turn of a thread may end that
/// does not wait; `--coopt-stack-check=off` leaves stacks unchecked, and
/// `--coopt-call-check=off` calls by pointers (see `coopt build --help`).
/// `--coopt-absent=error` has the linker find no function that always fails,
/// such as `fork`.
#[derive(clap::Args)]
#[command(
    disable_help_flag = true,
    after_help = "\
Examples:
  coopt cc main.c -o main.component.wasm
  coopt cc -c -O2 part.c
  coopt cc --coopt-max-threads=64 main.o part.o -o main.component.wasm
  coopt c++ -std=c++20 main.cpp part.o -o main.component.wasm"
)]
pub struct Args {
    /// What clang is given
    #[arg(
        value_name = "CLANG ARGUMENTS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    args: Vec<OsString>,
}

pub fn execute(args: &Args, language: Language) -> Result<u8, Failure> {
    let componentize = |module: &[u8], settings: coopt_cc::Settings| {
        let options = coopt_build::Options {
            threads: build_threads(settings.threads),
            live_threads_max: settings.live_threads_max,
            preempt: match settings.preempt {
                coopt_cc::Preempt::Spins => coopt_build::Preempt::Spins,
                coopt_cc::Preempt::Loops => coopt_build::Preempt::Loops,
                coopt_cc::Preempt::Off => coopt_build::Preempt::Off,
            },
            stack_check: settings.stack_check,
            call_check: settings.call_check,
            ..coopt_build::Options::default()
        };
        Ok(coopt_build::componentize(module, &options)?)
    };
    let ended = coopt_cc::run(&args.args, language, &componentize).map_err(Failure::Cc)?;
    if let Some(hint) = &ended.hint {
        message::note(hint);
    }
    Ok(ended.code)
}

fn build_threads(threads: coopt_cc::Threads) -> coopt_build::Threads {
    match threads {
        coopt_cc::Threads::On => coopt_build::Threads::On,
        coopt_cc::Threads::Off => coopt_build::Threads::Off,
    }
}
