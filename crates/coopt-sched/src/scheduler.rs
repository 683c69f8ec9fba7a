//! The scheduler: its state, and the calls that change no queue.
//!
//! The operations stand in one file for each kind: [`lifecycle`] (spawn, begin,
//! exit), [`blocking`] (what the current thread does that may end its turn),
//! [`waking`] (what makes parked threads runnable), [`ranking`] (priorities) and
//! [`dispatch`] (who runs next, and what the host has to do with it).

mod blocking;
mod dispatch;
mod lifecycle;
mod ranking;
mod validate;
mod waking;

use coopt_abi::thread::ThreadId;
use coopt_abi::wait::Outcome;

use crate::action::SpawnError;
use crate::futex::FutexTable;
use crate::host::HostThread;
use crate::host_pool::HostPool;
use crate::limits::Limits;
use crate::place::Slot;
use crate::run_queue::RunQueue;
use crate::table::{Slots, Table};
use crate::thread::{Name, State};
use crate::timers::Timers;

/// Threads for which the tables have room from the start.
const CAPACITY_INITIAL: u32 = 16;

/// A scheduler of cooperative threads. See the crate's documentation.
pub struct Scheduler {
    pub(crate) threads: Table,
    pub(crate) core: Core,
}

/// The scheduler without its threads. An operation on the queues borrows the slots
/// and the core apart, so that the compiler knows where the slots are when a queue
/// changes.
pub(crate) struct Core {
    limits: Limits,
    /// Threads for which every table has room.
    capacity: u32,
    run_queue: RunQueue,
    futexes: FutexTable,
    pub(crate) timers: Timers,
    pool: HostPool,
    /// The running thread; none while the executing host thread serves the host.
    current: Option<Slot>,
    /// How the last wait of the running thread ended.
    outcome: Outcome,
    /// The host thread that executes, whoever is current.
    executing: HostThread,
    /// Whether the executing host thread ends at the next switch: its thread has
    /// exited and the pool was full.
    executing_ends: bool,
    /// The host thread of the main thread, which is never given to another.
    main_host: HostThread,
    /// Host operations in flight, timers not counted.
    host_pending: u32,
    /// Switches and yields before the host gets a turn.
    turns_left: u32,
    /// Turns of the host that were not taken since its last one.
    turns_skipped: u32,
    /// How often a thread has given up its turn.
    switches: u64,
}

impl Scheduler {
    /// A scheduler whose current thread is the main thread, on the executing host
    /// thread `main_host`.
    ///
    /// # Errors
    ///
    /// [`SpawnError::OutOfMemory`].
    pub fn new(limits: Limits, main_host: HostThread) -> Result<Self, SpawnError> {
        let limits = limits.clamped();
        let mut scheduler = Self {
            threads: Table::new(),
            core: Core {
                limits,
                capacity: 0,
                run_queue: RunQueue::new(),
                futexes: FutexTable::new(),
                timers: Timers::new(),
                pool: HostPool::try_new(limits.pool_max).ok_or(SpawnError::OutOfMemory)?,
                current: None,
                outcome: Outcome::Woken,
                executing: main_host,
                executing_ends: false,
                main_host,
                host_pending: 0,
                turns_left: limits.switches_per_host_yield,
                turns_skipped: 0,
                switches: 0,
            },
        };
        scheduler.try_reserve(limits.live_max.min(CAPACITY_INITIAL))?;
        let main = scheduler.threads.insert(main_host, 0);
        scheduler.threads[main].state = State::Running;
        scheduler.core.current = Some(main);
        debug_assert_eq!(scheduler.current(), Some(ThreadId::MAIN));
        Ok(scheduler)
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.core.limits
    }

    /// The current thread; `None` when all have exited, in a deadlock, and between
    /// an [`Action::Idle`](crate::Action::Idle) or
    /// [`Action::YieldToHost`](crate::Action::YieldToHost) and the end of
    /// [`resume`](Self::resume).
    #[must_use]
    pub fn current(&self) -> Option<ThreadId> {
        self.threads[self.core.current?].id
    }

    /// The current thread, if there is one, and its name.
    #[must_use]
    pub fn current_and_name(&self) -> Option<(ThreadId, &[u8])> {
        let slot = self.core.current?;
        let thread = &self.threads[slot];
        let name = match thread.is_named {
            true => self.threads.detail(slot).name.as_bytes(),
            false => b"",
        };
        Some((thread.id?, name))
    }

    /// The host thread that executes, or is to execute once the last action has been
    /// performed.
    #[must_use]
    pub fn executing(&self) -> HostThread {
        self.core.executing
    }

    /// How the last wait of the current thread ended; [`Outcome::Woken`] when it has
    /// not waited yet. Means nothing when no thread is current.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.core.outcome
    }

    /// Whether a thread with this id is alive.
    #[must_use]
    pub fn is_live(&self, id: ThreadId) -> bool {
        self.threads.lookup(id).is_some()
    }

    /// How many threads are alive.
    #[must_use]
    pub fn live_count(&self) -> u32 {
        self.threads.live()
    }

    /// How many threads are in the run queue (the current one is not).
    #[must_use]
    pub fn runnable_count(&self) -> u32 {
        self.core.run_queue.len()
    }

    /// How often a thread has given up its turn: the clock of
    /// [`WaitReason::since`](crate::WaitReason::since).
    #[must_use]
    pub fn switches(&self) -> u64 {
        self.core.switches
    }

    /// The name of a thread, empty unless it was given one; `None` when no such
    /// thread is alive.
    #[must_use]
    pub fn name(&self, id: ThreadId) -> Option<&[u8]> {
        let slot = self.threads.lookup(id)?;
        Some(self.threads.detail(slot).name.as_bytes())
    }

    /// Names a thread, keeping the first [`NAME_LEN_MAX`](coopt_abi::thread::NAME_LEN_MAX)
    /// bytes. False when no such thread is alive.
    pub fn set_name(&mut self, id: ThreadId, name: &[u8]) -> bool {
        let Some(slot) = self.threads.lookup(id) else {
            return false;
        };
        self.threads.set_name(slot, Name::truncated(name));
        true
    }

    /// The size in bytes of the current thread's stack; 0 when it is not known.
    #[must_use]
    pub fn stack_size(&self) -> u32 {
        let current = self.core.current;
        current.map_or(0, |slot| self.threads.detail(slot).stack_size)
    }

    /// Notes the size of the current thread's stack.
    pub fn set_stack_size(&mut self, size: u32) {
        if let Some(slot) = self.core.current {
            self.threads.set_stack_size(slot, size);
        }
    }

    /// Borrows the slots and the core apart, for an operation on the queues.
    #[inline(always)]
    fn split(&mut self) -> (Slots<'_>, &mut Core) {
        (self.threads.slots(), &mut self.core)
    }
}
