//! Ctrl-C (F2).
//!
//! A thread of its own answers the signal, because a program that computes for
//! ever never returns to its host. The whole process ends, not only the
//! program in it: nothing of the program outlives the process, and its output
//! is written through as it comes. Only a file that is half written is worth
//! waiting for ([`shield`]).

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{io, process, thread};

use coopt_abi::status;
use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

static SHIELD: Mutex<()> = Mutex::new(());

/// An interrupt waits until the shield is dropped.
pub(crate) struct Shield(
    #[expect(dead_code, reason = "held for its lock")] MutexGuard<'static, ()>,
);

/// Puts interrupts off while a file is written. One file is written at a time.
#[must_use]
pub(crate) fn shield() -> Shield {
    Shield(SHIELD.lock().unwrap_or_else(PoisonError::into_inner))
}

/// From now on Ctrl-C ends the process with [`status::INTERRUPTED`], after
/// `last_words`.
///
/// # Errors
///
/// When the system refuses a handler or a thread. Without a handler, Ctrl-C ends
/// the process as it ends any other. Without a thread, Ctrl-C does nothing.
pub fn watch(last_words: fn()) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT])?;
    let watcher = thread::Builder::new().name("coopt-interrupt".into());
    watcher.spawn(move || {
        if signals.forever().next().is_some() {
            let _no_file_is_half_written = shield();
            last_words();
            process::exit(i32::from(status::INTERRUPTED));
        }
    })?;
    Ok(())
}
