//! Data parallelism with rayon, unchanged.
//!
//! The pool is given a size, because rayon takes the number of processors
//! otherwise, and a component has one processor.

// STDOUT:
//   sum of squares 333328333350000
//   longest Collatz path below 10000: 6171, with 261 steps
//   sorted: true

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

const THREADS: usize = 4;

fn collatz_steps(start: u64) -> u32 {
    let mut steps = 0;
    let mut n = start;
    while n != 1 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
    }
    steps
}

fn main() {
    let pool = ThreadPoolBuilder::new()
        .num_threads(THREADS)
        .build()
        .expect("threads can be started");
    pool.install(|| {
        let sum: u64 = (0..100_000_u64).into_par_iter().map(|n| n * n).sum();
        println!("sum of squares {sum}");

        let (steps, start) = (1..10_000_u64)
            .into_par_iter()
            .map(|start| (collatz_steps(start), start))
            .max()
            .expect("the range is not empty");
        println!("longest Collatz path below 10000: {start}, with {steps} steps");

        let mut numbers: Vec<u32> = (0..20_000)
            .map(|n: u32| n.wrapping_mul(2_654_435_761))
            .collect();
        numbers.par_sort();
        println!("sorted: {}", numbers.is_sorted());
    });
}
