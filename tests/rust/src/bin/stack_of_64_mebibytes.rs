//! A thread asks for a large stack, and uses most of it.
//!
//! SKIP: wasmtime: gives all threads 2 MiB of native stack

use std::hint::black_box;
use std::thread;

#[inline(never)]
fn descend(depth: u64) -> u64 {
    let frame = [depth as u8; 1000];
    black_box(&frame);
    if depth == 0 {
        return 0;
    }
    descend(depth - 1) + u64::from(frame[depth as usize % 1000])
}

fn main() {
    let thread = thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(|| descend(50_000));
    let sum = thread.expect("a thread").join().expect("it returns");
    assert_eq!(sum, (1..=50_000_u64).map(|n| n % 256).sum());
}
