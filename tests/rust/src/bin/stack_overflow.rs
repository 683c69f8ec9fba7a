//! A thread of safe Rust whose stack is too small traps before it writes over anything.
//!
//! EXIT: 134
//! STDERR-CONTAINS: thread 3 trapped: its stack of 655
//! STDERR-CONTAINS: stack_size
//! SKIP: native: is killed by a signal of its own

use std::hint::black_box;
use std::thread;

#[inline(never)]
fn descend(depth: u64) -> u64 {
    let mut frame = [depth as u8; 1000];
    black_box(&mut frame);
    if depth == 0 {
        return 0;
    }
    descend(depth - 1) + u64::from(frame[depth as usize % 1000])
}

fn run(depth: u64) {
    let thread = thread::Builder::new()
        .stack_size(64 << 10)
        .spawn(move || descend(depth));
    let sum = thread.expect("a thread").join().expect("it returns");
    assert_eq!(sum, (1..=depth).sum());
}

fn main() {
    run(20);
    run(200);
    println!("still here");
}
