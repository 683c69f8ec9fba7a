//! `pthread_barrier_*` and `pthread_barrierattr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_abi::header::{PTHREAD_BARRIER_SERIAL_THREAD, PTHREAD_PROCESS_PRIVATE};
use coopt_sync::Arrival;
use coopt_threads::objects::Barrier;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::shared;

fits!(Barrier, "pthread_barrier_t");

/// `pthread_barrierattr_t`.
#[repr(transparent)]
pub struct BarrierAttr {
    shared: Cell<c_int>,
}

fits!(BarrierAttr, "pthread_barrierattr_t");

c_functions! {
    /// POSIX XSH `pthread_barrier_init`.
    fn pthread_barrier_init(
        barrier: &mut MaybeUninit<Barrier>,
        _attr: Option<&BarrierAttr>,
        limit: c_uint,
    ) -> status {
        if limit == 0 {
            return Err(Errno::INVAL);
        }
        barrier.write(Barrier::new(limit));
    }

    /// POSIX XSH `pthread_barrier_destroy`: `EBUSY` while threads wait at it.
    /// Waits for threads that may go but, in a handler, have yet to notice.
    fn pthread_barrier_destroy(barrier: &Barrier) -> status {
        // SWITCH: the threads that have yet to leave.
        barrier.destroy(&Coopt)?
    }

    /// POSIX XSH `pthread_barrier_wait`.
    fn pthread_barrier_wait(barrier: &Barrier) -> (c_int) {
        match barrier.wait(&Coopt) {
            Arrival::Leader => PTHREAD_BARRIER_SERIAL_THREAD,
            Arrival::Follower => 0,
        }
    }

    /// POSIX XSH `pthread_barrierattr_init`.
    fn pthread_barrierattr_init(attr: &mut MaybeUninit<BarrierAttr>) -> status {
        attr.write(BarrierAttr {
            shared: Cell::new(PTHREAD_PROCESS_PRIVATE),
        });
    }

    /// POSIX XSH `pthread_barrierattr_destroy`. There is nothing to free.
    fn pthread_barrierattr_destroy(_attr: &BarrierAttr) -> status {}

    /// POSIX XSH `pthread_barrierattr_setpshared`.
    fn pthread_barrierattr_setpshared(attr: &BarrierAttr, pshared: c_int) -> status {
        shared::parse(pshared)?;
        attr.shared.set(pshared);
    }

    /// POSIX XSH `pthread_barrierattr_getpshared`.
    fn pthread_barrierattr_getpshared(attr: &BarrierAttr, pshared: &Cell<c_int>) -> status {
        pshared.set(attr.shared.get());
    }
}
