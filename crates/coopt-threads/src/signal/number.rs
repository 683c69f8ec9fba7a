//! The numbers of signals, and sets of them.

use core::ffi::c_int;

use coopt_abi::header;

/// A signal: 1 to [`Signal::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal(u8);

impl Signal {
    /// The highest number (`_NSIG` of `signal.h`, less one).
    pub const MAX: c_int = header::_NSIG - 1;

    /// `SIGQUIT`
    pub const QUIT: Self = Self(header::SIGQUIT as u8);
    /// `SIGILL`
    pub const ILL: Self = Self(header::SIGILL as u8);
    /// `SIGTRAP`
    pub const TRAP: Self = Self(header::SIGTRAP as u8);
    /// `SIGABRT`
    pub const ABRT: Self = Self(header::SIGABRT as u8);
    /// `SIGBUS`
    pub const BUS: Self = Self(header::SIGBUS as u8);
    /// `SIGFPE`
    pub const FPE: Self = Self(header::SIGFPE as u8);
    /// `SIGKILL`
    pub const KILL: Self = Self(header::SIGKILL as u8);
    /// `SIGUSR1`
    pub const USR1: Self = Self(header::SIGUSR1 as u8);
    /// `SIGSEGV`
    pub const SEGV: Self = Self(header::SIGSEGV as u8);
    /// `SIGPIPE`
    pub const PIPE: Self = Self(header::SIGPIPE as u8);
    /// `SIGUSR2`
    pub const USR2: Self = Self(header::SIGUSR2 as u8);
    /// `SIGCHLD`
    pub const CHLD: Self = Self(header::SIGCHLD as u8);
    /// `SIGCONT`
    pub const CONT: Self = Self(header::SIGCONT as u8);
    /// `SIGSTOP`
    pub const STOP: Self = Self(header::SIGSTOP as u8);
    /// `SIGTSTP`
    pub const TSTP: Self = Self(header::SIGTSTP as u8);
    /// `SIGTTIN`
    pub const TTIN: Self = Self(header::SIGTTIN as u8);
    /// `SIGTTOU`
    pub const TTOU: Self = Self(header::SIGTTOU as u8);
    /// `SIGURG`
    pub const URG: Self = Self(header::SIGURG as u8);
    /// `SIGXCPU`
    pub const XCPU: Self = Self(header::SIGXCPU as u8);
    /// `SIGXFSZ`
    pub const XFSZ: Self = Self(header::SIGXFSZ as u8);
    /// `SIGWINCH`
    pub const WINCH: Self = Self(header::SIGWINCH as u8);
    /// `SIGSYS`
    pub const SYS: Self = Self(header::SIGSYS as u8);

    /// The signal with this number, if there is one.
    #[must_use]
    pub fn new(number: c_int) -> Option<Self> {
        match u8::try_from(number) {
            Ok(small) if (1..=Self::MAX).contains(&number) => Some(Self(small)),
            _ => None,
        }
    }

    /// The number, as C has it.
    #[must_use]
    pub const fn as_int(self) -> c_int {
        self.0 as c_int
    }

    /// The signal's place in a table of all signals.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0) - 1
    }

    /// Whether no program may block, ignore or handle the signal.
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

    /// Whether a signal is in the set.
    #[must_use]
    pub fn contains(self, signal: Signal) -> bool {
        !self.and(Self::of(signal)).is_empty()
    }

    /// Whether no signal is in the set.
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
