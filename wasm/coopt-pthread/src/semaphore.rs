//! `sem_*`: unnamed semaphores.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_sync::{Clock, Deadline, Error, VALUE_MAX};
use coopt_threads::objects::Semaphore;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::time::{ClockId, Timespec};

fits!(Semaphore, "sem_t");
const _: () = assert!(VALUE_MAX == coopt_abi::header::SEM_VALUE_MAX.cast_unsigned());

c_functions! {
    /// POSIX XSH `sem_init`. There is one process, so `_pshared` changes nothing.
    fn sem_init(
        semaphore: &mut MaybeUninit<Semaphore>,
        _pshared: c_int,
        value: c_uint,
    ) -> minus_one {
        if value > VALUE_MAX {
            return Err(Errno::INVAL);
        }
        semaphore.write(Semaphore::new(value));
    }

    /// POSIX XSH `sem_destroy`. There is nothing to free. POSIX leaves the end
    /// of a semaphore with waiters undefined; here the waiters go on waiting.
    fn sem_destroy(semaphore: &Semaphore) -> minus_one {
        semaphore.destroy(&Coopt)
    }

    /// POSIX XSH `sem_wait`.
    fn sem_wait(semaphore: &Semaphore) -> minus_one {
        semaphore.wait(&Coopt, Deadline::Never)?
    }

    /// POSIX XSH `sem_timedwait`.
    fn sem_timedwait(semaphore: &Semaphore, at: &Timespec) -> minus_one {
        semaphore.wait(&Coopt, at.deadline(Clock::Realtime))?
    }

    /// POSIX XSH `sem_clockwait`.
    fn sem_clockwait(semaphore: &Semaphore, clock: ClockId, at: &Timespec) -> minus_one {
        semaphore.wait(&Coopt, at.deadline_on(clock)?)?
    }

    /// POSIX XSH `sem_trywait`: `EAGAIN` when there is no unit.
    fn sem_trywait(semaphore: &Semaphore) -> minus_one {
        semaphore.try_wait(&Coopt).map_err(|error| match error {
            Error::Busy => Errno::AGAIN,
            error => error.into(),
        })?
    }

    /// POSIX XSH `sem_post`: `EOVERFLOW` at `SEM_VALUE_MAX`.
    fn sem_post(semaphore: &Semaphore) -> minus_one {
        semaphore.post(&Coopt).map_err(|error| match error {
            Error::TooMany => Errno::OVERFLOW,
            error => error.into(),
        })?
    }

    /// POSIX XSH `sem_getvalue`: 0 while threads wait.
    fn sem_getvalue(semaphore: &Semaphore, value: &Cell<c_int>) -> minus_one {
        value.set(semaphore.value(&Coopt).cast_signed());
    }
}
