//! The scheduler again, with plain lists, to be obviously right rather than fast.

use std::collections::{BTreeMap, VecDeque};

use coopt_abi::wait::WaitKind;
use coopt_sched::{
    Action, Handoff, HostNeed, HostThread, Limits, Outcome, Owner, Priority, Requeued, SpawnError,
    State, ThreadId, WaitReason,
};

#[derive(Clone, Debug)]
pub struct Thread {
    pub host: HostThread,
    pub start_arg: u32,
    pub state: State,
    pub outcome: Outcome,
    pub wait: Option<WaitReason>,
    pub deadline: Option<u64>,
    pub priority: Priority,
    /// Whether a requeue moved the thread to the queue it waits in.
    pub is_moved: bool,
    pub name: Vec<u8>,
}

pub struct Reference {
    limits: Limits,
    pub threads: BTreeMap<ThreadId, Thread>,
    /// In the order in which they came, whatever their priorities; those that come
    /// before their equals are put in front of all. `waiters` is ordered alike.
    pub runnable: VecDeque<ThreadId>,
    /// The waiters of all addresses.
    waiters: VecDeque<(u32, ThreadId)>,
    /// The threads with a deadline in the order in which they came.
    timed: Vec<ThreadId>,
    pool: Vec<HostThread>,
    pub current: Option<ThreadId>,
    executing: HostThread,
    executing_ends: bool,
    main_host: HostThread,
    pub pending: u32,
    turns_left: u32,
    turns_skipped: u32,
    pub switches: u64,
}

impl Reference {
    pub fn new(limits: Limits, main_host: HostThread) -> Self {
        let mut reference = Self {
            limits,
            threads: BTreeMap::new(),
            runnable: VecDeque::new(),
            waiters: VecDeque::new(),
            timed: Vec::new(),
            pool: Vec::new(),
            current: None,
            executing: main_host,
            executing_ends: false,
            main_host,
            pending: 0,
            turns_left: limits.switches_per_host_yield,
            turns_skipped: 0,
            switches: 0,
        };
        reference.add(ThreadId::MAIN, main_host, 0);
        reference.runnable.clear();
        reference.thread(ThreadId::MAIN).state = State::Running;
        reference.current = Some(ThreadId::MAIN);
        reference
    }

    pub fn prepare_spawn(&self) -> Result<HostNeed, SpawnError> {
        match self.threads.len() as u32 == self.limits.live_max {
            true => Err(SpawnError::AtCap),
            false if self.pool.is_empty() => Ok(HostNeed::Fresh),
            false => Ok(HostNeed::Pooled),
        }
    }

    /// The id is the scheduler's choice.
    pub fn spawn(&mut self, id: ThreadId, start_arg: u32, fresh: Option<HostThread>) {
        let host = fresh.unwrap_or_else(|| self.pool.pop().expect("the pool has one"));
        self.add(id, host, start_arg);
    }

    pub fn exit(&mut self) -> Action {
        let id = self.current.take().expect("a thread exits");
        let thread = self.threads.remove(&id).expect("it is alive");
        if thread.host != self.main_host {
            if self.pool.len() < self.limits.pool_max as usize {
                self.pool.push(thread.host);
            } else {
                self.executing_ends = true;
            }
        }
        self.dispatch()
    }

    pub fn yield_now(&mut self) -> Action {
        let id = self.current.take().expect("a thread yields");
        self.make_runnable(id);
        self.dispatch()
    }

    pub fn yield_to_host(&mut self) -> Action {
        if self.timed.is_empty() && self.pending == 0 {
            return self.yield_now();
        }
        let id = self.current.take().expect("a thread yields");
        self.make_runnable(id);
        self.switches += 1;
        Action::YieldToHost
    }

    pub fn preempt(&mut self) -> Action {
        let id = self.current.expect("a thread asks");
        let priority = self.threads[&id].priority;
        let outranks = |other: &ThreadId| self.threads[other].priority > priority;
        if !self.runnable.iter().any(outranks) {
            return Action::Continue;
        }
        self.current = None;
        self.make_runnable(id);
        self.runnable.rotate_right(1);
        self.dispatch()
    }

