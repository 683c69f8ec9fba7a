//! What a thread blocks: `pthread_sigmask` and its kin.

use core::cell::Cell;
use core::ffi::c_int;

use crate::errno::{Errno, minus_one, status};
use crate::patience;
use crate::signal::act;
use crate::signal::number::Set;
use crate::thread::current;

/// `SIG_*` (`signal.h`).
const BLOCK: c_int = 0;
const UNBLOCK: c_int = 1;
const SETMASK: c_int = 2;

fn change(how: c_int, set: Option<&Cell<Set>>, old: Option<&Cell<Set>>) -> Result<(), Errno> {
    // A loop that unblocks and blocks waits for a signal.
    patience::spend();
    let signals = &current().signals;
    let before = signals.mask();
    let after = match (set.map(Cell::get), how) {
        (None, _) => before,
        (Some(set), BLOCK) => before.or(set),
        (Some(set), UNBLOCK) => before.without(set),
        (Some(set), SETMASK) => set,
        (Some(_), _) => return Err(Errno::INVAL),
    };
    if let Some(old) = old {
        old.set(before);
    }
    signals.set_mask(after);
    // SWITCH: handlers of what is no longer blocked are the program's code.
    act();
    Ok(())
}

/// POSIX XSH `pthread_sigmask`: `EINVAL` for a `how` that is none. `SIGKILL`
/// and `SIGSTOP` are never blocked.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_sigmask(
    how: c_int,
    set: Option<&Cell<Set>>,
    old: Option<&Cell<Set>>,
) -> c_int {
    status(change(how, set, old))
}

/// POSIX XSH `sigprocmask`. (POSIX leaves it open with several threads; it is
/// the calling thread's mask, as on Linux.)
#[unsafe(no_mangle)]
pub extern "C" fn sigprocmask(
    how: c_int,
    set: Option<&Cell<Set>>,
    old: Option<&Cell<Set>>,
) -> c_int {
    minus_one(change(how, set, old))
}

/// POSIX XSH `sigpending`: what the calling thread blocks, and was sent to it
/// or to the process.
#[unsafe(no_mangle)]
pub extern "C" fn sigpending(set: &Cell<Set>) -> c_int {
    patience::spend();
    set.set(current().signals.held_back());
    0
}
