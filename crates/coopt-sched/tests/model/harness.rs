//! Runs operations on the scheduler and the reference and compares them.

use std::collections::{BTreeMap, BTreeSet};

use coopt_abi::thread::NAME_LEN_MAX;
use coopt_sched::{
    Action, HostNeed, HostThread, Limits, Owner, Priority, Scheduler, ThreadId, WaitReason,
};

use crate::hosts::Hosts;
use crate::ops::Op;
use crate::reference::Reference;
use crate::unhash::unhash;

/// How many steps lie between two comparisons of the whole state.
pub const COMPARE_EVERY: u64 = 16;

const MAIN_HOST: HostThread = HostThread(7);

/// Where threads wait. The first four differ, but hash to small numbers, whose upper
/// bits are zero: they share a bucket however many buckets there are.
const ADDRESSES: [u32; 8] = [
    unhash(1),
    unhash(2),
    unhash(3),
    unhash(4),
    0,
    0x1000,
    0x1004,
    0xffff_fffc,
];

pub struct Harness {
    limits: Limits,
    scheduler: Scheduler,
    reference: Reference,
    hosts: Hosts,
    /// Every id ever handed out, to see that none returns.
    ids: BTreeSet<ThreadId>,
    id_list: Vec<ThreadId>,
    words: BTreeMap<u32, u32>,
    now: u64,
    steps: u64,
}

