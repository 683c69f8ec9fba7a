//! The operations of the model test, and how they are drawn.

use coopt_abi::thread::Priority;
use proptest::prelude::*;

/// One step. Small numbers are resolved by the harness: a `pick` chooses a thread, an
/// `at` an address, and times are relative to the present.
#[derive(Clone, Debug)]
pub enum Op {
    Spawn {
        start_arg: u32,
    },
    SpawnAbandoned,
    Exit,
    Yield,
    YieldToHost,
    Preempt,
    SetPriority {
        pick: u16,
        /// One of a few numbers, or one that is no priority.
        priority: u32,
    },
    Wait {
        at: u8,
        until: Option<i8>,
        kind: u8,
        owner: Option<u16>,
    },
    Park {
        until: Option<i8>,
    },
    Sleep {
        until: i8,
    },
    Wake {
        at: u8,
        count_max: u32,
    },
    Handoff {
        at: u8,
    },
    Requeue {
        from: u8,
        to: u8,
        wake_max: u32,
        move_max: u32,
    },
    Interrupt {
        pick: u16,
    },
    Unpark {
        pick: u16,
    },
    Expire {
        advance: u8,
    },
    /// Ends the host's turn, if it has one.
    Resume {
        advance: u8,
    },
    SetName {
        pick: u16,
        len: u8,
    },
    SetWord {
        at: u8,
        pick: u16,
    },
    PendingAdd {
        count: u8,
    },
    PendingSub {
        count: u8,
    },
}

/// How often each kind of operation is drawn.
#[derive(Clone, Copy)]
pub struct Mix {
    spawn: u32,
    exit: u32,
    wait: u32,
    wake: u32,
    set_priority: u32,
}

impl Mix {
    pub const EVEN: Self = Self {
        spawn: 6,
        exit: 3,
        wait: 12,
        wake: 8,
        set_priority: 4,
    };
    pub const CROWDED: Self = Self {
        spawn: 16,
        exit: 1,
        wait: 12,
        wake: 5,
        set_priority: 6,
    };
    pub const CHURN: Self = Self {
        spawn: 12,
        exit: 10,
        wait: 3,
        wake: 3,
        set_priority: 1,
    };
}

pub fn op(mix: Mix) -> impl Strategy<Value = Op> {
    prop_oneof![
        mix.spawn => any::<u32>().prop_map(|start_arg| Op::Spawn { start_arg }),
        1 => Just(Op::SpawnAbandoned),
        mix.exit => Just(Op::Exit),
        4 => Just(Op::Yield),
        1 => Just(Op::YieldToHost),
        3 => Just(Op::Preempt),
        mix.set_priority => (any::<u16>(), priority())
            .prop_map(|(pick, priority)| Op::SetPriority { pick, priority }),
        mix.wait => wait(),
        2 => until().prop_map(|until| Op::Park { until }),
        2 => any::<i8>().prop_map(|until| Op::Sleep { until }),
        mix.wake => (any::<u8>(), count()).prop_map(|(at, count_max)| Op::Wake { at, count_max }),
        mix.wake => any::<u8>().prop_map(|at| Op::Handoff { at }),
        3 => requeue(),
        3 => any::<u16>().prop_map(|pick| Op::Interrupt { pick }),
        3 => any::<u16>().prop_map(|pick| Op::Unpark { pick }),
        2 => (0..4u8).prop_map(|advance| Op::Expire { advance }),
        4 => (0..40u8).prop_map(|advance| Op::Resume { advance }),
        1 => (any::<u16>(), 0..20u8).prop_map(|(pick, len)| Op::SetName { pick, len }),
        2 => (any::<u8>(), any::<u16>()).prop_map(|(at, pick)| Op::SetWord { at, pick }),
        1 => (0..3u8).prop_map(|count| Op::PendingAdd { count }),
        2 => (0..3u8).prop_map(|count| Op::PendingSub { count }),
    ]
}

fn wait() -> impl Strategy<Value = Op> {
    let owner = proptest::option::of(any::<u16>());
    (any::<u8>(), until(), any::<u8>(), owner).prop_map(|(at, until, kind, owner)| Op::Wait {
        at,
        until,
        kind,
        owner,
    })
}

fn requeue() -> impl Strategy<Value = Op> {
    (any::<u8>(), any::<u8>(), count(), count()).prop_map(|(from, to, wake_max, move_max)| {
        Op::Requeue {
            from,
            to,
            wake_max,
            move_max,
        }
    })
}

/// Few priorities, so that equals meet often; both sides of a bit set's boundaries.
fn priority() -> impl Strategy<Value = u32> {
    prop_oneof![
        3 => 0..3u32,
        2 => prop::sample::select(vec![31, 32, 63, 64, 98, Priority::MAX.get(), Priority::MAX.get() + 1, u32::MAX]),
        1 => 0..=Priority::MAX.get(),
    ]
}

fn until() -> impl Strategy<Value = Option<i8>> {
    prop_oneof![2 => Just(None), 1 => any::<i8>().prop_map(Some)]
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0..4u32, 1 => Just(u32::MAX)]
}
