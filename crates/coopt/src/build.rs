//! `coopt build`.

use std::path::{Path, PathBuf};

use coopt_build::Kind;
use coopt_files::interrupt;

use crate::failure::Failure;
use crate::file;
use crate::values::BuildArgs;

/// Make a component of a core module.
///
/// The component needs a host with the Component Model's threads, such as
/// `coopt run` or `wasmtime run -W component-model-threading=y`; with
/// `--threads=off` any WASI 0.3 host runs it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  coopt build app.wasm
  coopt build app.wasm -o dist/app.wasm --max-threads 64")]
pub struct Args {
    /// The core module
    #[arg(value_name = "IN.WASM")]
    input: PathBuf,

    /// Where the component goes [default: IN.component.wasm]
    #[arg(short, long, value_name = "OUT.WASM")]
    output: Option<PathBuf>,

    #[command(flatten)]
    build: BuildArgs,
}

pub fn execute(args: &Args) -> Result<u8, Failure> {
    // Without the watcher Ctrl-C may leave a temporary file.
    let _ = interrupt::watch(|| {});
    let output = args
        .output
        .clone()
        .unwrap_or_else(|| default_output(&args.input));
    // Refused before the conversion, which takes longer than this check.
    if output.is_dir() {
        return Err(Failure::OutputIsFolder(output));
    }
    let in_file = |error| Failure::build(&args.input, error);
    let wasm = file::read(&args.input)?;
    if coopt_build::kind(&wasm).map_err(in_file)? == Kind::Component {
        return Err(Failure::AlreadyComponent(args.input.clone()));
    }
    let component = coopt_build::componentize(&wasm, &args.build.options()).map_err(in_file)?;
    coopt_files::write(&output, &component).map_err(|error| Failure::Write(output, error))?;
    Ok(0)
}

/// `app.component.wasm` beside `app.wasm`.
fn default_output(input: &Path) -> PathBuf {
    input.with_extension("component.wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_component_goes_beside_the_module() {
        assert_eq!(
            default_output(Path::new("a/app.wasm")),
            Path::new("a/app.component.wasm")
        );
        assert_eq!(
            default_output(Path::new("app")),
            Path::new("app.component.wasm")
        );
        assert_eq!(
            default_output(Path::new("v1.2.wasm")),
            Path::new("v1.2.component.wasm")
        );
    }
}
