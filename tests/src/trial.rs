//! One program on one engine.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroU32;
use std::process::Command;
use std::time::Duration;

use crate::build::Builder;
use crate::engine::Engine;
use crate::expectation::{self, Expectation};
use crate::kill;
use crate::process::{self, End, Ends, Outcome};
use crate::program::Program;

/// The limit of a program without `LIMIT-S`. Most take less than a second on an
/// idle machine.
const LIMIT: Duration = Duration::from_secs(30);

/// The variable that, set to 1, has what `coopt` did written into the programs'
/// expectations.
const BLESS: &str = "COOPT_BLESS";

/// Builds `program`, runs it on `engine` and compares.
///
/// # Errors
/// What differs, or what the compiler said.
pub fn run(builder: &Builder, program: &Program, engine: Engine) -> Result<(), String> {
    let mut command = engine.command(builder, program)?;
    let limit = limit(&program.expectation);
    if let Some(times) = program.expectation.kills {
        return run_killed(builder, program, engine, &command, times);
    }
    let ends = Ends {
        feeder: program.expectation.stdin.as_deref(),
        reader: program.expectation.reader.as_deref(),
    };
    let outcome = process::run_between(&mut command, ends, limit)?;
    if engine == Engine::Coopt && std::env::var_os(BLESS).is_some_and(|value| value == "1") {
        return bless(program, &outcome);
    }
    let verdict = compare(&program.expectation, &outcome, engine);
    judge(verdict, program.expectation.fails(engine))
        .map_err(|differs| format!("`{}`\n{differs}", process::shown(&command)))
}

/// Has the program of `command` killed, and compares what it says of what it left.
fn run_killed(
    builder: &Builder,
    program: &Program,
    engine: Engine,
    command: &Command,
    times: NonZeroU32,
) -> Result<(), String> {
    let expected = &program.expectation;
    let name = format!("{}.{}.said", program.name.replace('/', "-"), engine.name());
    let said = builder.machine().work.join(name);
    let verdict = kill::run(command, times, &said, limit(expected), |outcome| {
        compare(expected, outcome, engine)
    });
    judge(verdict, expected.fails(engine))
        .map_err(|differs| format!("`{}`\n{differs}", process::shown(command)))
}

fn limit(expected: &Expectation) -> Duration {
    expected.limit_s.map_or(LIMIT, Duration::from_secs)
}

/// The verdict on a program with a `FAILS` line is the opposite: a pass is an error.
fn judge(verdict: Result<(), String>, known: Option<&str>) -> Result<(), String> {
    match (verdict, known) {
        (Ok(()), Some(why)) => Err(format!(
            "it passes; remove its line `FAILS`, which says: {why}\n"
        )),
        (Err(_), Some(_)) => Ok(()),
        (verdict, None) => verdict,
    }
}

/// Compares what a program did on `engine` with its expectation. Standard error
/// is compared for `coopt` only, because other engines word their messages
/// otherwise.
///
/// # Errors
/// Everything that differs.
pub fn compare(expected: &Expectation, found: &Outcome, engine: Engine) -> Result<(), String> {
    let mut differs = String::new();
    match &found.end {
        End::Exit(code) if *code == expected.exit => {}
        End::Exit(code) => {
            differs += &format!("exit code {code}; expected {}\n", expected.exit);
        }
        End::Hang => {
            differs += &format!("still running after {} s\n", limit(expected).as_secs());
        }
    }
    if found.stdout != expected.stdout {
        differs += &line_by_line(&expected.stdout, &found.stdout);
    }
    if engine == Engine::Coopt {
        for text in &expected.stderr_contains {
            if !found.stderr.contains(text) {
                differs += &format!("standard error lacks `{text}`\n");
            }
        }
        for text in &expected.stderr_lacks {
            if found.stderr.contains(text) {
                differs += &format!("standard error has `{text}`\n");
            }
        }
    }
    if differs.is_empty() {
        return Ok(());
    }
    if !found.stderr.is_empty() {
        differs += &format!("standard error:\n{}", found.stderr);
    }
    Err(differs)
}

