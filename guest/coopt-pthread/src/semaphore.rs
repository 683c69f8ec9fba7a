//! `sem_*`: unnamed semaphores.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_sync::{Clock, Deadline, Error, Semaphore, VALUE_MAX};

use crate::cancel::{self, Interruptible};
use crate::errno::{Errno, minus_one};
use crate::patience;
use crate::platform::Coopt;
use crate::signal::Call;
use crate::time::{ClockId, Timespec};

/// `sem_t` (`semaphore.h`: four ints).
#[repr(C)]
pub struct PosixSemaphore {
    semaphore: Semaphore,
    reserved: Cell<[u32; 3]>,
}

const _: () = assert!(size_of::<PosixSemaphore>() == 16 && align_of::<PosixSemaphore>() == 4);

impl PosixSemaphore {
    /// A semaphore with `value` units, at most `VALUE_MAX`.
    pub const fn new(value: c_uint) -> Self {
        Self {
            semaphore: Semaphore::new(value),
            reserved: Cell::new([0; 3]),
        }
    }

    /// Takes a unit; a cancellation point, even when there is one to take.
    /// Handlers of signals end it, unless they want interrupted calls to go on.
    // Inlined for the reason that `Semaphore::wait` is.
    #[inline(always)]
    fn wait(&self, deadline: Deadline) -> Result<(), Error> {
        patience::spend();
        cancel::point();
        // What does not wait has nothing to be interrupted.
        if self.semaphore.try_wait().is_ok() {
            return Ok(());
        }
        loop {
            let call = Call::begin();
            let interruptible = Interruptible::begin();
            // SWITCH: any thread may run until there is a unit.
            let outcome = self.semaphore.wait(&Coopt, deadline);
            drop(interruptible);
            if outcome == Err(Error::Interrupted) {
                cancel::point();
                if call.goes_on() {
                    continue;
                }
            }
            return outcome;
        }
    }
}

/// POSIX XSH `sem_init`. There is one process, so `_pshared` changes nothing.
#[unsafe(no_mangle)]
pub extern "C" fn sem_init(
    semaphore: &mut MaybeUninit<PosixSemaphore>,
    _pshared: c_int,
    value: c_uint,
) -> c_int {
    if value > VALUE_MAX {
        return minus_one(Err(Errno::INVAL));
    }
    semaphore.write(PosixSemaphore::new(value));
    0
}

/// POSIX XSH `sem_destroy`. It holds nothing; POSIX leaves destroying one that
/// threads wait for undefined, and here they go on waiting.
#[unsafe(no_mangle)]
pub extern "C" fn sem_destroy(_semaphore: &PosixSemaphore) -> c_int {
    0
}

/// POSIX XSH `sem_wait`.
#[unsafe(no_mangle)]
pub extern "C" fn sem_wait(semaphore: &PosixSemaphore) -> c_int {
    minus_one(semaphore.wait(Deadline::Never))
}

/// POSIX XSH `sem_timedwait`.
#[unsafe(no_mangle)]
pub extern "C" fn sem_timedwait(semaphore: &PosixSemaphore, at: &Timespec) -> c_int {
    minus_one(semaphore.wait(at.deadline(Clock::Realtime)))
}

/// POSIX XSH `sem_clockwait`.
#[unsafe(no_mangle)]
pub extern "C" fn sem_clockwait(
    semaphore: &PosixSemaphore,
    clock: ClockId,
    at: &Timespec,
) -> c_int {
    minus_one(
        at.deadline_on(clock)
            .and_then(|deadline| Ok(semaphore.wait(deadline)?)),
    )
}

/// POSIX XSH `sem_trywait`: `EAGAIN` when there is no unit.
#[unsafe(no_mangle)]
pub extern "C" fn sem_trywait(semaphore: &PosixSemaphore) -> c_int {
    patience::spend();
    minus_one(semaphore.semaphore.try_wait().map_err(|error| match error {
        Error::Busy => Errno::AGAIN,
        error => error.into(),
    }))
}

/// POSIX XSH `sem_post`: `EOVERFLOW` at `SEM_VALUE_MAX`.
#[unsafe(no_mangle)]
pub extern "C" fn sem_post(semaphore: &PosixSemaphore) -> c_int {
    patience::spend();
    minus_one(
        semaphore
            .semaphore
            .post(&Coopt)
            .map_err(|error| match error {
                Error::TooMany => Errno::OVERFLOW,
                error => error.into(),
            }),
    )
}

/// POSIX XSH `sem_getvalue`: 0 while threads wait.
#[unsafe(no_mangle)]
pub extern "C" fn sem_getvalue(semaphore: &PosixSemaphore, value: &Cell<c_int>) -> c_int {
    patience::spend();
    value.set(semaphore.semaphore.value().cast_signed());
    0
}
