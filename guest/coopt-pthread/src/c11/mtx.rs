//! `mtx_*`.

use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_sync::Kind;

use super::{outcome, outcome_of};
use crate::errno::Errno;
use crate::mutex::attr::MutexAttr;
use crate::mutex::{
    PthreadMutex, pthread_mutex_init, pthread_mutex_lock, pthread_mutex_timedlock,
    pthread_mutex_trylock, pthread_mutex_unlock,
};
use crate::time::Timespec;

/// `mtx_t` has the size of a `pthread_mutex_t` (`bits/alltypes.h`: six ints).
pub type Mtx = PthreadMutex;
const _: () = assert!(size_of::<Mtx>() == 24 && align_of::<Mtx>() == 4);

/// Bits of a mutex's type (`threads.h`).
const RECURSIVE: c_int = 1;
const TIMED: c_int = 2;

/// C11 7.26.4.2 `mtx_init`: `thrd_error` for a type that is none. Every mutex
/// can be waited for with a deadline, also one that is not `mtx_timed`.
#[unsafe(no_mangle)]
pub extern "C" fn mtx_init(mutex: &mut MaybeUninit<Mtx>, kind: c_int) -> c_int {
    if kind & !(RECURSIVE | TIMED) != 0 {
        return outcome(Err(Errno::INVAL));
    }
    let attr = MutexAttr::of(if kind & RECURSIVE != 0 {
        Kind::Recursive
    } else {
        Kind::Normal
    });
    outcome_of(pthread_mutex_init(mutex, Some(&attr)))
}

/// C11 7.26.4.1 `mtx_destroy`. It holds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn mtx_destroy(_mutex: &Mtx) {}

/// C11 7.26.4.3 `mtx_lock`.
#[unsafe(no_mangle)]
pub extern "C" fn mtx_lock(mutex: &Mtx) -> c_int {
    // SWITCH: while another thread holds the mutex.
    outcome_of(pthread_mutex_lock(mutex))
}

/// C11 7.26.4.4 `mtx_timedlock`, until the time of day is `at`.
#[unsafe(no_mangle)]
pub extern "C" fn mtx_timedlock(mutex: &Mtx, at: &Timespec) -> c_int {
    // SWITCH: while another thread holds the mutex.
    outcome_of(pthread_mutex_timedlock(mutex, at))
}

/// C11 7.26.4.5 `mtx_trylock`: `thrd_busy`.
#[unsafe(no_mangle)]
pub extern "C" fn mtx_trylock(mutex: &Mtx) -> c_int {
    outcome_of(pthread_mutex_trylock(mutex))
}

/// C11 7.26.4.6 `mtx_unlock`.
#[unsafe(no_mangle)]
pub extern "C" fn mtx_unlock(mutex: &Mtx) -> c_int {
    // SWITCH: to a waiter of higher priority.
    outcome_of(pthread_mutex_unlock(mutex))
}
