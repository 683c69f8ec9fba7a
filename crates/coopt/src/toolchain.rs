//! `coopt toolchain`.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::failure::Failure;

/// Print the file by which a build system compiles with coopt.
///
/// It names this `coopt`, and the tools that came with the clang it uses.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  coopt toolchain cmake > coopt.cmake
  cmake --toolchain coopt.cmake -B build && cmake --build build && ctest --test-dir build

  coopt toolchain meson > coopt.ini
  meson setup --cross-file coopt.ini build && meson test -C build

  coopt toolchain autoconf > coopt.site
  CONFIG_SITE=$PWD/coopt.site ./configure --host=wasm32-wasi && make")]
pub struct Args {
    /// The build system
    system: System,
}

#[derive(Clone, Copy, ValueEnum)]
enum System {
    /// A toolchain file
    Cmake,
    /// A cross file
    Meson,
    /// A site file, for `configure --host=wasm32-wasi`
    Autoconf,
}

pub fn execute(args: &Args) -> Result<u8, Failure> {
    let system = match args.system {
        System::Cmake => coopt_cc::BuildSystem::Cmake,
        System::Meson => coopt_cc::BuildSystem::Meson,
        System::Autoconf => coopt_cc::BuildSystem::Autoconf,
    };
    let coopt = std::env::current_exe().map_err(Failure::Itself)?;
    let file = coopt_cc::toolchain(system, &coopt).map_err(Failure::Cc)?;
    io::stdout()
        .write_all(file.as_bytes())
        .map_err(|error| Failure::Write("standard output".into(), error))?;
    Ok(0)
}
