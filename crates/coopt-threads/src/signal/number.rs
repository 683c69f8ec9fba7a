//! The numbers of signals, and sets of them.

use core::ffi::c_int;

/// A signal: 1 to [`Signal::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal(u8);

impl Signal {
    /// The highest number (`_NSIG` of `signal.h`, less one).
    pub const MAX: c_int = 64;

    /// `SIGQUIT`
    pub const QUIT: Self = Self(3);
    /// `SIGILL`
    pub const ILL: Self = Self(4);
    /// `SIGTRAP`
    pub const TRAP: Self = Self(5);
    /// `SIGABRT`
    pub const ABRT: Self = Self(6);
    /// `SIGBUS`
    pub const BUS: Self = Self(7);
    /// `SIGFPE`
    pub const FPE: Self = Self(8);
    /// `SIGKILL`
    pub const KILL: Self = Self(9);
    /// `SIGUSR1`
    pub const USR1: Self = Self(10);
    /// `SIGSEGV`
    pub const SEGV: Self = Self(11);
    /// `SIGUSR2`
    pub const USR2: Self = Self(12);
    /// `SIGCHLD`
    pub const CHLD: Self = Self(17);
    /// `SIGCONT`
    pub const CONT: Self = Self(18);
    /// `SIGSTOP`
    pub const STOP: Self = Self(19);
    /// `SIGTSTP`
    pub const TSTP: Self = Self(20);
    /// `SIGTTIN`
    pub const TTIN: Self = Self(21);
    /// `SIGTTOU`
    pub const TTOU: Self = Self(22);
    /// `SIGURG`
    pub const URG: Self = Self(23);
    /// `SIGXCPU`
    pub const XCPU: Self = Self(24);
    /// `SIGXFSZ`
    pub const XFSZ: Self = Self(25);
    /// `SIGWINCH`
    pub const WINCH: Self = Self(28);
    /// `SIGSYS`
    pub const SYS: Self = Self(31);

    /// The signal with this number, if there is one.
    #[must_use]
    pub fn new(number: c_int) -> Option<Self> {
        match u8::try_from(number) {
            Ok(small) if (1..=Self::MAX).contains(&number) => Some(Self(small)),
            _ => None,
        }
    }

    /// As C has it.
    #[must_use]
    pub const fn as_int(self) -> c_int {
        self.0 as c_int
    }

    /// Its place in a table of all signals.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0) - 1
    }

    /// Whether no program may block, ignore or handle it.
    #[must_use]
    pub fn is_beyond_control(self) -> bool {
        matches!(self, Self::KILL | Self::STOP)
    }
}

/// A set of signals: `sigset_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Set(u64);

const _: () = assert!(Signal::MAX as u32 == u64::BITS, "each signal has a bit");

impl Set {
    /// No signal.
    pub const EMPTY: Self = Self(0);
    /// All signals.
    pub const FULL: Self = Self(u64::MAX);

    /// The set of one signal.
    #[must_use]
    pub fn of(signal: Signal) -> Self {
        Self(1 << signal.index())
    }

    /// Whether a signal is in it.
    #[must_use]
    pub fn contains(self, signal: Signal) -> bool {
        !self.and(Self::of(signal)).is_empty()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The signals that are in either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The signals that are in both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The signals of this set that are not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The signal with the lowest number. (POSIX leaves the order open.)
    #[must_use]
    pub fn first(self) -> Option<Signal> {
        Signal::new(c_int::try_from(self.0.trailing_zeros()).ok()? + 1)
    }
}
