//! SQLite with its benchmark, compiled for both sides.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::products::{Both, NATIVE_COMPILER, coopt_cc, folder};
use crate::setup::{self, speedtest, sqlite};
use crate::stamp::{self, Stamp};
use crate::{command, layout};

/// Nobody here mends the warnings of SQLite.
const FLAGS: [&str; 3] = ["-O2", "-w", "-DSQLITE_THREADSAFE=1"];

/// Libraries of this machine that SQLite needs.
const NATIVE_LIBRARIES: [&str; 2] = ["-lpthread", "-lm"];

/// Builds the benchmark. SQLite itself takes half a minute to compile, so it is kept
/// until its source, the flags, the compiler or the headers change.
pub fn make(coopt: &Path, clang: &str) -> Result<Both> {
    speedtest::ensure()?;
    let native = folder().join("speedtest1");
    let component = native.with_extension("component.wasm");
    let object = object("native", &sqlite::FLAGS_OF_NATIVE, "", || {
        Command::new(NATIVE_COMPILER)
    })?;
    let mut cc = Command::new(NATIVE_COMPILER);
    cc.arg("-o").arg(&native).arg(object);
    command::run_quietly(add_benchmark(&mut cc).args(NATIVE_LIBRARIES))?;

    let object = self::object("coopt", &sqlite::FLAGS_OF_COOPT, clang, || coopt_cc(coopt))?;
    let mut cc = coopt_cc(coopt);
    cc.arg("-o").arg(&component).arg(object);
    let missing = layout::root().join("tests/sqlite/extra_init.c");
    command::run_quietly(add_benchmark(&mut cc).arg(missing))?;
    Ok(Both { native, component })
}

fn add_benchmark(cc: &mut Command) -> &mut Command {
    cc.args(FLAGS).arg("-I").arg(sqlite::folder());
    cc.arg(speedtest::file())
}

/// SQLite, compiled by what `compiler` makes.
fn object(
    side: &str,
    flags: &[&str],
    version: &str,
    compiler: impl Fn() -> Command,
) -> Result<PathBuf> {
    let object = folder().join(format!("sqlite.{side}.o"));
    let stamp = Stamp::default()
        .text(sqlite::DIGEST)
        .text(&[&FLAGS, flags].concat().join("\n"))
        .text(version)
        .text(&command::capture(compiler().arg("--version"))?)
        .tree(&layout::sysroot().join("include"))?
        .finish();
    if stamp::is_kept(&object, &stamp) {
        return Ok(object);
    }
    setup::announce(&format!("SQLite for the benchmarks ({side})"));
    let mut cc = compiler();
    cc.args(FLAGS).args(flags).arg("-c").arg("-o").arg(&object);
    command::run_quietly(cc.arg(sqlite::folder().join("sqlite3.c")))?;
    stamp::keep(&object, &stamp)?;
    Ok(object)
}
