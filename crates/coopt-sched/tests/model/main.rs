//! The scheduler against a naive model, step by step.
//!
//! Random operation sequences run on the scheduler and on [`reference::Reference`],
//! which does the same with plain lists; [`hosts::Hosts`] plays the host and objects
//! when a host thread is resumed that is not suspended. After every step the answers
//! and the cheap questions are compared, and every [`harness::COMPARE_EVERY`] steps
//! the whole state, with the scheduler's own invariants.
//!
//! What this shows, within what is sampled: no wake-up is lost or doubled, queues
//! are ordered by priority and are first in first out within a priority, equal
//! deadlines expire first in first out, a moved waiter is not interrupted, no
//! deadline expires early or is missed, no id comes back, no host thread is resumed
//! twice, the host gets its turns, and a deadlock is reported when there is one and
//! only then.
//!
//! Per default run: 3 tests x 256 cases x 3000 operations on average = 2.3 million steps.
//! `PROPTEST_CASES` changes the number of cases. A failure prints the seed and the
//! shortest sequence found.

mod harness;
mod hosts;
mod ops;
mod reference;
#[path = "../unhash/mod.rs"]
mod unhash;

use coopt_sched::Limits;
use proptest::collection::vec;
use proptest::prelude::*;

use harness::Harness;
use ops::{Mix, Op};

const OPS_MAX: usize = 6000;

fn config() -> ProptestConfig {
    ProptestConfig {
        max_shrink_iters: 50_000,
        ..ProptestConfig::default()
    }
}

/// Small limits, so that each is met often.
fn small_limits() -> impl Strategy<Value = Limits> {
    (1..12u32, 0..5u32, 1..9u32).prop_map(|(live_max, pool_max, switches_per_host_yield)| Limits {
        live_max,
        pool_max,
        switches_per_host_yield,
    })
}

/// Limits that let the tables grow a few times.
fn roomy_limits() -> impl Strategy<Value = Limits> {
    (16..120u32, 0..40u32, 1..200u32).prop_map(|(live_max, pool_max, switches_per_host_yield)| {
        Limits {
            live_max,
            pool_max,
            switches_per_host_yield,
        }
    })
}

fn ops(mix: Mix) -> impl Strategy<Value = Vec<Op>> {
    vec(ops::op(mix), 0..=OPS_MAX)
}

fn check(limits: Limits, ops: &[Op]) {
    let mut harness = Harness::new(limits);
    for op in ops {
        harness.step(op);
    }
    harness.compare_all();
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn few_threads_meet_every_limit(limits in small_limits(), ops in ops(Mix::EVEN)) {
        check(limits, &ops);
    }

    #[test]
    fn many_threads_wait(limits in roomy_limits(), ops in ops(Mix::CROWDED)) {
        check(limits, &ops);
    }

    #[test]
    fn threads_come_and_go(limits in roomy_limits(), ops in ops(Mix::CHURN)) {
        check(limits, &ops);
    }
}
