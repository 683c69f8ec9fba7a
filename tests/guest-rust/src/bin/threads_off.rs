//! With threads off `spawn` fails with an error that says so, and locks and
//! waits with a time limit work for the one thread there is.

// RUN-FLAGS: --threads=off
// STDOUT:
//   Unsupported
//   timed out: true
// SKIP: native: has threads

use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

fn main() {
    let error = thread::Builder::new()
        .spawn(|| ())
        .expect_err("there are no threads");
    println!("{:?}", error.kind());

    let mutex = Mutex::new(());
    let guard = mutex.lock().expect("nobody panics");
    let (_guard, waited) = Condvar::new()
        .wait_timeout(guard, Duration::from_millis(2))
        .expect("nobody panics");
    println!("timed out: {}", waited.timed_out());
}
