//! A second lock of a mutex by its holder is a deadlock, and is reported.

// EXIT: 124
// STDERR-CONTAINS: deadlock
// STDERR-CONTAINS: thread 1 `main` waits on the futex
// SKIP: native: would hang

use std::sync::Mutex;

fn main() {
    let mutex = Mutex::new(());
    let _first = mutex.lock();
    let _second = mutex.lock();
}