    pub fn set_priority(&mut self, id: ThreadId, priority: Priority) -> bool {
        let Some(thread) = self.threads.get_mut(&id) else {
            return false;
        };
        let before = std::mem::replace(&mut thread.priority, priority);
        let place = |len: usize| if priority > before { len } else { 0 };
        if before == priority {
            return true;
        }
        if let Some(index) = self.runnable.iter().position(|&other| other == id) {
            self.runnable.remove(index);
            self.runnable.insert(place(self.runnable.len()), id);
        }
        if let Some(index) = self.waiters.iter().position(|&(_, other)| other == id) {
            let waiter = self.waiters.remove(index).expect("it was found");
            self.waiters.insert(place(self.waiters.len()), waiter);
        }
        true
    }

    pub fn futex_priority(&self, address: u32) -> Option<Priority> {
        let id = self.first_waiter(address)?;
        Some(self.threads[&id].priority)
    }

    pub fn futex_wait(&mut self, reason: WaitReason, deadline: Option<u64>) -> Action {
        self.waiters
            .push_back((reason.address, self.current.expect("a thread waits")));
        self.park(reason, deadline)
    }

    pub fn park(&mut self, reason: WaitReason, deadline: Option<u64>) -> Action {
        let id = self.current.take().expect("a thread parks");
        let since = self.switches;
        let thread = self.thread(id);
        thread.state = State::Parked;
        thread.wait = Some(WaitReason { since, ..reason });
        thread.deadline = deadline;
        self.timed.extend(deadline.map(|_| id));
        self.dispatch()
    }

    pub fn sleep_until(&mut self, deadline: u64) -> Action {
        self.park(
            WaitReason::new(WaitKind::Sleep, 0, Owner::Nobody),
            Some(deadline),
        )
    }

    pub fn futex_wake(&mut self, address: u32, count_max: u32) -> u32 {
        let mut woken = 0;
        while woken < count_max {
            let Some(id) = self.first_waiter(address) else {
                break;
            };
            self.end_wait(id, Outcome::Woken);
            woken += 1;
        }
        woken
    }

    pub fn futex_handoff(&mut self, address: u32) -> Option<Handoff> {
        let thread = self.first_waiter(address)?;
        self.end_wait(thread, Outcome::Woken);
        Some(Handoff {
            to: thread,
            more: self.first_waiter(address).is_some(),
        })
    }

    pub fn futex_requeue(
        &mut self,
        from: u32,
        to: WaitReason,
        wake_max: u32,
        move_max: u32,
    ) -> Requeued {
        let woken = self.futex_wake(from, wake_max);
        let mut moved = 0;
        while moved < move_max && from != to.address {
            let Some(id) = self.first_waiter(from) else {
                break;
            };
            self.waiters.retain(|&(_, waiter)| waiter != id);
            self.waiters.push_back((to.address, id));
            self.timed.retain(|&timed| timed != id);
            self.thread(id).deadline = None;
            self.thread(id).is_moved = true;
            let wait = self.thread(id).wait.as_mut().expect("a waiter waits");
            *wait = WaitReason {
                since: wait.since,
                ..to
            };
            moved += 1;
        }
        Requeued { woken, moved }
    }

    pub fn wake_thread(&mut self, id: ThreadId) -> bool {
        let interruptible = |thread: &Thread| {
            !thread.is_moved && thread.wait.is_some_and(|wait| wait.interruptible)
        };
        let ends = self.is_parked(id) && interruptible(&self.threads[&id]);
        if ends {
            self.end_wait(id, Outcome::Interrupted);
        }
        ends
    }

    pub fn unpark(&mut self, id: ThreadId) -> bool {
        let is_queued = self.waiters.iter().any(|&(_, waiter)| waiter == id);
        let ends = self.is_parked(id) && !is_queued;
        if ends {
            self.end_wait(id, Outcome::Woken);
        }
        ends
    }

    pub fn expire(&mut self, now: u64) -> u32 {
        let mut due: Vec<_> = self
            .timed
            .iter()
            .map(|&id| (self.deadline(id), id))
            .collect();
        due.retain(|&(deadline, _)| deadline <= now);
        due.sort_by_key(|&(deadline, _)| deadline); // a stable sort
        for &(_, id) in &due {
            self.end_wait(id, Outcome::TimedOut);
        }
        due.len() as u32
    }

