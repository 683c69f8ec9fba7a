//! `mtx_*`.

use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_abi::header::{mtx_plain, mtx_recursive, mtx_timed};
use coopt_sync::{Clock, Deadline, Kind};
use coopt_threads::Mutex;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::time::Timespec;

fits!(Mutex, "mtx_t");
const _: () = assert!(mtx_plain == 0, "it is no bit");

c_functions! {
    /// C11 7.26.4.2 `mtx_init`: `thrd_error` for an unknown type. Every mutex
    /// can be waited for with a deadline, also one that is not `mtx_timed`.
    fn mtx_init(mutex: &mut MaybeUninit<Mutex>, kind: c_int) -> outcome {
        if kind & !(mtx_recursive | mtx_timed) != 0 {
            return Err(Errno::INVAL);
        }
        let kind = if kind & mtx_recursive != 0 { Kind::Recursive } else { Kind::Normal };
        mutex.write(Mutex::from_bits(kind.number()));
    }

    /// C11 7.26.4.1 `mtx_destroy`. There is nothing to free.
    fn mtx_destroy(mutex: &Mutex) {
        let _busy = mutex.destroy(&Coopt);
    }

    /// C11 7.26.4.3 `mtx_lock`.
    fn mtx_lock(mutex: &Mutex) -> outcome {
        // SWITCH: while another thread holds the mutex.
        mutex.lock(&Coopt, Deadline::Never)?
    }

    /// C11 7.26.4.4 `mtx_timedlock`, until the time of day is `at`.
    fn mtx_timedlock(mutex: &Mutex, at: &Timespec) -> outcome {
        // SWITCH: while another thread holds the mutex.
        mutex.lock(&Coopt, at.deadline(Clock::Realtime))?
    }

    /// C11 7.26.4.5 `mtx_trylock`: `thrd_busy`.
    fn mtx_trylock(mutex: &Mutex) -> outcome {
        mutex.try_lock(&Coopt)?
    }

    /// C11 7.26.4.6 `mtx_unlock`.
    fn mtx_unlock(mutex: &Mutex) -> outcome {
        // SWITCH: to a waiter of higher priority.
        mutex.unlock(&Coopt)?
    }
}
