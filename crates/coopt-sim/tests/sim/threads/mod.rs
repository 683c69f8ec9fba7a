//! The thread logic of coopt-threads under all schedules, or very many.

mod life;

use coopt_sim::World;
use coopt_sim::threads::Threads;

use crate::{Size, check, check_priorities};

/// Explores a program of POSIX threads, and asserts at its end that nothing is
/// left of what they did.
fn check_threads(program: impl Fn(&Threads, Size)) {
    check(|world, size| run(&program, world, size));
}

/// The same with threads whose priorities the explorer changes.
fn check_threads_priorities(program: impl Fn(&Threads, Size)) {
    check_priorities(|world, size| run(&program, world, size));
}

fn run(program: &impl Fn(&Threads, Size), world: &World, size: Size) {
    let threads = Threads::new(world);
    program(&threads, size);
    world.finally(move |_| threads.inspect());
}
