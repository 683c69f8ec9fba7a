//! Four threads sum a quarter of the numbers each.
//!
//! The smallest program with threads: start threads, let each work on its own
//! part, wait for their ends. Scoped threads may borrow from the function that
//! starts them, and `join` returns the result of each, so no lock is needed.
//!
//!     cargo run --bin parallel_sum

// STDOUT:
//   4 threads, sum 799980000

use std::thread;

const THREADS: u32 = 4;
const NUMBERS_PER_THREAD: u32 = 10_000;

fn main() {
    let numbers: Vec<u32> = (0..THREADS * NUMBERS_PER_THREAD).collect();
    let sum: u32 = thread::scope(|scope| {
        let parts: Vec<_> = numbers
            .chunks(NUMBERS_PER_THREAD as usize)
            .map(|part| scope.spawn(|| part.iter().sum::<u32>()))
            .collect();
        parts
            .into_iter()
            .map(|part| part.join().expect("summing does not panic"))
            .sum()
    });
    println!("{THREADS} threads, sum {sum}");
}
