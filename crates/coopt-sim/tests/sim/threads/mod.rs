//! The thread logic of coopt-threads under all schedules, or very many.
//!
//! | file | what is explored |
//! |---|---|
//! | [`life`] | beginnings and ends, joins, keys |
//! | [`cancel`] | requests to threads in each blocking call, while signalled |
//! | [`rows`] | what a handler makes of each call that it interrupts |
//! | [`signals`] | who gets a signal, and how often |
//! | [`inherit`] | present priorities along chains of mutexes |
//! | [`robust`] | owners of robust mutexes that die in each state |
//! | [`rwlock`] | read-write locks among threads of several priorities |
//! | [`calls`] | the blocking calls, and how each is satisfied |
//! | [`tools`] | what programs of several families do |

mod calls;
mod cancel;
mod inherit;
mod life;
mod robust;
mod rows;
mod rwlock;
mod signals;
mod tools;

use coopt_sim::threads::Threads;
use coopt_sim::{Explorer, World};

use crate::{CHOICES_MAX, PCT_DEPTH, Size, check, explorers};

type Program<'a> = dyn Fn(&Threads, Size) + 'a;

/// Explores a program of POSIX threads, and asserts at its end that nothing is
/// left of what they did.
fn check_threads(program: &Program<'_>) {
    check(&|world, size| run(program, world, size));
}

/// How many schedules of a program whose threads do much are run in turn, and
/// how many are drawn, in each of the ways there are.
const FEW: u64 = 600;

/// Explores a program whose threads do much, of which a search in turn sees the
/// last choices only: so most schedules are drawn.
fn check_some(program: &Program<'_>) {
    let smallest = Size::new(1, 1);
    for explorer in explorers(smallest) {
        explorer.exhaustive(CHOICES_MAX, FEW, &|world| run(program, world, smallest));
    }
    for size in [smallest, Size::new(2, 1), Size::new(3, 2)] {
        let label = format!("drawn-{}x{}", size.threads, size.rounds);
        let program = |world: &World| run(program, world, size);
        Explorer::model(&label).random(FEW, &program);
        Explorer::preemptive(&label).random(FEW, &program);
        Explorer::preemptive(&format!("{label}-pct")).pct(FEW, PCT_DEPTH, &program);
        Explorer::scheduled(&label).random(FEW, &program);
    }
}

fn run(program: &Program<'_>, world: &World, size: Size) {
    let threads = Threads::new(world);
    program(&threads, size);
    world.finally(move |_| threads.inspect());
}
