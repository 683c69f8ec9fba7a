//! Two hundred threads sleep at once, and the whole takes about the time of
//! one sleep; none wakes early.

use std::thread;
use std::time::{Duration, Instant};

const TIME: Duration = Duration::from_millis(20);

fn main() {
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..200 {
            // Two hundred stacks of std's usual size would take hundreds of MiB.
            let small = thread::Builder::new().stack_size(64 * 1024);
            let sleeper = small.spawn_scoped(scope, || {
                let start = Instant::now();
                thread::sleep(TIME);
                assert!(start.elapsed() >= TIME);
            });
            sleeper.expect("there is room for it");
        }
    });
    assert!(start.elapsed() < TIME * 50);
}
