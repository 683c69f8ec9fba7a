//! coopt-sched as the kernel, driven as the runtime drives it.
//!
//! The main thread of the scheduler spawns the program's threads and then waits
//! for their end. The main thread has no coroutine: this file plays it. The
//! limits are set so low that every action occurs in short programs: host
//! threads end or are pooled, and the host often gets a turn.

use std::collections::BTreeMap;

use coopt_abi::lock_word::Handoff;
use coopt_abi::thread::{Priority, ThreadId};
use coopt_abi::wait::{Outcome, Owner, Reason, WaitKind};
use coopt_sched::{Action, HostNeed, HostThread, Limits, Scheduler, State, WaitReason};

use super::Kernel;

const LIMITS: Limits = Limits {
    live_max: 64,
    pool_max: 1,
    switches_per_host_yield: 3,
};

/// How many priorities threads have in [`Scheduled::prioritised`].
const PRIORITIES: u32 = 3;

const MAIN_HOST: HostThread = HostThread(0);

/// Who has the turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// The scheduler's main thread.
    Main,
    /// This thread of the program.
    Thread(usize),
    /// Nobody: the host is served.
    Host,
    /// The last thread has ended.
    Over,
}

/// coopt-sched, driven as the runtime drives it.
pub struct Scheduled {
    scheduler: Scheduler,
    turn: Turn,
    now_ns: u64,
    ids: Vec<ThreadId>,
    /// Which thread each host thread runs; `None`: it has to ask.
    hosts: Vec<Option<Turn>>,
    /// Small numbers for addresses of words: the scheduler's have 32 bits.
    futexes: BTreeMap<usize, u32>,
    /// Where each thread parked last, to tell whether it was moved since.
    parked_at: Vec<u32>,
    /// Whether a thread that yields goes down to the next of the
    /// [`PRIORITIES`], and from the lowest up to the highest.
    yields_lower: bool,
}

impl Default for Scheduled {
    fn default() -> Self {
        Self::new()
    }
}

impl Scheduled {
    /// A scheduler with its main thread only.
    ///
    /// # Panics
    ///
    /// When there is no memory.
    #[must_use]
    pub fn new() -> Self {
        Self {
            scheduler: Scheduler::new(LIMITS, MAIN_HOST).expect("there is memory"),
            turn: Turn::Main,
            now_ns: 0,
            ids: Vec::new(),
            hosts: vec![Some(Turn::Main)],
            futexes: BTreeMap::new(),
            parked_at: Vec::new(),
            yields_lower: false,
        }
    }

    /// [`new`](Self::new), with priorities that change: programs yield while
    /// they hold a lock, so a thread of higher priority comes to wait.
    #[must_use]
    pub fn prioritised() -> Self {
        Self {
            yields_lower: true,
            ..Self::new()
        }
    }

    /// Performs an action and those that follow from it, until it is clear who
    /// has the turn.
    fn perform(&mut self, mut action: Action) {
        while action == Action::YieldToHost {
            action = self.scheduler.resume(self.now_ns);
        }
        self.turn = match action {
            Action::Continue => self.occupant(self.scheduler.executing()),
            Action::Switch(host) | Action::End(host) => {
                assert_eq!(host, self.scheduler.executing());
                self.occupant(host)
            }
            Action::Idle => {
                assert!(self.scheduler.next_deadline().is_some(), "idle for nothing");
                Turn::Host
            }
            Action::Deadlock => {
                assert_eq!(self.scheduler.next_deadline(), None, "a timer is pending");
                Turn::Host
            }
            Action::Finished => Turn::Over,
            Action::YieldToHost => unreachable!("the loop has left it"),
        };
        self.scheduler.validate();
    }

    /// Which thread a host thread runs; a host thread that has none asks.
    fn occupant(&mut self, host: HostThread) -> Turn {
        let entry = &mut self.hosts[host.0 as usize];
        *entry.get_or_insert_with(|| Turn::Thread(self.scheduler.begin().1 as usize))
    }

    fn running(&self) -> usize {
        match self.turn {
            Turn::Thread(thread) => thread,
            turn => panic!("{turn:?} has the turn"),
        }
    }

    fn futex(&mut self, address: usize) -> u32 {
        let number = 4 * (self.futexes.len() as u32 + 1);
        *self.futexes.entry(address).or_insert(number)
    }

    /// The reason with which the running thread is about to park on `futex`.
    fn park_reason(&mut self, futex: usize, reason: Reason) -> WaitReason {
        let address = self.futex(futex);
        let thread = self.running();
        self.parked_at[thread] = address;
        WaitReason::new(WaitKind::Futex, address, reason.owner)
    }

    /// Gives the turn to the main thread.
    fn wake_main(&mut self) {
        if self.turn == Turn::Host {
            assert!(self.scheduler.unpark(ThreadId::MAIN));
            let action = self.scheduler.resume(self.now_ns);
            self.perform(action);
        }
        assert_eq!(self.turn, Turn::Main);
    }
}

