//! `SIGPIPE`: what a thread gets that writes where nobody reads any more.
//!
//! A program that changes neither the action on the signal nor a mask ends by it. Only a program that
//! does has the code for the rest, since this module names it only then.

use core::cell::Cell;

use coopt_threads::send::{self, Target};
use coopt_threads::signal::Signal;

use crate::cooperative::Cooperative;
use crate::coopt::{BY_SIGNAL, Coopt, current};
use crate::libc;

/// What is done if the program may have changed what the signal does.
type Chosen = Cell<Option<fn()>>;

static CHOSEN: Cooperative<Chosen> = Cooperative::new(Chosen::new(None));

/// Called before the program changes an action or a mask.
pub fn may_change() {
    CHOSEN.set(Some(raise));
}

/// Sends the signal to the calling thread.
pub fn signal() {
    match CHOSEN.get() {
        // SWITCH: a handler is the program's code.
        Some(raise) => raise(),
        None => libc::exit_at_once(BY_SIGNAL + Signal::PIPE.as_int()),
    }
}

fn raise() {
    // The signal does not stop the process, so it can be sent.
    let _ = send::send(&Coopt, Target::Thread(current()), Some(Signal::PIPE));
}
