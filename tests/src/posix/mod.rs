//! The Open POSIX Test Suite, compiled with `coopt cc` and run by `coopt run`.
//!
//! ```text
//! suite      the tests there are, and how each is meant to be run
//! callbacks  one change on the way: callbacks get the type they are called with
//! build      test to component; again only when something changed
//! outcome    how a test ended, by the suite's own exit codes
//! expected   the tests that are known not to pass, and why (tests/posix/expected.txt)
//! trial      one test: build, run, judge
//! report     the table in CONFORMANCE.md
//! ```
//!
//! I1. A run fails if a test that is not listed does not pass, or a listed test
//! does not end as the list says.
//! I2. No line of the suite is in the repository, and [`callbacks`] makes the only
//! change to a test.

pub mod build;
pub mod callbacks;
pub mod expected;
pub mod outcome;
pub mod report;
pub mod suite;
pub mod trial;
