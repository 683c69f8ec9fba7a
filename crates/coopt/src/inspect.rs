//! `coopt inspect`.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::failure::Failure;
use crate::file;

/// Show what a file is and what coopt would do with it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  coopt inspect app.wasm
  coopt inspect --json app.wasm | jq .imports")]
pub struct Args {
    /// The core module or component
    #[arg(value_name = "X.WASM")]
    input: PathBuf,

    /// As one JSON object
    #[arg(long)]
    json: bool,
}

pub fn execute(args: &Args) -> Result<u8, Failure> {
    let wasm = file::read(&args.input)?;
    let inspection =
        coopt_build::inspect(&wasm).map_err(|error| Failure::build(&args.input, error))?;
    let text = if args.json {
        serde_json::to_string_pretty(&inspection)
            .map_err(|error| Failure::Write("standard output".into(), error.into()))?
    } else {
        inspection.to_string()
    };
    match writeln!(io::stdout(), "{}", text.trim_end()) {
        // `coopt inspect x.wasm | head` is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Write("standard output".into(), error))
        }
        _ => Ok(0),
    }
}
