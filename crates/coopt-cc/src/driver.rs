//! The plan carried out.

use std::error::Error as StdError;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use crate::hint::Hint;
use crate::output::{self, Temporary};
use crate::plan::Then;
use crate::{Clang, Error, Plan, Settings, Surroundings, Typed};

/// Makes a component of a core module.
pub type Componentize<'a> =
    dyn Fn(&[u8], Settings) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>> + 'a;

/// [`Componentize`] with its settings known.
type Convert<'a> = dyn Fn(&[u8]) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>> + 'a;

/// What clang ended with when a signal killed it.
const KILLED: u8 = 1;

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The exit code, which is clang's own.
    pub code: u8,
    /// What may be behind a failure.
    pub hint: Option<Hint>,
}

/// Does what `coopt cc WORDS` asks for. clang's diagnostics have gone where it
/// sends them.
///
/// # Errors
///
/// See [`Error`]. No output file is left behind, and one from before is as it
/// was.
pub fn run(words: &[OsString], componentize: &Componentize<'_>) -> Result<Ended, Error> {
    let surroundings = Surroundings::of_process();
    let typed = Typed::read(words, &read_response_file)?;
    let plan = Plan::make(typed, &surroundings)?;
    let clang = Clang::locate(&surroundings)?;
    let code = match plan.then {
        Then::Nothing => exit_code(call(&clang, &plan.arguments)?),
        Then::Componentize { output, settings } => {
            link(&clang, plan.arguments, &output, &|module| {
                componentize(module, settings)
            })?
        }
    };
    let hint = plan.hint.filter(|_| code != 0);
    Ok(Ended { code, hint })
}

fn link(
    clang: &Path,
    mut arguments: Vec<OsString>,
    typed_output: &Path,
    convert: &Convert<'_>,
) -> Result<u8, Error> {
    let output = output::resolve(typed_output)?;
    let module = core_module(&output);
    arguments.extend(["-o".into(), module.path().into()]);
    let status = call(clang, &arguments)?;
    if !status.success() {
        return Ok(exit_code(status));
    }
    let bytes = fs::read(module.path()).map_err(Error::io("reading", module.path()))?;
    let component = convert(&bytes).map_err(|source| Error::Componentize {
        output: typed_output.to_path_buf(),
        source,
    })?;
    output::write(&output, &component, module.path())?;
    Ok(0)
}

/// Where clang links to. Beside the output, or, when that is no ordinary file
/// and its folder no place for ours, in the folder for such files.
fn core_module(output: &Path) -> Temporary {
    let is_special = fs::metadata(output).is_ok_and(|found| !found.is_file());
    if is_special {
        Temporary::beside(&std::env::temp_dir().join("coopt-cc"), "core")
    } else {
        Temporary::beside(output, "core")
    }
}

fn call(clang: &Path, arguments: &[OsString]) -> Result<ExitStatus, Error> {
    let status = Command::new(clang)
        .args(arguments)
        .status()
        .map_err(Error::io("starting", clang))?;
    if !status.success() {
        // A release that does not know the target fails with words that do not
        // say so. Only a failure is worth the time to ask.
        Clang::at(clang.to_path_buf())?;
    }
    Ok(status)
}

fn exit_code(status: ExitStatus) -> u8 {
    status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(KILLED)
}

fn read_response_file(name: &OsStr) -> Option<String> {
    fs::read_to_string(PathBuf::from(name)).ok()
}
