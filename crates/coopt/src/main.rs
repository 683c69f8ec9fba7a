//! The command line of coopt.
//!
//! This crate parses arguments, reads and writes files, and prints. Modules
//! become components in coopt-build, C is compiled by coopt-cc, and components
//! run in coopt-host. Each subcommand is a file.
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | what is said when something fails | `failure`, `message` |
//! | the values of options, the files that they name | `values`, `file` |
//! | what a program was not given | `missing` |
//! | subcommands | `build`, `cc`, `inspect`, `run`, `toolchain` |

mod build;
mod cc;
mod failure;
mod file;
mod inspect;
mod message;
mod missing;
mod run;
mod toolchain;
mod values;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use coopt_abi::status;
use coopt_cc::Language;

use crate::failure::Failure;

/// Threads for WebAssembly components.
///
/// Runs programs built for wasm32-wasip1-threads, and C and C++ programs with
/// threads, as WASI 0.3 components with cooperative threads.
#[derive(Parser)]
#[command(version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  the program's own, when it ends by itself
  2    coopt could not do what was asked
  124  every thread of the program waits for something that cannot happen
  130  ended by Ctrl-C
  134  the program trapped";

#[derive(Subcommand)]
enum Command {
    Run(run::Args),
    Build(build::Args),
    Cc(cc::Args),
    /// Compile and link C++ with threads, like clang++.
    ///
    /// As `coopt cc`, but that all is linked with the C++ library, and sources of C are C++, too.
    #[command(name = "c++")]
    Cxx(cc::Args),
    Toolchain(toolchain::Args),
    Inspect(inspect::Args),
}

impl Command {
    /// Executes the subcommand. Returns the exit code.
    fn execute(self) -> Result<u8, Failure> {
        match self {
            Self::Run(args) => run::execute(args),
            Self::Build(args) => build::execute(&args),
            Self::Cc(args) => cc::execute(&args, Language::C),
            Self::Cxx(args) => cc::execute(&args, Language::Cxx),
            Self::Toolchain(args) => toolchain::execute(&args),
            Self::Inspect(args) => inspect::execute(&args),
        }
    }
}

fn main() -> ExitCode {
    let code = match Cli::try_parse() {
        Ok(cli) => cli.command.execute().unwrap_or_else(|failure| {
            message::error(&failure);
            status::USAGE
        }),
        // Help and the version, too, are errors to clap.
        Err(answer) => {
            // An error of printing cannot be printed.
            let _ = answer.print();
            if answer.use_stderr() {
                status::USAGE
            } else {
                0
            }
        }
    };
    ExitCode::from(code)
}
