//! Errors in C's terms.

use core::ffi::c_int;

use coopt_abi::header;
use coopt_sync::{Error, ThreadId};
use coopt_threads::named::NameError;
use coopt_threads::send::CannotStop;

/// An error number. The numbers are WASI's, which `errno.h` takes over.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Errno(c_int);

macro_rules! errnos {
    ($($name:ident = $constant:ident,)*) => {
        impl Errno {
            $(
                #[doc = concat!("`", stringify!($constant), "`")]
                pub const $name: Self = Self(header::$constant);
            )*
        }
    };
}

errnos! {
    AGAIN = EAGAIN,
    BUSY = EBUSY,
    DEADLK = EDEADLK,
    EXIST = EEXIST,
    INTR = EINTR,
    INVAL = EINVAL,
    NAMETOOLONG = ENAMETOOLONG,
    NOENT = ENOENT,
    NOMEM = ENOMEM,
    NOTRECOVERABLE = ENOTRECOVERABLE,
    NOTSUP = ENOTSUP,
    OVERFLOW = EOVERFLOW,
    OWNERDEAD = EOWNERDEAD,
    PERM = EPERM,
    PIPE = EPIPE,
    RANGE = ERANGE,
    SRCH = ESRCH,
    TIMEDOUT = ETIMEDOUT,
}

impl Errno {
    /// The number.
    pub const fn number(self) -> c_int {
        self.0
    }

    /// Reads the answer of an import: 0, or an error number.
    pub fn check(answer: c_int) -> Result<(), Self> {
        match answer {
            0 => Ok(()),
            number => Err(Self(number)),
        }
    }

    /// Reads the answer of an import that returns a thread's id or a negated
    /// error number.
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
            Error::Consistent | Error::Invalid => Self::INVAL,
        }
    }
}

impl From<CannotStop> for Errno {
    fn from(_: CannotStop) -> Self {
        Self::NOTSUP
    }
}

impl From<NameError> for Errno {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Exists => Self::EXIST,
            NameError::Missing => Self::NOENT,
            NameError::Invalid => Self::INVAL,
            NameError::TooLong => Self::NAMETOOLONG,
            NameError::NoMemory => Self::NOMEM,
        }
    }
}
