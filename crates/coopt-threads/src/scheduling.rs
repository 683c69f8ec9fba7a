//! Policies and priorities as a program gives them to its threads.
//!
//! A thread of higher priority goes before one of lower: at every switch, and
//! as soon as a call makes it runnable. Among equals the order is first in,
//! first out, under every policy: threads give up their turn themselves, so
//! there is no slice of time that could end.

use coopt_abi::thread::Priority;

use crate::calls;
use crate::mutex::REALTIME_MIN;
use crate::system::System;
use crate::thread::Thread;
use crate::thread::priorities::Policy;
use crate::{priority, switch};

impl Policy {
    /// The lowest and the highest priority of the policy.
    #[must_use]
    pub fn range(self) -> (Priority, Priority) {
        match self {
            Self::Other => (Priority::LOWEST, Priority::LOWEST),
            Self::Fifo | Self::RoundRobin => (REALTIME_MIN, Priority::MAX),
        }
    }
}

/// A policy with a priority in its [range](Policy::range).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheduling {
    policy: Policy,
    priority: Priority,
}

impl Scheduling {
    /// `None` when the policy has no such priority.
    #[must_use]
    pub fn new(policy: Policy, priority: Priority) -> Option<Self> {
        let (lowest, highest) = policy.range();
        (lowest..=highest)
            .contains(&priority)
            .then_some(Self { policy, priority })
    }

    /// The scheduling that a thread was given, whatever it inherits at the moment.
    #[must_use]
    pub fn of<O>(thread: &Thread<O>) -> Self {
        Self {
            policy: thread.priorities.policy.get(),
            priority: thread.priorities.base.get(),
        }
    }

    /// The policy.
    #[must_use]
    pub fn policy(self) -> Policy {
        self.policy
    }

    /// The priority.
    #[must_use]
    pub fn priority(self) -> Priority {
        self.priority
    }

    /// Gives this scheduling to a thread. No other thread runs inside.
    pub(crate) fn give_to<S: System>(self, s: &S, thread: &Thread<S::Own>) {
        thread.priorities.policy.set(self.policy);
        thread.priorities.base.set(self.priority);
        priority::settle(s, thread);
    }
}

/// Changes the scheduling of a thread.
pub fn change<S: System>(s: &S, thread: &Thread<S::Own>, scheduling: Scheduling) {
    switch::begin(s, calls::ASK);
    scheduling.give_to(s, thread);
    // SWITCH: the thread may now go before the caller, or the caller behind
    // others.
    switch::preempt(s);
}
