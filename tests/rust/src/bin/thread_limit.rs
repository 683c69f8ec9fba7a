//! One thread more than the cap is an error of `spawn`, not the end of the
//! program; after some have ended there is room again.

// RUN-FLAGS: --max-threads 5
// STDOUT:
//   4 threads beside the main one, then WouldBlock
//   4 threads beside the main one, then WouldBlock
// SKIP: native: has no such cap

use std::io;
use std::sync::Barrier;
use std::thread;

fn fill() -> (usize, io::Error) {
    let go = Barrier::new(5);
    thread::scope(|scope| {
        for count in 0.. {
            if let Err(error) = thread::Builder::new().spawn_scoped(scope, || go.wait()) {
                go.wait();
                return (count, error);
            }
        }
        unreachable!("a thread too many is an error")
    })
}

fn main() {
    for _ in 0..2 {
        let (count, error) = fill();
        println!(
            "{count} threads beside the main one, then {:?}",
            error.kind()
        );
    }
}
