//! `cnd_*`.

use core::mem::MaybeUninit;

use coopt_sync::{Clock, Deadline};
use coopt_threads::Mutex;
use coopt_threads::objects::Condvar;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::time::Timespec;

fits!(Condvar, "cnd_t");

c_functions! {
    /// C11 7.26.3.3 `cnd_init`. Deadlines are on the time of day (`TIME_UTC`).
    fn cnd_init(cond: &mut MaybeUninit<Condvar>) -> outcome {
        cond.write(Condvar::new(Clock::Realtime));
    }

    /// C11 7.26.3.2 `cnd_destroy`. The function has no way to report waiters.
    fn cnd_destroy(cond: &Condvar) {
        // SWITCH: the threads that have yet to leave.
        let _busy = cond.destroy(&Coopt);
    }

    /// C11 7.26.3.1 `cnd_broadcast`.
    fn cnd_broadcast(cond: &Condvar) -> outcome {
        // SWITCH: to a waiter of higher priority.
        cond.broadcast(&Coopt)
    }

    /// C11 7.26.3.4 `cnd_signal`.
    fn cnd_signal(cond: &Condvar) -> outcome {
        // SWITCH: to a waiter of higher priority.
        cond.signal(&Coopt)
    }

    /// C11 7.26.3.5 `cnd_timedwait`: `thrd_timedout`.
    fn cnd_timedwait(cond: &Condvar, mutex: &Mutex, at: &Timespec) -> outcome {
        // SWITCH: until a signal or `at`; the mutex was free meanwhile.
        cond.wait(&Coopt, mutex, at.deadline(cond.clock()))?
    }

    /// C11 7.26.3.6 `cnd_wait`.
    fn cnd_wait(cond: &Condvar, mutex: &Mutex) -> outcome {
        // SWITCH: until a signal; the mutex was free meanwhile.
        cond.wait(&Coopt, mutex, Deadline::Never)?
    }
}