impl Kernel for Scheduled {
    fn spawn(&mut self) -> ThreadId {
        if !matches!(self.turn, Turn::Thread(_)) {
            self.wake_main();
        }
        let need = self.scheduler.prepare_spawn().expect("there is room");
        let host = (need == HostNeed::Fresh).then(|| {
            self.hosts.push(None);
            HostThread(self.hosts.len() as u32 - 1)
        });
        let id = self.scheduler.spawn(self.ids.len() as u32, host);
        self.ids.push(id);
        self.parked_at.push(0);
        if self.yields_lower {
            let middle = Priority::new(PRIORITIES / 2).expect("it is in range");
            self.set_priority(self.ids.len() - 1, middle);
        }
        id
    }

    fn candidates(&mut self, now_ns: u64) -> Vec<usize> {
        self.now_ns = now_ns;
        if self.turn == Turn::Main {
            let until_all_ended = WaitReason::new(WaitKind::Futex, 0, Owner::Nobody);
            let action = self.scheduler.park(until_all_ended, None);
            self.perform(action);
        }
        if self.turn == Turn::Host && self.scheduler.runnable_count() > 0 {
            let action = self.scheduler.resume(now_ns);
            self.perform(action);
        }
        match self.turn {
            Turn::Thread(thread) => vec![thread],
            Turn::Main | Turn::Host | Turn::Over => Vec::new(),
        }
    }

    fn run(&mut self, thread: usize) {
        assert_eq!(self.turn, Turn::Thread(thread));
        assert_eq!(self.scheduler.current(), Some(self.ids[thread]));
    }

    fn end(&mut self) {
        let host = self.scheduler.executing();
        self.hosts[host.0 as usize] = None;
        let action = self.scheduler.exit();
        self.perform(action);
    }

    fn park(&mut self, futex: usize, deadline_ns: Option<u64>, reason: Reason) {
        let reason = self.park_reason(futex, reason);
        let action = self.scheduler.futex_wait(reason, deadline_ns);
        self.perform(action);
    }

    fn outcome(&self) -> Outcome {
        self.scheduler.outcome()
    }

    fn yield_now(&mut self) {
        if self.yields_lower {
            let thread = self.running();
            let now = self.scheduler.priority(self.ids[thread]);
            let now = now.expect("it is alive").get();
            let next = now.checked_sub(1).unwrap_or(PRIORITIES - 1);
            self.set_priority(thread, Priority::new(next).expect("it is in range"));
        }
        let action = self.scheduler.yield_now();
        self.perform(action);
    }

    fn preempt(&mut self) -> bool {
        let action = self.scheduler.preempt();
        let loses = action != Action::Continue;
        if loses {
            self.perform(action);
        }
        loses
    }

    fn wake(&mut self, futex: usize, count: u32) -> u32 {
        let address = self.futex(futex);
        self.scheduler.futex_wake(address, count)
    }

    fn handoff(&mut self, futex: usize) -> Option<Handoff> {
        let address = self.futex(futex);
        self.scheduler.futex_handoff(address)
    }

    fn highest(&mut self, futex: usize) -> Option<Priority> {
        let address = self.futex(futex);
        self.scheduler.futex_priority(address)
    }

    fn set_priority(&mut self, thread: usize, priority: Priority) {
        assert!(
            self.scheduler.set_priority(self.ids[thread], priority),
            "it is alive"
        );
    }

    fn priority(&self, thread: usize) -> Option<Priority> {
        let set = self.scheduler.priority(self.ids[thread]);
        set.filter(|_| !self.yields_lower)
    }

    fn obeys_priorities(&self) -> bool {
        !self.yields_lower
    }

    fn requeue(&mut self, from: usize, to: usize, count: u32) -> u32 {
        let (from, to) = (self.futex(from), self.futex(to));
        let to = WaitReason::new(WaitKind::Mutex, to, Owner::InWord);
        let requeued = self.scheduler.futex_requeue(from, to, 0, count);
        for (thread, &id) in self.ids.iter().enumerate() {
            let was_moved = self.is_parked(thread) && !self.is_interruptible(thread);
            assert!(
                !was_moved || !self.scheduler.wake_thread(id),
                "a signal is lost"
            );
        }
        requeued.moved
    }

    fn is_interruptible(&self, thread: usize) -> bool {
        let info = self
            .scheduler
            .threads()
            .find(|info| info.id == self.ids[thread]);
        let wait = info.and_then(|info| info.wait);
        wait.is_some_and(|wait| wait.address == self.parked_at[thread])
    }

    fn is_parked(&self, thread: usize) -> bool {
        let info = self
            .scheduler
            .threads()
            .find(|info| info.id == self.ids[thread]);
        info.is_some_and(|info| info.state == State::Parked)
    }

    fn interrupt(&mut self, thread: usize) -> bool {
        self.scheduler.wake_thread(self.ids[thread])
    }

    fn next_deadline(&self) -> Option<u64> {
        let next = self.scheduler.next_deadline();
        let deadlines = self.scheduler.threads().filter_map(|info| info.deadline);
        assert_eq!(next, deadlines.min(), "the timers are out of order");
        next
    }

    fn expire(&mut self, now_ns: u64) {
        self.scheduler.expire(now_ns);
    }

    fn finish(&mut self) {
        self.wake_main();
        assert_eq!(self.scheduler.live_count(), 1, "a thread is left");
        let action = self.scheduler.exit();
        self.perform(action);
        assert_eq!(self.turn, Turn::Over);
    }
}