    pub fn resume(&mut self, now: u64) -> Action {
        self.expire(now);
        self.turns_left = self.limits.switches_per_host_yield;
        self.turns_skipped = 0;
        self.run_next()
    }

    pub fn next_deadline(&self) -> Option<u64> {
        self.timed.iter().map(|&id| self.deadline(id)).min()
    }

    /// Whether following the owners from some thread leads back to it.
    pub fn has_cycle(&self, owner_of: impl Fn(&WaitReason) -> Option<ThreadId>) -> bool {
        let waits_for = |id: ThreadId| {
            let thread = self.threads.get(&id)?;
            let wait = thread.wait.filter(|_| thread.deadline.is_none())?;
            owner_of(&wait)
        };
        self.threads.keys().any(|&start| {
            let mut step = waits_for(start);
            for _ in 0..self.threads.len() {
                if step == Some(start) {
                    return true;
                }
                step = step.and_then(waits_for);
            }
            false
        })
    }

    fn dispatch(&mut self) -> Action {
        self.switches += 1;
        self.turns_left = self.turns_left.saturating_sub(1);
        if self.turns_left > 0 || self.runnable.is_empty() {
            return self.run_next();
        }
        let nothing_pending = self.timed.is_empty() && self.pending == 0;
        if nothing_pending && self.turns_skipped < Limits::QUIET_TURNS - 1 {
            self.turns_skipped += 1;
            self.turns_left = self.limits.switches_per_host_yield;
            return self.run_next();
        }
        Action::YieldToHost
    }

    fn run_next(&mut self) -> Action {
        let Some(id) = self.first(self.runnable.iter().copied()) else {
            return match (
                self.threads.is_empty(),
                self.pending > 0 || !self.timed.is_empty(),
            ) {
                (true, _) => Action::Finished,
                (false, true) => Action::Idle,
                (false, false) => Action::Deadlock,
            };
        };
        self.runnable.retain(|&runnable| runnable != id);
        self.current = Some(id);
        self.thread(id).state = State::Running;
        let host = self.thread(id).host;
        if host == self.executing {
            return Action::Continue;
        }
        self.executing = host;
        match std::mem::take(&mut self.executing_ends) {
            true => Action::End(host),
            false => Action::Switch(host),
        }
    }

    fn add(&mut self, id: ThreadId, host: HostThread, start_arg: u32) {
        let thread = Thread {
            host,
            start_arg,
            state: State::Runnable,
            outcome: Outcome::Woken,
            wait: None,
            deadline: None,
            priority: Priority::LOWEST,
            is_moved: false,
            name: Vec::new(),
        };
        assert!(
            self.threads.insert(id, thread).is_none(),
            "a live thread's id is not reused"
        );
        self.runnable.push_back(id);
    }

    fn end_wait(&mut self, id: ThreadId, outcome: Outcome) {
        self.waiters.retain(|&(_, waiter)| waiter != id);
        self.timed.retain(|&timed| timed != id);
        self.thread(id).outcome = outcome;
        self.make_runnable(id);
    }

    fn make_runnable(&mut self, id: ThreadId) {
        let thread = self.thread(id);
        thread.state = State::Runnable;
        thread.wait = None;
        thread.deadline = None;
        thread.is_moved = false;
        self.runnable.push_back(id);
    }

    fn first_waiter(&self, address: u32) -> Option<ThreadId> {
        let here = self.waiters.iter().filter(|&&(at, _)| at == address);
        self.first(here.map(|&(_, id)| id))
    }

    /// The first of those threads that have the highest priority.
    fn first(&self, mut threads: impl Iterator<Item = ThreadId>) -> Option<ThreadId> {
        let priority = |id: ThreadId| self.threads[&id].priority;
        let first = threads.next()?;
        Some(
            threads.fold(first, |best, id| match priority(id) > priority(best) {
                true => id,
                false => best,
            }),
        )
    }

    fn is_parked(&self, id: ThreadId) -> bool {
        self.threads
            .get(&id)
            .is_some_and(|thread| thread.state == State::Parked)
    }

    fn deadline(&self, id: ThreadId) -> u64 {
        self.threads[&id]
            .deadline
            .expect("a timed thread has a deadline")
    }

    fn thread(&mut self, id: ThreadId) -> &mut Thread {
        self.threads.get_mut(&id).expect("the thread is alive")
    }
}
