//! `pthread_barrier_*` and `pthread_barrierattr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_sync::{Arrival, Barrier};

use crate::errno::{Errno, status};
use crate::platform::Coopt;
use crate::shared;

/// `pthread_barrier_t` (`bits/alltypes.h`: five ints).
#[repr(C)]
pub struct PthreadBarrier {
    barrier: Barrier,
    reserved: Cell<u32>,
}

const _: () = assert!(size_of::<PthreadBarrier>() == 20 && align_of::<PthreadBarrier>() == 4);

/// `pthread_barrierattr_t` (`bits/alltypes.h`: one unsigned).
#[repr(transparent)]
pub struct BarrierAttr {
    shared: Cell<c_int>,
}

const _: () = assert!(size_of::<BarrierAttr>() == 4 && align_of::<BarrierAttr>() == 4);

/// `PTHREAD_BARRIER_SERIAL_THREAD` (`pthread.h`).
const SERIAL_THREAD: c_int = -1;

/// POSIX XSH `pthread_barrier_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_barrier_init(
    barrier: &mut MaybeUninit<PthreadBarrier>,
    _attr: Option<&BarrierAttr>,
    limit: c_uint,
) -> c_int {
    if limit == 0 {
        return status(Err(Errno::INVAL));
    }
    barrier.write(PthreadBarrier {
        barrier: Barrier::new(limit),
        reserved: Cell::new(0),
    });
    0
}

/// POSIX XSH `pthread_barrier_destroy`: `EBUSY` while threads wait at it. Those
/// that a signal keeps from noticing that they may go are waited for.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_barrier_destroy(barrier: &PthreadBarrier) -> c_int {
    // SWITCH: the threads that have yet to leave.
    status(barrier.barrier.retire(&Coopt))
}

/// POSIX XSH `pthread_barrier_wait`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_barrier_wait(barrier: &PthreadBarrier) -> c_int {
    match barrier.barrier.wait(&Coopt) {
        Arrival::Leader => SERIAL_THREAD,
        Arrival::Follower => 0,
    }
}

/// POSIX XSH `pthread_barrierattr_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_barrierattr_init(attr: &mut MaybeUninit<BarrierAttr>) -> c_int {
    attr.write(BarrierAttr {
        shared: Cell::new(shared::PRIVATE),
    });
    0
}

/// POSIX XSH `pthread_barrierattr_destroy`. It holds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_barrierattr_destroy(_attr: &BarrierAttr) -> c_int {
    0
}

/// POSIX XSH `pthread_barrierattr_setpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_barrierattr_setpshared(attr: &BarrierAttr, pshared: c_int) -> c_int {
    status(shared::parse(pshared).map(|_| attr.shared.set(pshared)))
}

/// POSIX XSH `pthread_barrierattr_getpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_barrierattr_getpshared(
    attr: &BarrierAttr,
    pshared: &Cell<c_int>,
) -> c_int {
    pshared.set(attr.shared.get());
    0
}
