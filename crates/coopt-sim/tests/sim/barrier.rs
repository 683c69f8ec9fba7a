//! Barriers: nobody goes on early, one leads each round, reuse is immediate.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::World;
use coopt_sync::{Arrival, Barrier};

use crate::{Size, check, check_priorities};

struct Shared {
    barrier: Barrier,
    arrived: [Cell<usize>; 8],
    leaders: [Cell<u32>; 8],
}

/// Threads meet once a round, and the last leader ends the barrier's use;
/// interruptions make no difference.
fn meet(world: &World, size: Size) {
    let shared = Rc::new(Shared {
        barrier: Barrier::new(size.threads as u32),
        arrived: Default::default(),
        leaders: Default::default(),
    });
    for _ in 0..size.threads {
        let member = Rc::clone(&shared);
        let thread = world.spawn(move |w| {
            for round in 0..size.rounds {
                let arrived = &member.arrived[round];
                arrived.set(arrived.get() + 1);
                let arrival = member.barrier.wait(w);
                assert_eq!(arrived.get(), size.threads, "somebody went on early");
                if arrival == Arrival::Leader {
                    let leaders = &member.leaders[round];
                    leaders.set(leaders.get() + 1);
                    if round + 1 == size.rounds {
                        assert_eq!(member.barrier.retire(w), Ok(()));
                    }
                }
            }
        });
        world.allow_interrupt(thread);
    }
    world.finally(move |_| {
        assert!(!shared.barrier.is_busy(), "a follower is left");
        for leaders in &shared.leaders[..size.rounds] {
            assert_eq!(leaders.get(), 1, "one leads each round");
        }
    });
}

#[test]
fn all_meet_each_round_and_one_leads() {
    check(&meet);
    check_priorities(&meet);
}

/// One thread too few waits for ever.
#[test]
fn nobody_passes_before_the_last_has_come() {
    check(&|world, size| {
        world.expect_deadlock();
        let barrier = Rc::new(Barrier::new(size.threads as u32 + 1));
        for _ in 0..size.threads {
            let barrier = Rc::clone(&barrier);
            world.spawn(move |w| {
                barrier.wait(w);
                unreachable!("somebody is missing");
            });
        }
    });
}
