//! `pthread_cond_*`.

use core::mem::MaybeUninit;

use coopt_sync::{Clock, Deadline};
use coopt_threads::Mutex;
use coopt_threads::objects::Condvar;

use crate::answer::{c_functions, fits};
use crate::condattr::CondAttr;
use crate::coopt::Coopt;
use crate::time::{ClockId, Timespec};

// A static initialiser is all zero.
fits!(Condvar, "pthread_cond_t");

c_functions! {
    /// POSIX XSH `pthread_cond_init`.
    fn pthread_cond_init(cond: &mut MaybeUninit<Condvar>, attr: Option<&CondAttr>) -> status {
        cond.write(Condvar::new(attr.map_or(Clock::Realtime, CondAttr::clock)));
    }

    /// POSIX XSH `pthread_cond_destroy`: `EBUSY` while threads wait for a
    /// signal. Waits for threads whose wait is over but that have yet to
    /// notice.
    fn pthread_cond_destroy(cond: &Condvar) -> status {
        // SWITCH: the threads that have yet to leave.
        cond.destroy(&Coopt)?
    }

    /// POSIX XSH `pthread_cond_wait`.
    fn pthread_cond_wait(cond: &Condvar, mutex: &Mutex) -> status {
        cond.wait(&Coopt, mutex, Deadline::Never)?
    }

    /// POSIX XSH `pthread_cond_timedwait`.
    fn pthread_cond_timedwait(cond: &Condvar, mutex: &Mutex, at: &Timespec) -> status {
        cond.wait(&Coopt, mutex, at.deadline(cond.clock()))?
    }

    /// POSIX XSH `pthread_cond_clockwait`.
    fn pthread_cond_clockwait(
        cond: &Condvar,
        mutex: &Mutex,
        clock: ClockId,
        at: &Timespec,
    ) -> status {
        cond.wait(&Coopt, mutex, at.deadline_on(clock)?)?
    }

    /// POSIX XSH `pthread_cond_signal`.
    fn pthread_cond_signal(cond: &Condvar) -> status {
        cond.signal(&Coopt)
    }

    /// POSIX XSH `pthread_cond_broadcast`.
    fn pthread_cond_broadcast(cond: &Condvar) -> status {
        cond.broadcast(&Coopt)
    }
}
