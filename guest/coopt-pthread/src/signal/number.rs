//! The numbers of signals, and sets of them.

use core::cell::Cell;
use core::ffi::c_int;

use crate::errno::{Errno, minus_one};

/// A signal: 1 to [`Signal::MAX`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signal(u8);

impl Signal {
    /// The highest number (`_NSIG` of `signal.h`, less one).
    pub const MAX: c_int = 64;

    pub const QUIT: Self = Self(3);
    pub const ILL: Self = Self(4);
    pub const TRAP: Self = Self(5);
    pub const ABRT: Self = Self(6);
    pub const BUS: Self = Self(7);
    pub const FPE: Self = Self(8);
    pub const KILL: Self = Self(9);
    pub const SEGV: Self = Self(11);
    pub const CHLD: Self = Self(17);
    pub const CONT: Self = Self(18);
    pub const STOP: Self = Self(19);
    pub const TSTP: Self = Self(20);
    pub const TTIN: Self = Self(21);
    pub const TTOU: Self = Self(22);
    pub const URG: Self = Self(23);
    pub const XCPU: Self = Self(24);
    pub const XFSZ: Self = Self(25);
    pub const WINCH: Self = Self(28);
    pub const SYS: Self = Self(31);

    /// The signal with this number; `EINVAL` when there is none.
    pub fn new(number: c_int) -> Result<Self, Errno> {
        match u8::try_from(number) {
            Ok(small) if (1..=Self::MAX).contains(&number) => Ok(Self(small)),
            _ => Err(Errno::INVAL),
        }
    }

    /// As C has it.
    pub const fn as_int(self) -> c_int {
        self.0 as c_int
    }

    /// Its place in a table of all signals.
    pub fn index(self) -> usize {
        usize::from(self.0) - 1
    }

    /// Whether no program may block, ignore or handle it.
    pub fn is_beyond_control(self) -> bool {
        matches!(self, Self::KILL | Self::STOP)
    }
}

/// A set of signals: `sigset_t` (`__typedef_sigset_t.h`, as edited).
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Set(u64);

const _: () = assert!(size_of::<Set>() == 8 && align_of::<Set>() == 8);
const _: () = assert!(Signal::MAX as u32 == u64::BITS, "each signal has a bit");

impl Set {
    pub const EMPTY: Self = Self(0);
    pub const FULL: Self = Self(u64::MAX);

    /// The set of one signal.
    pub fn of(signal: Signal) -> Self {
        Self(1 << signal.index())
    }

    pub fn contains(self, signal: Signal) -> bool {
        !self.and(Self::of(signal)).is_empty()
    }

    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The signals that are in either set.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The signals that are in both sets.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The signals of this set that are not in the other.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The signal with the lowest number. (POSIX leaves the order open.)
    pub fn first(self) -> Option<Signal> {
        let number = c_int::try_from(self.0.trailing_zeros()).ok()? + 1;
        Signal::new(number).ok()
    }
}

/// `sigset_t` of a program.
type Place<'a> = &'a Cell<Set>;

/// POSIX XSH `sigemptyset`.
#[unsafe(no_mangle)]
pub extern "C" fn sigemptyset(set: Place<'_>) -> c_int {
    set.set(Set::EMPTY);
    0
}

/// POSIX XSH `sigfillset`.
#[unsafe(no_mangle)]
pub extern "C" fn sigfillset(set: Place<'_>) -> c_int {
    set.set(Set::FULL);
    0
}

/// POSIX XSH `sigaddset`: `EINVAL` for a number that is no signal's.
#[unsafe(no_mangle)]
pub extern "C" fn sigaddset(set: Place<'_>, number: c_int) -> c_int {
    minus_one(Signal::new(number).map(|signal| set.set(set.get().or(Set::of(signal)))))
}

/// POSIX XSH `sigdelset`: `EINVAL` for a number that is no signal's.
#[unsafe(no_mangle)]
pub extern "C" fn sigdelset(set: Place<'_>, number: c_int) -> c_int {
    minus_one(Signal::new(number).map(|signal| set.set(set.get().without(Set::of(signal)))))
}

/// POSIX XSH `sigismember`: `EINVAL` for a number that is no signal's.
#[unsafe(no_mangle)]
pub extern "C" fn sigismember(set: Place<'_>, number: c_int) -> c_int {
    match Signal::new(number) {
        Ok(signal) => c_int::from(set.get().contains(signal)),
        Err(error) => minus_one(Err(error)),
    }
}

/// `sigisemptyset`, as in the GNU C library.
#[unsafe(no_mangle)]
pub extern "C" fn sigisemptyset(set: Place<'_>) -> c_int {
    c_int::from(set.get().is_empty())
}

/// `sigorset`, as in the GNU C library.
#[unsafe(no_mangle)]
pub extern "C" fn sigorset(result: Place<'_>, one: Place<'_>, other: Place<'_>) -> c_int {
    result.set(one.get().or(other.get()));
    0
}

/// `sigandset`, as in the GNU C library.
#[unsafe(no_mangle)]
pub extern "C" fn sigandset(result: Place<'_>, one: Place<'_>, other: Place<'_>) -> c_int {
    result.set(one.get().and(other.get()));
    0
}
