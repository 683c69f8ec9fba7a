//! Why an operation did not do what was asked.

/// Why an operation did not do what was asked.
///
/// Each operation documents which of these it returns; the C layer gives each
/// the errno that POSIX gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Taking the object now would mean waiting, and the call does not wait.
    Busy,
    /// The caller already holds the object, so it would wait for itself.
    Deadlock,
    /// The caller does not hold the object.
    NotOwner,
    /// The deadline passed first.
    TimedOut,
    /// Another thread ended the wait, by an interruption.
    Interrupted,
    /// The deadline is no point in time.
    Malformed,
    /// The object cannot count another holder.
    TooMany,
    /// The last owner died while it held the object. The caller *does* hold it
    /// now, and has to repair what it guards.
    OwnerDied,
    /// The last owner died, and the one after it did not repair what the
    /// object guards. The caller does not hold it, nor will anybody.
    NotRecoverable,
    /// There is nothing to repair.
    Consistent,
    /// The object is not of the kind, or not in the state, that the call is
    /// for.
    Invalid,
}
