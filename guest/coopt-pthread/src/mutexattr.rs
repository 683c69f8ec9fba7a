//! `pthread_mutexattr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};

use coopt_sync::Kind;

use crate::errno::{Errno, status};
use crate::shared;

/// `pthread_mutexattr_t` (`bits/alltypes.h`: one unsigned): the mutex's kind
/// and, in bit 7, whether it is process-shared.
#[repr(transparent)]
pub struct MutexAttr(Cell<c_uint>);

const _: () = assert!(size_of::<MutexAttr>() == 4 && align_of::<MutexAttr>() == 4);

const SHARED_BIT: c_uint = 1 << 7;

/// `PTHREAD_MUTEX_*` of `pthread.h` are the numbers of [`Kind`].
const _: () = assert!(Kind::Normal.number() == 0);
const _: () = assert!(Kind::Recursive.number() == 1);
const _: () = assert!(Kind::ErrorCheck.number() == 2);

/// `PTHREAD_MUTEX_STALLED`, the only robustness so far.
const STALLED: c_int = 0;
const ROBUST: c_int = 1;

/// `PTHREAD_PRIO_NONE`, the only protocol so far.
const PRIO_NONE: c_int = 0;
const PRIO_PROTECT: c_int = 2;

impl MutexAttr {
    /// The attributes of a mutex of this kind, the rest as by default.
    pub const fn of(kind: Kind) -> Self {
        Self(Cell::new(kind.number()))
    }

    pub fn kind(&self) -> Kind {
        Kind::from_number(self.0.get())
    }

    fn is_shared(&self) -> bool {
        self.0.get() & SHARED_BIT != 0
    }

    fn set_kind(&self, number: c_int) -> Result<(), Errno> {
        let number = u32::try_from(number).map_err(|_| Errno::INVAL)?;
        if number > Kind::ErrorCheck.number() {
            return Err(Errno::INVAL);
        }
        self.0.set(self.0.get() & !Kind::MASK | number);
        Ok(())
    }

    fn set_shared(&self, pshared: c_int) -> Result<(), Errno> {
        let bit = if shared::parse(pshared)? {
            SHARED_BIT
        } else {
            0
        };
        self.0.set(self.0.get() & !SHARED_BIT | bit);
        Ok(())
    }
}

/// Accepts the default of an attribute, knows the other values, has none.
fn only(default: c_int, value: c_int, last: c_int) -> Result<(), Errno> {
    match value {
        _ if value == default => Ok(()),
        _ if default < value && value <= last => Err(Errno::NOTSUP),
        _ => Err(Errno::INVAL),
    }
}

/// POSIX XSH `pthread_mutexattr_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_init(attr: &MutexAttr) -> c_int {
    attr.0.set(Kind::Normal.number());
    0
}

/// POSIX XSH `pthread_mutexattr_destroy`. It holds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_destroy(_attr: &MutexAttr) -> c_int {
    0
}

/// POSIX XSH `pthread_mutexattr_settype`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_settype(attr: &MutexAttr, kind: c_int) -> c_int {
    status(attr.set_kind(kind))
}

/// POSIX XSH `pthread_mutexattr_gettype`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_gettype(attr: &MutexAttr, kind: &Cell<c_int>) -> c_int {
    kind.set(attr.kind().number().cast_signed());
    0
}

/// POSIX XSH `pthread_mutexattr_setpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_setpshared(attr: &MutexAttr, pshared: c_int) -> c_int {
    status(attr.set_shared(pshared))
}

/// POSIX XSH `pthread_mutexattr_getpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_getpshared(attr: &MutexAttr, pshared: &Cell<c_int>) -> c_int {
    pshared.set(shared::number(attr.is_shared()));
    0
}

/// POSIX XSH `pthread_mutexattr_setrobust`: `ENOTSUP` for a robust mutex.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_setrobust(_attr: &MutexAttr, robust: c_int) -> c_int {
    status(only(STALLED, robust, ROBUST))
}

/// POSIX XSH `pthread_mutexattr_getrobust`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_getrobust(_attr: &MutexAttr, robust: &Cell<c_int>) -> c_int {
    robust.set(STALLED);
    0
}

/// POSIX XSH `pthread_mutexattr_setprotocol`: `ENOTSUP` for all but none.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_setprotocol(_attr: &MutexAttr, protocol: c_int) -> c_int {
    status(only(PRIO_NONE, protocol, PRIO_PROTECT))
}

/// POSIX XSH `pthread_mutexattr_getprotocol`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_getprotocol(
    _attr: &MutexAttr,
    protocol: &Cell<c_int>,
) -> c_int {
    protocol.set(PRIO_NONE);
    0
}
