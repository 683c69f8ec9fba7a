//! The objects of coopt-sync under all schedules, or very many.
//!
//! One file a family of programs. A program is a function of a world and a
//! [`Size`]; [`check`] runs it small under every schedule, and large under
//! drawn ones, on the model and on the real scheduler. What a program asserts
//! is its property. A run that gets stuck fails too, unless it is meant to.

mod barrier;
mod cancel;
mod cond;
mod explorer;
mod locks;
mod mutex;
mod once;
mod robust;
mod rwlock;
mod semaphore;
mod threads;

use coopt_sim::{Explorer, World};
use coopt_sync::{Clock, Deadline};

/// How much a program does.
#[derive(Clone, Copy)]
struct Size {
    threads: usize,
    /// How often each thread does what it does.
    rounds: usize,
}

impl Size {
    const fn new(threads: usize, rounds: usize) -> Self {
        Self { threads, rounds }
    }

    fn label(self) -> String {
        format!("{}x{}", self.threads, self.rounds)
    }
}

/// The smallest size, of which no schedule is left out.
const SMALLEST: Size = Size::new(2, 1);

/// Sizes that are explored as far as [`SCHEDULES_MAX`] goes.
const SMALL: [Size; 3] = [Size::new(2, 2), Size::new(3, 1), Size::new(4, 1)];

/// The size for drawn schedules.
const LARGE: Size = Size::new(5, 4);

/// How many choices an exhaustive exploration varies, and how many schedules
/// it runs at most.
const CHOICES_MAX: usize = 40;
const SCHEDULES_MAX: u64 = 20_000;

/// How many schedules each drawn exploration runs.
const DRAWN: u64 = 500;

/// How many ordering constraints a bug may need for PCT to find it well.
const PCT_DEPTH: usize = 4;

/// A program to explore.
type Program<'a> = dyn Fn(&World, Size) + 'a;

/// Explores a program in each of the ways there are.
fn check(program: &Program<'_>) {
    for explorer in explorers(SMALLEST) {
        let program = |world: &World| program(world, SMALLEST);
        let report = explorer.exhaustive(CHOICES_MAX, u64::MAX, &program);
        assert!(report.complete, "{report:?}");
    }
    for size in SMALL {
        let program = |world: &World| program(world, size);
        for explorer in explorers(size) {
            explorer.exhaustive(CHOICES_MAX, SCHEDULES_MAX, &program);
        }
    }
    let program = |world: &World| program(world, LARGE);
    Explorer::model("random").random(DRAWN, &program);
    Explorer::preemptive("random").random(DRAWN, &program);
    Explorer::preemptive("pct").pct(DRAWN, PCT_DEPTH, &program);
    Explorer::scheduled("random").random(DRAWN, &program);
}

/// Explores a program with threads whose priorities change. The program must
/// assert no order.
fn check_priorities(program: &Program<'_>) {
    for size in SMALL {
        let explorer = Explorer::prioritised(&size.label());
        explorer.exhaustive(CHOICES_MAX, SCHEDULES_MAX, &|world| program(world, size));
    }
    Explorer::prioritised("random").random(DRAWN, &|world| program(world, LARGE));
}

/// An explorer on each kernel.
fn explorers(size: Size) -> [Explorer; 3] {
    let label = size.label();
    [
        Explorer::model(&label),
        Explorer::preemptive(&label),
        Explorer::scheduled(&label),
    ]
}

/// A deadline that the program leaves open: none, or soon on either clock.
fn some_deadline(world: &World) -> Deadline {
    match world.choose(3) {
        0 => Deadline::Never,
        1 => world.deadline(Clock::Monotonic, 10),
        _ => world.deadline(Clock::Realtime, 20),
    }
}
