//! Keys, and their values in each thread.

use core::ffi::c_void;

use crate::calls;
use crate::process::Destructor;
use crate::switch;
use crate::system::System;
use crate::thread::Thread;

/// Makes a key; `None` at the limit.
pub fn create<S: System>(s: &S, destructor: Option<Destructor>) -> Option<usize> {
    switch::begin(s, calls::ASK);
    Some(s.process().keys.create(destructor)?.number())
}

/// Deletes a key; `None` when there is none of this number.
#[must_use]
pub fn delete<S: System>(s: &S, key: usize) -> Option<()> {
    let process = s.process();
    let id = process.keys.find(key)?;
    process.keys.delete(id);
    // The next key of this number starts without values in all threads.
    process.all().for_each(|thread| thread.values.clear(id));
    Some(())
}

/// Sets the calling thread's value; `None` when there is no such key.
#[must_use]
pub fn set<S: System>(s: &S, key: usize, value: *mut c_void) -> Option<()> {
    let id = s.process().keys.find(key)?;
    s.me().values.set(id, value);
    Some(())
}

/// The calling thread's value; null without one.
#[inline]
pub fn get<S: System>(s: &S, key: usize) -> *mut c_void {
    s.me().values.get(key)
}

/// Runs the destructors of the values of the calling thread.
pub fn run_destructors<S: System>(s: &S, me: &Thread<S::Own>) {
    // SWITCH: destructors are the program's code.
    me.values
        .destroy(&s.process().keys, |destructor, value| destructor(value));
}
