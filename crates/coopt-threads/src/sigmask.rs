//! What a thread blocks: `pthread_sigmask` and its kin.

use crate::calls;
use crate::signal::Set;
use crate::system::System;
use crate::{deliver, switch};

/// How a mask is changed: `SIG_BLOCK`, `SIG_UNBLOCK`, `SIG_SETMASK`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// These signals are blocked, too.
    Block,
    /// These signals are blocked no more.
    Unblock,
    /// These signals are blocked, and no others.
    Replace,
}

/// Changes what the calling thread blocks, and acts on pending signals that
/// this unblocks.
pub fn change<S: System>(s: &S, how: How, set: Set) {
    let me = s.me();
    let before = me.signals.mask();
    let after = match how {
        How::Block => before.or(set),
        How::Unblock => before.without(set),
        How::Replace => set,
    };
    // SWITCH: handlers of unblocked signals are the program's code.
    deliver::set_mask(s, me, after);
}

/// What the calling thread blocks.
pub fn get<S: System>(s: &S) -> Set {
    // A loop may wait for a signal by unblocking and blocking it.
    switch::begin(s, calls::ASK);
    s.me().signals.mask()
}

/// The blocked signals that were sent to the calling thread or to the process.
pub fn pending<S: System>(s: &S) -> Set {
    switch::begin(s, calls::ASK);
    s.me().signals.held_back(&s.process().kept)
}
