//! Sets of signals: `sigset_t`.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_threads::signal::{Set, Signal};

use crate::answer::{c_functions, fits};
use crate::errno::Errno;

fits!(Set, "sigset_t");

/// The signal with this number: `EINVAL` when there is none.
pub fn parse(number: c_int) -> Result<Signal, Errno> {
    Signal::new(number).ok_or(Errno::INVAL)
}

/// `sigset_t` of a program.
type Place<'a> = &'a Cell<Set>;

c_functions! {
    /// POSIX XSH `sigemptyset`.
    fn sigemptyset(set: Place<'_>) -> minus_one {
        set.set(Set::EMPTY);
    }

    /// POSIX XSH `sigfillset`.
    fn sigfillset(set: Place<'_>) -> minus_one {
        set.set(Set::FULL);
    }

    /// POSIX XSH `sigaddset`: `EINVAL` for a number that is no signal's.
    fn sigaddset(set: Place<'_>, number: c_int) -> minus_one {
        set.set(set.get().or(Set::of(parse(number)?)));
    }

    /// POSIX XSH `sigdelset`: `EINVAL` for a number that is no signal's.
    fn sigdelset(set: Place<'_>, number: c_int) -> minus_one {
        set.set(set.get().without(Set::of(parse(number)?)));
    }

    /// POSIX XSH `sigismember`: `EINVAL` for a number that is no signal's.
    fn sigismember(set: Place<'_>, number: c_int) -> number {
        c_int::from(set.get().contains(parse(number)?))
    }

    /// `sigisemptyset`, as in the GNU C library.
    fn sigisemptyset(set: Place<'_>) -> (c_int) {
        c_int::from(set.get().is_empty())
    }

    /// `sigorset`, as in the GNU C library.
    fn sigorset(result: Place<'_>, one: Place<'_>, other: Place<'_>) -> minus_one {
        result.set(one.get().or(other.get()));
    }

    /// `sigandset`, as in the GNU C library.
    fn sigandset(result: Place<'_>, one: Place<'_>, other: Place<'_>) -> minus_one {
        result.set(one.get().and(other.get()));
    }
}
