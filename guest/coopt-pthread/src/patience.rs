//! Patience with threads that poll.
//!
//! A thread that asks again and again whether something has happened (`do {
//! lock; done = ...; unlock; } while (!done)`) never waits for anything, so it
//! would never let the others run, and nothing would ever happen. Threads that
//! are preempted can afford such loops, and programs have them. So a call that
//! could have waited but did not, or that asks or tells others something,
//! yields if there were many like it in a row. So does a reading of a clock: a
//! thread that looks at nothing but the time keeps the others from running
//! too. A call that only works on what is the caller's, such as its own keys
//! or the attributes of an object to be, does not count: no loop can wait by
//! those.
//!
//! The price is a decrement for each of these calls, and a switch for one in
//! [`CALLS`].

use core::cell::Cell;

use crate::cooperative::Cooperative;
use crate::platform::Coopt;

/// So many calls that did not wait are in order.
const CALLS: u32 = 1000;

static LEFT: Cooperative<Cell<u32>> = Cooperative::new(Cell::new(CALLS));

/// Notes a call that a loop may consist of, before it does anything.
#[inline]
pub fn spend() {
    let left = LEFT.get() - 1;
    LEFT.set(left);
    if left == 0 {
        lose();
    }
}

/// Notes that others have run while the calling thread waited: the row ends.
#[inline]
pub fn regain() {
    LEFT.set(CALLS);
}

/// Notes a reading of a clock: libc's functions that read one call this.
#[unsafe(no_mangle)]
pub extern "C" fn __coopt_note_poll() {
    spend();
}

#[cold]
#[inline(never)]
fn lose() {
    regain();
    // SWITCH: every other runnable thread of the caller's priority.
    Coopt.yield_now();
}
