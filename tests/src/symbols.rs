//! What archives define.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use coopt_cc::Clang;

use crate::process;

/// Listing the symbols of some archives is quick.
const LIMIT: Duration = Duration::from_secs(60);

/// The symbols that archives define for others: a line each, below a line for each member, which ends
/// with a colon.
pub fn listing(archives: &[impl AsRef<Path>]) -> Result<String, String> {
    let clang = Clang::find().map_err(|error| error.to_string())?;
    let nm = clang.tool("llvm-nm").map_err(|error| error.to_string())?;
    let mut command = Command::new(nm);
    command
        .args(["--defined-only", "--extern-only", "--format=just-symbols"])
        .args(archives.iter().map(AsRef::as_ref));
    process::succeed(&mut command, LIMIT)
}
