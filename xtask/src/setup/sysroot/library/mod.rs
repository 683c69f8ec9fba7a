//! The C library says which functions are its own.
//!
//! Library functions must not be interrupted (invariant I6 of ARCHITECTURE.md). So each object
//! gets a custom section that names its functions. From these sections the linker makes one that
//! says where the functions are in the program ([`coopt_abi::library`]). The section is added to:
//!
//! - the objects in all archives: `libc.a`, with the thread layer in it, and the few beside it;
//! - the start files. `_start` is library code as `exit` is; `main`, which it calls, is not named.
//!
//! The section does not name two kinds of code that the library calls. A pass that spares library
//! code must recognise them otherwise. What the linker makes, such as `__wasm_init_memory`, is in
//! no object. The compiler's builtins, such as `__multi3`, come with clang.

mod archive;
mod object;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::command;
use crate::folder::files;
use crate::stamp::Stamp;

/// Makes all objects and archives in `folder` name their functions. An object that names its
/// functions already is left alone.
///
/// # Errors
/// When a file cannot be read or written, or is not what its extension promises.
pub fn name_functions(ar: &Path, folder: &Path) -> Result<()> {
    for file in files(folder, "o")? {
        change(&file, object::name_functions)?;
    }
    for file in files(folder, "a")? {
        name_functions_of_archive(ar, &file)?;
    }
    Ok(())
}

/// The same for the objects in one archive.
///
/// # Errors
/// As [`name_functions`].
pub fn name_functions_of_archive(ar: &Path, file: &Path) -> Result<()> {
    let is_changed = change(file, |bytes| {
        archive::change_members(bytes, object::name_functions)
    })?;
    if is_changed {
        // `change_members` left the index out.
        command::run_quietly(Command::new(ar).arg("s").arg(file))?;
    }
    Ok(())
}

/// `stamp`, with all that decides what [`name_functions`] does.
pub fn stamped(stamp: Stamp) -> Stamp {
    stamp
        .text(coopt_abi::library::SECTION)
        .text(include_str!("mod.rs"))
        .text(include_str!("archive.rs"))
        .text(include_str!("object.rs"))
}

/// Writes `file` anew when `new` returns other contents; whether it did.
fn change<E>(file: &Path, new: impl FnOnce(&[u8]) -> Result<Option<Vec<u8>>, E>) -> Result<bool>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let bytes = fs::read(file).with_context(|| format!("reading `{}`", file.display()))?;
    let new = new(&bytes).with_context(|| format!("naming functions in `{}`", file.display()))?;
    if let Some(new) = &new {
        fs::write(file, new).with_context(|| format!("writing `{}`", file.display()))?;
    }
    Ok(new.is_some())
}
