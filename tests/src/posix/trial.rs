//! One test: build, run, judge.

use std::time::Duration;

use super::build::{Builder, Built};
use super::expected::Entry;
use super::outcome::Outcome;
use super::suite::Test;
use crate::process;

/// The limit of a test. Tests wait for several seconds to see that nothing
/// happens, and one test sleeps for 51 s in all.
const LIMIT: Duration = Duration::from_secs(90);

/// The limit of a test that is known to hang, and keeps a core busy until then.
const LIMIT_OF_HANGING: Duration = Duration::from_secs(8);

/// How a test ended, and its last words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How the test ended.
    pub outcome: Outcome,
    /// The last lines that the test printed, or the compiler's first error.
    pub words: String,
}

/// Builds `test` and runs it, for a shorter time when it is `expected` to hang.
///
/// # Errors
/// A text, when the compiler or `coopt run` does not start, or a file cannot be
/// written.
pub fn run(builder: &Builder, test: &Test, expected: Option<&Entry>) -> Result<Finding, String> {
    let component = match builder.build(test)? {
        Built::Component(component) => component,
        Built::Declarations => return Ok(finding(Outcome::Passes, "it compiles")),
        Built::Refused(words) => return Ok(finding(Outcome::DoesNotBuild, &words)),
    };
    let mut coopt = builder.machine().coopt();
    coopt.arg("run").arg(component).args(test.argument());
    let limit = match expected.map(|entry| entry.outcome) {
        Some(Outcome::Hangs) => LIMIT_OF_HANGING,
        _ => LIMIT,
    };
    let found = process::run(&mut coopt, limit)?;
    Ok(finding(
        Outcome::of(&found.end),
        &last_words(&found.stdout, &found.stderr),
    ))
}

/// Checks that `found` is what it must be: a pass, or what the list says.
///
/// # Errors
/// What is wrong, and what to do about it.
pub fn judge(found: &Finding, expected: Option<&Entry>) -> Result<(), String> {
    let Finding { outcome, words } = found;
    match expected {
        None if *outcome == Outcome::Passes => Ok(()),
        None => Err(format!("it {outcome} and should pass: {words}")),
        Some(entry) if entry.outcome == *outcome => Ok(()),
        Some(entry) if *outcome == Outcome::Passes => Err(format!(
            "it passes; `cargo xtask conformance` takes it off the list, which says: {}",
            entry.why
        )),
        Some(entry) => Err(format!(
            "it {outcome} and the list says that it {}: {words}",
            entry.outcome
        )),
    }
}

fn finding(outcome: Outcome, words: &str) -> Finding {
    Finding {
        outcome,
        words: words.to_owned(),
    }
}

/// The last four lines that a program printed, to standard error if there are so
/// many.
fn last_words(stdout: &str, stderr: &str) -> String {
    let lines: Vec<&str> = stdout.lines().chain(stderr.lines()).collect();
    let shown = &lines[lines.len().saturating_sub(4)..];
    shown.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posix::expected::Expected;

    fn verdict(outcome: Outcome, listed: Option<&str>) -> Result<(), String> {
        let list = listed.map_or(String::new(), |how| format!("[x] because\na/1-1 {how}"));
        let list = Expected::read(&list).expect("it is in order");
        judge(&finding(outcome, "last words"), list.of("a/1-1"))
    }

    #[test]
    fn the_list_is_strict() {
        assert_eq!(verdict(Outcome::Passes, None), Ok(()));
        assert_eq!(verdict(Outcome::Fails, Some("fails")), Ok(()));
        for (outcome, listed, part) in [
            (Outcome::Fails, None, "last words"),
            (Outcome::Passes, Some("fails"), "because"),
            (
                Outcome::Hangs,
                Some("fails"),
                "it hangs and the list says that it fails",
            ),
        ] {
            let error = verdict(outcome, listed).expect_err(part);
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn last_words_are_the_last() {
        assert_eq!(last_words("1\n2\n3\n", "4\n5\n"), "2 / 3 / 4 / 5");
    }
}
