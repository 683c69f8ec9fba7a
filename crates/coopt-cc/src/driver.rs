//! The plan, carried out.

use std::error::Error as StdError;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use coopt_files::TemporaryFolder;

use crate::clang::Clang;
use crate::error::Error;
use crate::hint::Hint;
use crate::output;
use crate::plan::{Language, Plan, Settings, Then, before_inputs_by_name};
use crate::response;
use crate::surroundings::Surroundings;
use crate::typed::Typed;

/// Makes a component of a core module.
pub type Componentize<'a> =
    dyn Fn(&[u8], Settings) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>> + 'a;

/// [`Componentize`] with its settings known.
type Convert<'a> = dyn Fn(&[u8]) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>> + 'a;

/// The exit code when a signal killed clang.
const KILLED: u8 = 1;

/// How long a command line may be for clang. Linux takes 2 MiB, with the environment in them.
const COMMAND_LINE_MAX_BYTES: usize = 128 << 10;

/// How `coopt cc` ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The exit code, which is clang's own.
    pub code: u8,
    /// What may be behind a failure of clang's.
    pub hint: Option<Hint>,
}

/// Does what `coopt cc WORDS` asks for, or `coopt c++ WORDS`, by `language`. clang prints its diagnostics itself.
///
/// # Errors
///
/// Those of [`Error`]. An output file from before is then unchanged.
pub fn run(
    words: &[OsString],
    language: Language,
    componentize: &Componentize<'_>,
) -> Result<Ended, Error> {
    let surroundings = Surroundings::of_process();
    let typed = Typed::read(words, &read_response_file)?;
    let version = || Clang::version_of(&Clang::locate(&surroundings)?);
    let plan = Plan::make(typed, language, &surroundings, &version)?;
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

/// Links a core module and writes the component. Returns the exit code.
fn link(
    clang: &Path,
    mut arguments: Vec<OsString>,
    typed_output: &Path,
    convert: &Convert<'_>,
) -> Result<u8, Error> {
    let output = output::resolve(typed_output)?;
    let module = output::core_module(&output)?;
    // The last output counts.
    let output_words = ["-o".into(), module.path().into()];
    before_inputs_by_name(&mut arguments, output_words);
    let status = call(clang, &arguments)?;
    if !status.success() {
        return Ok(exit_code(status));
    }
    // Some words make clang or the linker print something instead (`-Wl,--version`).
    if !module.path().exists() {
        return Ok(0);
    }
    let bytes = fs::read(module.path()).map_err(Error::io(
        "what clang has linked must be readable",
        module.path(),
    ))?;
    let component = convert(&bytes).map_err(|found| Error::Componentize {
        output: typed_output.to_path_buf(),
        found,
    })?;
    output::write(&output, &component, module.path())?;
    Ok(0)
}

fn call(clang: &Path, arguments: &[OsString]) -> Result<ExitStatus, Error> {
    let mut command = Command::new(clang);
    let length: usize = arguments.iter().map(|word| word.len() + 1).sum();
    // The folder is there until clang has ended.
    let _folder = if length > COMMAND_LINE_MAX_BYTES {
        let (folder, word) = in_response_file(arguments)?;
        command.arg(word);
        Some(folder)
    } else {
        command.args(arguments);
        None
    };
    let status = command
        .status()
        .map_err(Error::io("clang must start", clang))?;
    if !status.success() {
        // A clang that is too old for the target does not say so, so its version
        // is checked. The check takes time, so only a failure leads to it.
        Clang::at(clang.to_path_buf())?;
    }
    Ok(status)
}

/// The words in a file, and the word that names it.
fn in_response_file(arguments: &[OsString]) -> Result<(TemporaryFolder, OsString), Error> {
    const RULE: &str = "a response file for clang must be writable";
    let place = std::env::temp_dir().join("coopt-cc.rsp");
    let folder = TemporaryFolder::beside(&place).map_err(Error::io(RULE, &place))?;
    fs::write(folder.path(), response::text_of(arguments))
        .map_err(Error::io(RULE, folder.path()))?;
    let mut word = OsString::from("@");
    word.push(folder.path());
    Ok((folder, word))
}

fn exit_code(status: ExitStatus) -> u8 {
    status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(KILLED)
}

fn read_response_file(name: &OsStr) -> Option<Vec<u8>> {
    fs::read(PathBuf::from(name)).ok()
}
