//! With threads off `spawn` fails, and locks and waits with a time limit work
//! for the one thread there is. With coopt's own C library the error is
//! `Unsupported`. The C library of rustup's std returns `EAGAIN` for every
//! failure.

// RUN-FLAGS: --threads=off
// STDOUT:
//   refused: true
//   timed out: true
// SKIP: native: has threads

use std::io::ErrorKind;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

fn main() {
    let error = thread::Builder::new()
        .spawn(|| ())
        .expect_err("there are no threads");
    let kinds = [ErrorKind::Unsupported, ErrorKind::WouldBlock];
    println!("refused: {}", kinds.contains(&error.kind()));

    let mutex = Mutex::new(());
    let guard = mutex.lock().expect("nobody panics");
    let (_guard, waited) = Condvar::new()
        .wait_timeout(guard, Duration::from_millis(2))
        .expect("nobody panics");
    println!("timed out: {}", waited.timed_out());
}
