//! The blocking calls, each with a thread that satisfies it.

use std::cell::{Cell, RefCell};

use coopt_sim::threads::Threads;
use coopt_sync::{Clock, Deadline, Error, Once, SpinLock, ThreadId, Word};
use coopt_threads::calls::{self, Call};
use coopt_threads::objects::futex::{self, Turn};
use coopt_threads::objects::{Barrier, Condvar, Preference, RwLock, Semaphore, once, spin};
use coopt_threads::signal::{Set, Signal};
use coopt_threads::{Mutex, System as _, join, sigwait};

use super::tools::{self, Handle, Tally};

/// A call that blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Semaphore,
    /// On a condition variable, with a mutex of these bits.
    Condition(u32),
    Join,
    Sleep,
    SignalWait,
    SignalWaitOnly,
    Suspend,
    Futex,
    /// For a mutex of these bits.
    Mutex(u32),
    Read,
    Write,
    Spin,
    Barrier,
    Once,
}

impl What {
    /// Its row in the table of the calls.
    pub fn row(self) -> Call {
        match self {
            Self::Semaphore => calls::SEM_WAIT,
            Self::Condition(_) => calls::COND_WAIT,
            Self::Join => calls::JOIN,
            Self::Sleep => calls::SLEEP,
            Self::SignalWait => calls::SIGNAL_WAIT,
            Self::SignalWaitOnly => calls::SIGNAL_WAIT_ONLY,
            Self::Suspend => calls::SUSPEND,
            Self::Futex => calls::FUTEX_WAIT,
            Self::Mutex(_) | Self::Read | Self::Write | Self::Spin => calls::LOCK,
            Self::Barrier => calls::BARRIER_WAIT,
            Self::Once => calls::ONCE,
        }
    }
}

/// The object that the calls wait for. The thread that satisfies the calls
/// holds it at first, if it is a lock.
pub struct Place {
    pub what: What,
    /// How often the calls were satisfied, or are about to be.
    pub provided: Cell<u32>,
    /// How often a call has succeeded.
    pub got: Cell<u32>,
    /// The items whose condition is waited for.
    items: Cell<u32>,
    /// How often a wait on the condition ended without an item.
    pub spurious: Cell<u32>,
    pub semaphore: Semaphore,
    pub mutex: Mutex,
    condvar: Condvar,
    word: Word,
    rwlock: RwLock,
    spin: SpinLock,
    barrier: Barrier,
    once: Once,
    /// Callers, each with the thread that it joins.
    pub joined: RefCell<Vec<(ThreadId, Handle)>>,
    /// The signals that the calls wait for.
    pub awaited: Tally,
}

/// The signal that the calls wait for.
pub const AWAITED: Signal = Signal::USR2;

extern "C" fn never_abandoned(_: *mut std::ffi::c_void) {
    std::process::abort();
}

impl Place {
    /// The object for the calls of `callers` threads.
    pub fn new(what: What, callers: usize) -> Self {
        let bits = match what {
            What::Condition(bits) | What::Mutex(bits) => bits,
            _ => 0,
        };
        Self {
            what,
            provided: Cell::new(0),
            got: Cell::new(0),
            items: Cell::new(0),
            spurious: Cell::new(0),
            semaphore: Semaphore::new(0),
            mutex: Mutex::from_bits(bits),
            condvar: Condvar::new(Clock::Monotonic),
            word: Word::new(0),
            rwlock: RwLock::new(Preference::Turns),
            spin: SpinLock::new(),
            barrier: Barrier::new(callers as u32 + 1),
            once: Once::new(),
            joined: RefCell::default(),
            awaited: Tally::default(),
        }
    }

    /// Makes the call, with `deadline` if the call takes a deadline.
    pub fn call(&self, t: &Threads, deadline: Deadline) -> Result<(), Error> {
        let answer = self.attempt(t, deadline);
        if answer == Ok(()) {
            self.got.set(self.got.get() + 1);
        }
        answer
    }

    fn attempt(&self, t: &Threads, deadline: Deadline) -> Result<(), Error> {
        match self.what {
            What::Semaphore => self.semaphore.wait(t, deadline),
            What::Condition(_) => self.wait_for_item(t, deadline),
            What::Join => join::join(t, self.to_be_joined(t), deadline).map(|_| ()),
            What::Sleep => tools::sleep(t, 20),
            What::SignalWait | What::SignalWaitOnly => {
                let set = Set::of(AWAITED);
                sigwait::take(t, self.what.row(), set, deadline)
                    .map(|_| self.awaited.notice_of_process())
            }
            What::Suspend => {
                sigwait::suspend(t, t.me().signals.mask());
                Err(Error::Interrupted)
            }
            What::Futex => match futex::wait(t, &self.word, 0, deadline) {
                // The word has changed before, so the call was satisfied.
                Ok(()) | Err(Error::Busy) => Ok(()),
                answer => answer,
            },
            What::Mutex(_) => self.mutex.lock(t, deadline),
            What::Read => self.rwlock.read(t, deadline),
            What::Write => self.rwlock.write(t, deadline),
            What::Spin => spin::lock(t, &self.spin),
            What::Barrier => {
                self.barrier.wait(t);
                Ok(())
            }
            What::Once => {
                once::call(t, &self.once, || {}, never_abandoned);
                Ok(())
            }
        }
    }

