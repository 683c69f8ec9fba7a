//! `wasi:filesystem` 0.3, where ours takes the place of Wasmtime's.
//!
//! Wasmtime's implementation is portable, and pays for it. To describe a file it
//! opens, asks and closes, where one system call does; to list a folder it
//! describes every entry, which says nothing that the folder does not, and fails
//! when one has gone since. It reports the time of a file's creation as that of
//! its last change, knows no pipes and sockets, and takes `link/` for the link.
//!
//! Ours are what a program asks most: of files ([`description`]), of what is in a
//! folder ([`listing`]), and the removals ([`removal`]). The rest is Wasmtime's.
//!
//! - **F1** The sandbox is Wasmtime's, rule by rule. A path is resolved by the
//!   kernel beneath the folder, by the call and with the flags that Wasmtime
//!   uses, or it is one name in the folder and no link ([`lookup`]). Every
//!   refusal has the error code that Wasmtime gives it.
//! - **F2** Who cannot be answered by us is answered by Wasmtime: all programs
//!   where the kernel cannot resolve beneath a folder, and single calls that
//!   the kernel does not decide ([`fault`]).
//! - **F3** One file has one number, whichever function is asked. All functions
//!   that tell it are ours or all are Wasmtime's, and the number is Wasmtime's.
//! - **F4** What was found at a path is told once more, to whoever asks next and
//!   at once. Nothing that may have changed since is told ([`crate::metadata`]).

#[cfg(target_os = "linux")]
mod answer;
#[cfg(target_os = "linux")]
mod description;
#[cfg(target_os = "linux")]
mod fault;
mod listing;
#[cfg(target_os = "linux")]
mod lookup;
#[cfg(target_os = "linux")]
mod removal;
#[cfg(test)]
mod tests;

use wasmtime::Result;
use wasmtime::component::Linker;

use crate::state::State;

const TYPES: &str = "wasi:filesystem/types@0.3.0";

/// Puts our functions into the place of Wasmtime's, which are there.
pub(crate) fn shadow(linker: &mut Linker<State>) -> Result<()> {
    let mut types = linker.instance(TYPES)?;
    listing::add_to(&mut types)?;
    #[cfg(target_os = "linux")]
    if lookup::is_supported() {
        description::add_to(&mut types)?;
        removal::add_to(&mut types)?;
    }
    Ok(())
}
