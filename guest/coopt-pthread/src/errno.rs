//! Errors in C's terms: the one place where they become an `int`.

use core::ffi::c_int;
use core::ptr;

use coopt_sync::{Error, ThreadId};

use crate::libc;

/// An error number. The numbers are WASI's (`wasi/api.h`, `__WASI_ERRNO_*`),
/// which `errno.h` takes over.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Errno(c_int);

impl Errno {
    pub const AGAIN: Self = Self(6);
    pub const BUSY: Self = Self(10);
    pub const DEADLK: Self = Self(16);
    pub const EXIST: Self = Self(20);
    pub const INTR: Self = Self(27);
    pub const INVAL: Self = Self(28);
    pub const NAMETOOLONG: Self = Self(37);
    pub const NOENT: Self = Self(44);
    pub const NOMEM: Self = Self(48);
    pub const NOTRECOVERABLE: Self = Self(56);
    pub const NOTSUP: Self = Self(58);
    pub const OVERFLOW: Self = Self(61);
    pub const OWNERDEAD: Self = Self(62);
    pub const PERM: Self = Self(63);
    pub const RANGE: Self = Self(68);
    pub const SRCH: Self = Self(71);
    pub const TIMEDOUT: Self = Self(73);

    /// What an import answers: 0, or an error number.
    pub fn check(answer: c_int) -> Result<(), Self> {
        match answer {
            0 => Ok(()),
            number => Err(Self(number)),
        }
    }

    /// What an import answers that returns a thread's id or a negated error
    /// number.
    pub fn check_id(answer: i32) -> Result<ThreadId, Self> {
        ThreadId::new(answer.cast_unsigned()).ok_or(Self(-answer))
    }
}

impl From<Error> for Errno {
    #[cold]
    fn from(error: Error) -> Self {
        match error {
            Error::Busy => Self::BUSY,
            Error::Deadlock => Self::DEADLK,
            Error::NotOwner => Self::PERM,
            Error::TimedOut => Self::TIMEDOUT,
            Error::Interrupted => Self::INTR,
            Error::Malformed => Self::INVAL,
            Error::TooMany => Self::AGAIN,
            Error::OwnerDied => Self::OWNERDEAD,
            Error::NotRecoverable => Self::NOTRECOVERABLE,
            Error::Consistent => Self::INVAL,
        }
    }
}

/// How the functions of `pthread.h` answer: 0, or the error number.
#[inline]
pub fn status<E: Into<Errno>>(result: Result<(), E>) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => error.into().0,
    }
}

/// How the functions of `semaphore.h` answer: 0, or -1 with `errno` set.
#[inline]
pub fn minus_one<E: Into<Errno>>(result: Result<(), E>) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => {
            libc::set_errno(error.into().0);
            -1
        }
    }
}

/// How functions answer that return a number which is not negative: that, or -1
/// with `errno` set.
pub fn number_or_minus_one(result: Result<c_int, Errno>) -> c_int {
    result.unwrap_or_else(|error| minus_one(Err(error)))
}

/// How `__wasilibc_futex_wait` answers: 0, or the negated error number.
pub fn negated(result: Result<(), Errno>) -> c_int {
    count_or_negated(result.map(|()| 0))
}

/// How `__wasilibc_futex_wake` answers: a count, or the negated error number.
pub fn count_or_negated(result: Result<u32, Errno>) -> c_int {
    match result {
        Ok(count) => count.cast_signed(),
        Err(error) => -error.0,
    }
}

/// How `sem_open` answers: a place, or null with `errno` set.
pub fn place_or_null<T>(result: Result<*const T, Errno>) -> *const T {
    result.unwrap_or_else(|error| {
        libc::set_errno(error.0);
        ptr::null()
    })
}