    /// Releases what a successful call has taken.
    pub fn release(&self, t: &Threads) {
        match self.what {
            What::Mutex(_) => tools::unlock(t, &self.mutex),
            What::Read | What::Write => assert_eq!(self.rwlock.unlock(t), Ok(())),
            What::Spin => assert_eq!(spin::unlock(t, &self.spin), Ok(())),
            _ => {}
        }
    }

    /// One wait on the condition, with the mutex locked before and unlocked
    /// after, and locked when the thread ends in the wait.
    fn wait_for_item(&self, t: &Threads, deadline: Deadline) -> Result<(), Error> {
        let mut answer = Ok(());
        tools::lock(t, &self.mutex);
        let on_end = |t: &Threads| {
            assert_eq!(self.mutex.owner_id(), t.me().id.get(), "it is mine");
            tools::unlock(t, &self.mutex);
        };
        tools::guarded(t, on_end, || {
            while self.items.get() == 0 && answer == Ok(()) {
                answer = self.condvar.wait(t, &self.mutex, deadline);
                assert_eq!(self.mutex.owner_id(), t.me().id.get(), "it is mine");
                let in_vain = u32::from(self.items.get() == 0);
                self.spurious.set(self.spurious.get() + in_vain);
            }
            if self.items.get() > 0 {
                answer = Ok(());
                self.items.set(self.items.get() - 1);
            }
        });
        tools::unlock(t, &self.mutex);
        answer
    }

    /// Has the caller join this thread.
    pub fn add_joined(&self, t: &Threads, thread: Handle) {
        let caller = t.me().id.get().expect("it runs");
        self.joined.borrow_mut().push((caller, thread));
    }

    fn to_be_joined<'t>(&self, t: &'t Threads) -> &'t coopt_sim::threads::Record {
        let me = t.me().id.get();
        let joined = self.joined.borrow();
        let mine = joined.iter().find(|(caller, _)| Some(*caller) == me);
        let &(_, thread) = mine.expect("it has one to join");
        tools::get(t, thread)
    }

    /// Before any call: takes the lock for the caller, which satisfies the
    /// calls.
    pub fn begin(&self, t: &Threads) {
        match self.what {
            What::Mutex(_) => tools::lock(t, &self.mutex),
            What::Read => assert_eq!(self.rwlock.write(t, Deadline::Never), Ok(())),
            What::Write => assert_eq!(self.rwlock.read(t, Deadline::Never), Ok(())),
            What::Spin => assert_eq!(spin::lock(t, &self.spin), Ok(())),
            _ => {}
        }
    }

    /// Satisfies one call, or all calls where one release does for all. Then
    /// the caller is the thread that [began](Self::begin).
    pub fn provide(&self, t: &Threads) {
        let before = self.provided.replace(self.provided.get() + 1);
        match self.what {
            What::Semaphore => assert_eq!(self.semaphore.post(t), Ok(())),
            What::Condition(_) => {
                tools::lock(t, &self.mutex);
                self.items.set(self.items.get() + 1);
                self.condvar.signal(t);
                tools::unlock(t, &self.mutex);
            }
            What::SignalWait | What::SignalWaitOnly => {
                self.awaited.send_to_process(t, AWAITED);
            }
            What::Futex => {
                self.word.set(1);
                futex::wake(t, &self.word, u32::MAX, Turn::Keep);
            }
            What::Mutex(_) | What::Read | What::Write | What::Spin if before == 0 => {
                self.release(t);
            }
            What::Barrier if before == 0 => {
                self.barrier.wait(t);
            }
            _ => {}
        }
    }

    /// Runs `satisfy` as the initialiser of what the calls wait for.
    pub fn initialise(&self, t: &Threads, satisfy: impl FnOnce()) {
        once::call(t, &self.once, satisfy, never_abandoned);
    }

    /// Asserts that nothing is lost, and that nothing is left.
    pub fn inspect(&self, t: &Threads) {
        let left = self.provided.get().wrapping_sub(self.got.get());
        match self.what {
            What::Semaphore => assert_eq!(self.semaphore.value(t), left, "a unit is lost"),
            What::Condition(_) => assert_eq!(self.items.get(), left, "an item is lost"),
            What::SignalWait | What::SignalWaitOnly => {
                let kept = coopt_threads::sigmask::pending(t).contains(AWAITED);
                if kept {
                    self.awaited.notice_of_process();
                }
                self.awaited.inspect();
            }
            _ => {}
        }
        assert_eq!(self.mutex.destroy(t), Ok(()), "the mutex is held");
        assert_eq!(self.condvar.destroy(t), Ok(()), "somebody waits");
        assert_eq!(self.barrier.destroy(t), Ok(()), "somebody waits");
        assert_eq!(self.rwlock.try_write(t), Ok(()), "the lock is held");
        assert_eq!(self.rwlock.unlock(t), Ok(()));
        assert_eq!(spin::destroy(t, &self.spin), Ok(()), "the lock is held");
        let new = Mutex::from_bits(self.mutex.inner().bits());
        coopt_sim::assert_like_new(self.mutex.inner(), new.inner());
    }
}
