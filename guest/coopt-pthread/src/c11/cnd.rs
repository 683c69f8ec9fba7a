//! `cnd_*`.

use core::ffi::c_int;
use core::mem::MaybeUninit;

use super::mtx::Mtx;
use super::outcome_of;
use crate::cond::{
    PthreadCond, pthread_cond_broadcast, pthread_cond_destroy, pthread_cond_init,
    pthread_cond_signal, pthread_cond_timedwait, pthread_cond_wait,
};
use crate::time::Timespec;

/// `cnd_t` has the size of a `pthread_cond_t` (`bits/alltypes.h`: twelve ints).
pub type Cnd = PthreadCond;
const _: () = assert!(size_of::<Cnd>() == 48 && align_of::<Cnd>() == 4);

/// C11 7.26.3.3 `cnd_init`. Its deadlines are on the time of day (`TIME_UTC`).
#[unsafe(no_mangle)]
pub extern "C" fn cnd_init(cond: &mut MaybeUninit<Cnd>) -> c_int {
    outcome_of(pthread_cond_init(cond, None))
}

/// C11 7.26.3.2 `cnd_destroy`. It has no way to say that threads wait.
#[unsafe(no_mangle)]
pub extern "C" fn cnd_destroy(cond: &Cnd) {
    // SWITCH: the threads that have yet to leave.
    let _busy = pthread_cond_destroy(cond);
}

/// C11 7.26.3.1 `cnd_broadcast`.
#[unsafe(no_mangle)]
pub extern "C" fn cnd_broadcast(cond: &Cnd) -> c_int {
    // SWITCH: to a waiter of higher priority.
    outcome_of(pthread_cond_broadcast(cond))
}

/// C11 7.26.3.4 `cnd_signal`.
#[unsafe(no_mangle)]
pub extern "C" fn cnd_signal(cond: &Cnd) -> c_int {
    // SWITCH: to a waiter of higher priority.
    outcome_of(pthread_cond_signal(cond))
}

/// C11 7.26.3.5 `cnd_timedwait`: `thrd_timedout`.
#[unsafe(no_mangle)]
pub extern "C" fn cnd_timedwait(cond: &Cnd, mutex: &Mtx, at: &Timespec) -> c_int {
    // SWITCH: until it is signalled or `at`; the mutex was free meanwhile.
    outcome_of(pthread_cond_timedwait(cond, mutex, at))
}

/// C11 7.26.3.6 `cnd_wait`.
#[unsafe(no_mangle)]
pub extern "C" fn cnd_wait(cond: &Cnd, mutex: &Mtx) -> c_int {
    // SWITCH: until it is signalled; the mutex was free meanwhile.
    outcome_of(pthread_cond_wait(cond, mutex))
}
