//! The Open POSIX Test Suite: a suite nobody here wrote, compiled with
//! `coopt cc` and run by `coopt run`.
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
//! I1. A test that is not listed as expected passes, or the run fails; and one
//! that is listed ends as the list says, or the run fails.
//! I2. No line of the suite is in the repository, and no test is repaired.

pub mod build;
pub mod callbacks;
pub mod expected;
pub mod outcome;
pub mod report;
pub mod suite;
pub mod trial;