/// Both outputs from the first line in which they differ.
fn line_by_line(expected: &str, found: &str) -> String {
    let same = expected
        .lines()
        .zip(found.lines())
        .take_while(|(expected, found)| expected == found)
        .count();
    let mut text = format!("output differs from line {}:\n", same + 1);
    for (sign, output) in [('-', expected), ('+', found)] {
        for line in output.lines().skip(same) {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {sign} {line}");
        }
    }
    text
}

fn bless(program: &Program, outcome: &Outcome) -> Result<(), String> {
    let End::Exit(exit) = outcome.end else {
        return Err("a program that hangs cannot be blessed".to_owned());
    };
    if exit == program.expectation.exit && outcome.stdout == program.expectation.stdout {
        return Ok(());
    }
    let place = format!("`{}`", program.file.display());
    let new = if program.file.extension() == Some(OsStr::new("expected")) {
        outcome.stdout.clone()
    } else {
        let source = fs::read_to_string(&program.file)
            .map_err(|error| format!("reading {place}: {error}"))?;
        expectation::blessed(&source, exit, &outcome.stdout)
    };
    fs::write(&program.file, new).map_err(|error| format!("writing {place}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected() -> Expectation {
        Expectation {
            exit: 3,
            stdout: "one\ntwo\n".into(),
            stderr_contains: vec!["thread 2".into()],
            stderr_lacks: vec!["thread 3".into()],
            ..Expectation::default()
        }
    }

    fn found() -> Outcome {
        Outcome {
            end: End::Exit(3),
            stdout: "one\ntwo\n".into(),
            stderr: "thread 2 waits\n".into(),
        }
    }

    fn difference(found: &Outcome, engine: Engine) -> String {
        compare(&expected(), found, engine).expect_err("something differs")
    }

    #[test]
    fn what_is_as_expected_passes() {
        assert_eq!(compare(&expected(), &found(), Engine::Coopt), Ok(()));
    }

    #[test]
    fn another_exit_code_fails() {
        let found = Outcome {
            end: End::Exit(0),
            ..found()
        };
        assert!(difference(&found, Engine::Native).starts_with("exit code 0; expected 3\n"));
    }

    #[test]
    fn a_known_failure_must_fail() {
        let differs = || Err("differs".to_owned());
        assert_eq!(judge(differs(), Some("later")), Ok(()));
        assert_eq!(judge(differs(), None), differs());
        assert_eq!(judge(Ok(()), None), Ok(()));
        let error = judge(Ok(()), Some("later")).expect_err("it passes");
        assert!(error.contains("`FAILS`, which says: later"), "{error}");
    }

    #[test]
    fn a_hang_fails() {
        let found = Outcome {
            end: End::Hang,
            ..found()
        };
        assert!(difference(&found, Engine::Node).starts_with("still running after"));
    }

    #[test]
    fn other_output_fails_and_is_shown_from_where_it_differs() {
        let found = Outcome {
            stdout: "one\n2\n3\n".into(),
            ..found()
        };
        let text = difference(&found, Engine::Wasmtime);
        assert!(
            text.contains("from line 2:\n  - two\n  + 2\n  + 3\n"),
            "{text}"
        );
        assert!(text.contains("standard error:\nthread 2 waits\n"), "{text}");
    }

    #[test]
    fn a_missing_or_additional_end_of_line_fails() {
        for stdout in ["one\ntwo", "one\ntwo\n\n", ""] {
            let found = Outcome {
                stdout: stdout.into(),
                ..found()
            };
            assert!(
                compare(&expected(), &found, Engine::Native).is_err(),
                "{stdout:?}"
            );
        }
    }

    #[test]
    fn coopts_own_words_are_compared_for_coopt_only() {
        let found = Outcome {
            stderr: String::new(),
            ..found()
        };
        assert_eq!(
            difference(&found, Engine::Coopt),
            "standard error lacks `thread 2`\n"
        );
        let found = Outcome {
            stderr: "thread 2 waits for thread 3\n".into(),
            ..found
        };
        let text = difference(&found, Engine::Coopt);
        assert!(
            text.starts_with("standard error has `thread 3`\n"),
            "{text}"
        );
        assert_eq!(compare(&expected(), &found, Engine::Wasmtime), Ok(()));
    }
}
