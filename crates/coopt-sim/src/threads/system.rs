//! The world as coopt-threads sees it.

use std::ffi::c_void;

use coopt_abi::lock_word::Handoff;
use coopt_sync::{
    Clock, Instant, Outcome, Platform as _, Priority, ReadLocks, Reason, ThreadId, WaitKind, Word,
};
use coopt_threads::signal::Signal;
use coopt_threads::{End, Kernel, Process, System, life};

use super::handlers::Action;
use super::record::{Own, Record, Threads};

impl Kernel for Threads {
    fn current(&self) -> ThreadId {
        self.world.current()
    }

    fn futex_wait(
        &self,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome {
        // SWITCH: whatever is chosen happens.
        self.world.wait(word, expected, deadline, reason)
    }

    fn futex_wake(&self, word: &Word, count: u32) -> u32 {
        self.world.wake(word, count)
    }

    fn futex_handoff(&self, word: &Word) -> Option<Handoff> {
        self.world.handoff(word)
    }

    fn futex_requeue(&self, from: &Word, to: &Word, count: u32) -> u32 {
        self.world.requeue(from, to, count)
    }

    fn futex_priority(&self, address: usize) -> Option<Priority> {
        self.world.kernel().highest(address)
    }

    fn sleep_until(&self, deadline: Instant) -> Outcome {
        let nap = &self.me().own.nap;
        let reason = Reason::new(WaitKind::Sleep);
        // SWITCH: whatever is chosen happens.
        self.world.wait(nap, nap.get(), Some(deadline), reason)
    }

    fn thread_yield(&self) {
        // SWITCH: whatever is chosen happens.
        self.world.yield_now();
    }

    fn thread_yield_to_host(&self) {
        // SWITCH: whatever is chosen happens.
        self.world.yield_now();
    }

    fn thread_preempt(&self) {
        // SWITCH: whatever is chosen happens.
        self.world.preempt();
    }

    fn thread_wake(&self, thread: ThreadId) {
        self.world.wake_thread(thread);
    }

    fn thread_set_priority(&self, thread: ThreadId, priority: Priority) {
        self.world.set_priority(thread, priority);
    }

    fn now(&self, clock: Clock) -> Instant {
        self.world.now(clock)
    }
}

impl coopt_threads::Program for Threads {
    type Own = Own;
    type Action = Action;

    fn run_handler(&self, action: Action, signal: Signal) {
        let handler = self.handler(action);
        // SWITCH: the handler is the program's code.
        handler(self, signal);
    }

    fn end_thread(&self, result: *mut c_void) -> ! {
        life::exit(self, result)
    }

    fn unwind(&self) {}

    fn destroy_thread_locals(&self) {}

    fn leave(&self) -> ! {
        self.world.exit_thread()
    }

    fn end_process(&self, end: End) -> ! {
        self.note_end(end);
        self.world.exit_thread()
    }

    fn abandon_streams(&self) {}

    fn free(&self, thread: &Record) {
        assert!(thread.has_ended(), "a living thread is freed");
        if std::ptr::eq(thread, &self.process().get().main) {
            return;
        }
        assert!(!thread.own.freed.replace(true), "a thread is freed twice");
        thread.unmark();
    }
}

impl System for Threads {
    fn me(&self) -> &Record {
        let me = self.record(self.world.running());
        assert!(!me.own.freed.get(), "a freed thread runs");
        me
    }

    fn process(&self) -> &Process<Own, Action> {
        Self::process(self).get()
    }

    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R {
        f(&self.me().own.read_locks)
    }
}
