//! How a test ended.

use std::fmt;

use crate::process::End;

/// How a test ended, by the suite's exit codes and ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The test passes (`PTS_PASS`).
    Passes,
    /// The test does not compile, or does not link.
    DoesNotBuild,
    /// The interface does not do what the test demands (`PTS_FAIL`).
    Fails,
    /// The preparation of the test failed (`PTS_UNRESOLVED`).
    Unresolved,
    /// The test says that the system lacks what is tested (`PTS_UNSUPPORTED`).
    Unsupported,
    /// The test says that it tests nothing (`PTS_UNTESTED`).
    Untested,
    /// Every thread waited, and no event could end a wait.
    Deadlocks,
    /// The test was still running at its time limit.
    Hangs,
    /// The test trapped.
    Traps,
    /// The test ended with an exit code of no meaning.
    Strays,
}

impl Outcome {
    /// All outcomes, with their names in the list of expected failures.
    const NAMES: [(Self, &'static str); 10] = [
        (Self::Passes, "passes"),
        (Self::DoesNotBuild, "does-not-build"),
        (Self::Fails, "fails"),
        (Self::Unresolved, "unresolved"),
        (Self::Unsupported, "unsupported"),
        (Self::Untested, "untested"),
        (Self::Deadlocks, "deadlocks"),
        (Self::Hangs, "hangs"),
        (Self::Traps, "traps"),
        (Self::Strays, "strays"),
    ];

    /// The outcome of a program that ran.
    #[must_use]
    pub fn of(end: &End) -> Self {
        match end {
            End::Hang => Self::Hangs,
            End::Exit(0) => Self::Passes,
            End::Exit(1) => Self::Fails,
            End::Exit(2) => Self::Unresolved,
            End::Exit(4) => Self::Unsupported,
            End::Exit(5) => Self::Untested,
            End::Exit(124) => Self::Deadlocks,
            End::Exit(134) => Self::Traps,
            End::Exit(_) => Self::Strays,
        }
    }

    /// The outcome with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let known = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        known.map(|(outcome, _)| outcome)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.iter().find(|(outcome, _)| outcome == self);
        // Every outcome has a name: the test below goes through them all.
        f.pad(name.map_or("", |(_, name)| name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for code in [0, 1, 2, 4, 5, 124, 134, 99] {
            let outcome = Outcome::of(&End::Exit(code));
            assert_eq!(Outcome::named(&outcome.to_string()), Some(outcome));
        }
        for outcome in [Outcome::of(&End::Hang), Outcome::DoesNotBuild] {
            assert_eq!(Outcome::named(&outcome.to_string()), Some(outcome));
        }
        assert_eq!(Outcome::named("succeeds"), None);
    }
}