impl Harness {
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            scheduler: Scheduler::new(limits, MAIN_HOST).expect("there is memory"),
            reference: Reference::new(limits, MAIN_HOST),
            hosts: Hosts::new(MAIN_HOST),
            ids: BTreeSet::from([ThreadId::MAIN]),
            id_list: vec![ThreadId::MAIN],
            words: BTreeMap::new(),
            now: 1000,
            steps: 0,
        }
    }

    pub fn step(&mut self, op: &Op) {
        self.steps += 1;
        if !self.any_time(op) {
            match self.scheduler.current() {
                Some(_) => self.as_thread(op),
                None => self.resume(op),
            }
        }
        self.compare();
        if self.steps.is_multiple_of(COMPARE_EVERY) {
            self.compare_all();
        }
    }

    /// Performs an operation that may come in a thread's turn and in the host's;
    /// false if `op` may not.
    fn any_time(&mut self, op: &Op) -> bool {
        let (scheduler, reference) = (&mut self.scheduler, &mut self.reference);
        match *op {
            Op::Wake { at, count_max } => {
                let woken = scheduler.futex_wake(address(at), count_max);
                assert_eq!(woken, reference.futex_wake(address(at), count_max));
            }
            Op::Handoff { at } => {
                let handoff = scheduler.futex_handoff(address(at));
                assert_eq!(handoff, reference.futex_handoff(address(at)));
            }
            Op::Requeue {
                from,
                to,
                wake_max,
                move_max,
            } => {
                let to = WaitReason::from_arguments(address(to), u32::from(to) << 4, 0);
                let from = address(from);
                let requeued = scheduler.futex_requeue(from, to, wake_max, move_max);
                assert_eq!(
                    requeued,
                    reference.futex_requeue(from, to, wake_max, move_max)
                );
            }
            Op::Interrupt { pick } => self.interrupt(self.pick(pick)),
            Op::SetPriority { pick, priority } => self.set_priority(self.pick(pick), priority),
            Op::Unpark { pick } => {
                let id = self.pick(pick);
                assert_eq!(self.scheduler.unpark(id), self.reference.unpark(id));
            }
            Op::Expire { advance } => {
                self.now += u64::from(advance);
                assert_eq!(scheduler.expire(self.now), reference.expire(self.now));
            }
            Op::SetName { pick, len } => self.set_name(self.pick(pick), usize::from(len)),
            Op::SetWord { at, pick } => {
                let id = self.pick(pick);
                self.words.insert(address(at), id.get() | 1 << 31);
            }
            Op::PendingAdd { count } => {
                scheduler.pending_add(u32::from(count));
                reference.pending += u32::from(count);
            }
            Op::PendingSub { count } => {
                let count = reference.pending.min(u32::from(count));
                scheduler.pending_sub(count);
                reference.pending -= count;
            }
            _ => return false,
        }
        true
    }

    fn as_thread(&mut self, op: &Op) {
        let now = self.now;
        let deadline = |until: i8| {
            let is_never = until == i8::MAX;
            if is_never {
                u64::MAX
            } else {
                now.saturating_add_signed(i64::from(until) / 4)
            }
        };
        match *op {
            Op::Spawn { start_arg } => self.spawn(start_arg),
            Op::SpawnAbandoned => {
                assert_eq!(
                    self.scheduler.prepare_spawn(),
                    self.reference.prepare_spawn()
                );
            }
            Op::Exit => self.exit(),
            Op::Yield => self.perform_both(Scheduler::yield_now, Reference::yield_now),
            Op::YieldToHost => {
                self.perform_both(Scheduler::yield_to_host, Reference::yield_to_host);
            }
            Op::Preempt => self.perform_both(Scheduler::preempt, Reference::preempt),
            Op::Wait {
                at,
                until,
                kind,
                owner,
            } => {
                let mut reason = WaitReason::from_arguments(address(at), u32::from(kind), 0);
                reason.owner = owner.map_or(Owner::InWord, |pick| Owner::Thread(self.pick(pick)));
                reason.interruptible = !kind.is_multiple_of(4);
                let until = until.map(deadline);
                self.perform_both(
                    |s| s.futex_wait(reason, until),
                    |r| r.futex_wait(reason, until),
                );
            }
            Op::Park { until } => {
                let reason = WaitReason::from_arguments(0, 0, 0);
                let until = until.map(deadline);
                self.perform_both(|s| s.park(reason, until), |r| r.park(reason, until));
            }
            Op::Sleep { until } => {
                let until = deadline(until);
                self.perform_both(|s| s.sleep_until(until), |r| r.sleep_until(until));
            }
            _ => {}
        }
    }

    /// Ends the host's turn. An operation that needs a current thread comes here
    /// while there is none.
    fn resume(&mut self, op: &Op) {
        if let Op::Resume { advance } = *op {
            self.now += u64::from(advance);
        }
        let now = self.now;
        self.perform_both(|s| s.resume(now), |r| r.resume(now));
    }

    fn spawn(&mut self, start_arg: u32) {
        let need = self.scheduler.prepare_spawn();
        assert_eq!(need, self.reference.prepare_spawn());
        let Ok(need) = need else { return };
        let fresh = (need == HostNeed::Fresh).then(|| self.hosts.create());
        let id = self.scheduler.spawn(start_arg, fresh);
        assert!(self.ids.insert(id), "id {id} came back");
        self.id_list.push(id);
        self.reference.spawn(id, start_arg, fresh);
    }

    fn exit(&mut self) {
        let id = self.scheduler.current().expect("a thread exits");
        self.hosts.leave(id);
        self.perform_both(Scheduler::exit, Reference::exit);
    }

    fn interrupt(&mut self, id: ThreadId) {
        assert_eq!(
            self.scheduler.wake_thread(id),
            self.reference.wake_thread(id)
        );
    }

    fn set_priority(&mut self, id: ThreadId, priority: u32) {
        let is_one = priority <= Priority::MAX.get();
        let priority = Priority::new(priority);
        assert_eq!(priority.is_some(), is_one);
        if let Some(priority) = priority {
            let is_set = self.scheduler.set_priority(id, priority);
            assert_eq!(is_set, self.reference.set_priority(id, priority));
            assert_eq!(self.scheduler.priority(id), is_set.then_some(priority));
        }
    }

    fn set_name(&mut self, id: ThreadId, len: usize) {
        let name = &b"abcdefghijklmnopqrstuvwxyz"[..len];
        let thread = self.reference.threads.get_mut(&id);
        assert_eq!(self.scheduler.set_name(id, name), thread.is_some());
        if let Some(thread) = thread {
            thread.name = name[..len.min(NAME_LEN_MAX)].to_vec();
        }
    }

    fn perform_both(
        &mut self,
        call: impl FnOnce(&mut Scheduler) -> Action,
        expect: impl FnOnce(&mut Reference) -> Action,
    ) {
        let action = call(&mut self.scheduler);
        assert_eq!(action, expect(&mut self.reference));
        match action {
            Action::Continue | Action::Switch(_) | Action::End(_) => self.run(action),
            Action::Idle | Action::YieldToHost => {}
            Action::Deadlock => self.break_deadlock(),
            Action::Finished => {
                *self = Self {
                    steps: self.steps,
                    ..Self::new(self.limits)
                }
            }
        }
    }

    /// Performs the action; the thread that now runs is the current one.
    fn run(&mut self, action: Action) {
        let running = self.hosts.perform(action).unwrap_or_else(|| {
            let (id, start_arg) = self.scheduler.begin();
            assert_eq!(start_arg, self.reference.threads[&id].start_arg);
            self.hosts.enter(id);
            id
        });
        assert_eq!(Some(running), self.scheduler.current());
        assert_eq!(
            self.scheduler.outcome(),
            self.reference.threads[&running].outcome
        );
    }

    /// Ends a deadlock: interrupts a thread, or wakes a waiter of its futex if the
    /// thread cannot be interrupted.
    fn break_deadlock(&mut self) {
        self.compare_all();
        let mut threads = self.reference.threads.iter();
        let (&id, thread) = threads.next().expect("a deadlock needs a thread");
        let wait = thread.wait.expect("it waits");
        if thread.is_moved || !wait.interruptible {
            let address = wait.address;
            assert_eq!(
                self.scheduler.futex_wake(address, 1),
                self.reference.futex_wake(address, 1)
            );
        }
        self.interrupt(id);
        let now = self.now;
        self.perform_both(|s| s.resume(now), |r| r.resume(now));
    }

    /// Compares what can be asked in constant time.
    fn compare(&self) {
        let (scheduler, reference) = (&self.scheduler, &self.reference);
        assert_eq!(scheduler.current(), reference.current);
        assert_eq!(scheduler.executing(), self.hosts.executing());
        assert_eq!(scheduler.live_count() as usize, reference.threads.len());
        assert_eq!(
            scheduler.runnable_count() as usize,
            reference.runnable.len()
        );
        assert_eq!(scheduler.host_pending(), reference.pending);
        assert_eq!(scheduler.switches(), reference.switches);
        assert_eq!(scheduler.next_deadline(), reference.next_deadline());
    }

    /// Compares the whole state.
    pub fn compare_all(&mut self) {
        self.scheduler.validate();
        assert_eq!(
            self.scheduler.threads().count(),
            self.reference.threads.len()
        );
        for info in self.scheduler.threads() {
            let expected = &self.reference.threads[&info.id];
            assert_eq!(info.name, expected.name);
            assert_eq!(self.scheduler.name(info.id), Some(&expected.name[..]));
            assert_eq!(info.state, expected.state);
            assert_eq!(info.wait, expected.wait);
            assert_eq!(info.deadline, expected.deadline);
            assert_eq!(info.priority, expected.priority);
        }
        for address in ADDRESSES {
            assert_eq!(
                self.scheduler.futex_priority(address),
                self.reference.futex_priority(address)
            );
        }
        let recent = self.id_list.iter().rev().take(100);
        for &id in recent {
            assert_eq!(
                self.scheduler.is_live(id),
                self.reference.threads.contains_key(&id)
            );
        }
        self.compare_cycles();
    }

    fn compare_cycles(&mut self) {
        let words = &self.words;
        let owner_of =
            |wait: &WaitReason| wait.owner_id(|address| words.get(&address).copied().unwrap_or(0));
        let cycle: Option<Vec<_>> = self.scheduler.find_cycle(owner_of).map(Iterator::collect);
        assert_eq!(cycle.is_some(), self.reference.has_cycle(owner_of));
        let Some(cycle) = cycle else { return };
        assert!(!cycle.is_empty());
        for (index, id) in cycle.iter().enumerate() {
            let wait = self.reference.threads[id]
                .wait
                .expect("the members of a cycle wait");
            assert_eq!(owner_of(&wait), Some(cycle[(index + 1) % cycle.len()]));
        }
    }

    /// Chooses a live thread or, one time in eight, any thread that ever lived.
    fn pick(&self, pick: u16) -> ThreadId {
        let pick = usize::from(pick);
        let live = self.reference.threads.len();
        if pick.is_multiple_of(8) || live == 0 {
            return self.id_list[pick / 8 % self.id_list.len()];
        }
        let id = self.reference.threads.keys().nth(pick / 8 % live);
        *id.expect("the index is in range")
    }
}

fn address(at: u8) -> u32 {
    ADDRESSES[usize::from(at) % ADDRESSES.len()]
}
