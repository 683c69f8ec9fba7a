//! Two thousand threads with stacks of the default size are there at once.
//!
//! LIMIT-S: 120
//! SKIP: node: its workers are threads of this machine

use std::sync::{Arc, Barrier};
use std::thread;

fn main() {
    const THREADS: usize = 2000;
    let all = Arc::new(Barrier::new(THREADS + 1));
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let all = Arc::clone(&all);
            thread::spawn(move || drop(all.wait()))
        })
        .collect();
    all.wait();
    for thread in threads {
        thread.join().expect("it returns");
    }
}
