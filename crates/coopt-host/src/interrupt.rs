//! Ctrl-C.
//!
//! A guest that spins never returns to the host, so the signal is answered by
//! a thread of its own. It ends the process rather than the guest: nothing of
//! the guest outlives the process, its output is written through as it comes,
//! and a file that others may read is only ever renamed into place. The one
//! thing worth waiting for is a file half written ([`Shield`]).

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{io, process, thread};

use coopt_abi::status;
use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

static SHIELD: Mutex<()> = Mutex::new(());

/// While one of these lives, an interrupt waits. Keep it short: writing a
/// file, not computing what goes into it.
#[derive(Debug)]
pub struct Shield(#[expect(dead_code, reason = "held for its lock")] MutexGuard<'static, ()>);

/// Puts interrupts off until the result is dropped.
#[must_use]
pub fn shield() -> Shield {
    Shield(SHIELD.lock().unwrap_or_else(PoisonError::into_inner))
}

/// From now on Ctrl-C ends the process with [`status::INTERRUPTED`].
///
/// # Errors
///
/// When the system refuses a handler or a thread; Ctrl-C then ends the
/// process as it ends any other.
pub fn watch() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT])?;
    let watcher = thread::Builder::new().name("coopt-interrupt".into());
    watcher.spawn(move || {
        if signals.forever().next().is_some() {
            let _no_file_is_half_written = shield();
            process::exit(i32::from(status::INTERRUPTED));
        }
    })?;
    Ok(())
}
