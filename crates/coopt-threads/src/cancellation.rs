//! Requests to cancel a thread, and how a thread takes them.

use core::ptr;

use crate::calls;
use crate::system::System;
use crate::thread::Thread;
use crate::thread::cancellation::{State, Type};
use crate::thread::waiting::Request;
use crate::{cancel, switch};

/// Asks a thread to end: `pthread_cancel`.
pub fn request<S: System>(s: &S, thread: &Thread<S::Own>) {
    if !thread.cancellation.request() {
        // A loop of such calls gets nowhere while the thread does not run.
        switch::begin(s, calls::ASK);
    }
    let me = s.me();
    if ptr::eq(thread, me) {
        cancel::asynchronous_point(s, me);
    } else if thread.cancellation.is_due()
        && thread.waiting.request.get() == Request::Ends
        && let Some(id) = thread.id.get()
    {
        // No answer is needed: a thread that was woken already finds the
        // request at its next point.
        s.thread_wake(id);
        // SWITCH: to the target, if its priority is higher.
        switch::preempt(s);
    }
}

/// `pthread_testcancel`.
pub fn test<S: System>(s: &S) {
    switch::begin(s, calls::TEST_CANCEL);
}

/// Sets whether the calling thread acts on requests; returns whether it did.
pub fn set_state<S: System>(s: &S, state: State) -> State {
    let me = s.me();
    let before = me.cancellation.state.replace(state);
    cancel::asynchronous_point(s, me);
    before
}

/// Sets when the calling thread acts on requests; returns when it did.
pub fn set_type<S: System>(s: &S, kind: Type) -> Type {
    let me = s.me();
    let before = me.cancellation.kind.replace(kind);
    cancel::asynchronous_point(s, me);
    before
}
