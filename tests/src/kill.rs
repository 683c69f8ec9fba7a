//! A program that is killed at any moment, again and again, and after each time
//! looks at what it left in its folder.

use std::fs::{self, File, OpenOptions};
use std::num::NonZeroU32;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::{self, Outcome};

/// The argument that has the program look at what it left. Its standard input is all
/// that it printed before.
const CHECK: &str = "check";

/// The latest moment to kill a program, from the moment at which it prints.
const DELAY_MAX_MS: u64 = 500;

/// How often a file is asked whether it has grown.
const TICK: Duration = Duration::from_millis(2);

/// Starts the program of `command` and kills it, `times` times in one folder, and has
/// it check its folder after each. `said` is the file for what the program prints, and
/// `judge` compares what a check does with what it must do. `limit` is that of a
/// check, and of the time until the program prints.
///
/// # Errors
/// The first difference; or a text, when the program ends by itself.
pub fn run(
    command: &Command,
    times: NonZeroU32,
    said: &Path,
    limit: Duration,
    judge: impl Fn(&Outcome) -> Result<(), String>,
) -> Result<(), String> {
    write_nothing(said)?;
    for time in 1..=times.get() {
        let delay = delay(time);
        kill_after(command, said, delay, limit)?;
        let mut check = again(command);
        let outcome = process::run_with(check.arg(CHECK), open(said)?, limit)?;
        judge(&outcome).map_err(|differs| {
            let delay = delay.as_millis();
            format!("after kill {time}, {delay} ms after it printed:\n{differs}")
        })?;
    }
    Ok(())
}

/// A time without a pattern, and the same in every run: the program is to be killed
/// somewhere in its work, and where does not matter.
fn delay(time: u32) -> Duration {
    // The multiples of the golden ratio, modulo one, are spread over all of it.
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let spread = u64::from(time).wrapping_mul(GOLDEN) >> 32;
    Duration::from_millis(spread % DELAY_MAX_MS)
}

/// Starts the program, and kills it `delay` after it has printed something: how long
/// it takes to be compiled and to start is no matter of the program's.
fn kill_after(
    command: &Command,
    said: &Path,
    delay: Duration,
    limit: Duration,
) -> Result<(), String> {
    let output = OpenOptions::new().append(true).open(said);
    let output = output.map_err(|error| format!("opening `{}`: {error}", said.display()))?;
    let before = size(said);
    let mut child = again(command)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("`{}` did not start: {error}", process::shown(command)))?;
    let has_printed = wait_until(limit, || size(said) > before || has_ended(&mut child));
    thread::sleep(delay);
    let has_ended = has_ended(&mut child);
    // An error means that the program has ended, which is told below.
    let _ = child.kill();
    let ended = child
        .wait_with_output()
        .map_err(|error| format!("waiting for a killed program: {error}"))?;
    match has_printed && !has_ended {
        true => Ok(()),
        false => Err(format!(
            "the program must print, and go on until it is killed ({}); standard error:\n{}",
            ended.status,
            String::from_utf8_lossy(&ended.stderr)
        )),
    }
}

/// A command like `command`, which can be given more arguments.
fn again(command: &Command) -> Command {
    let mut new = Command::new(command.get_program());
    new.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => new.env(name, value),
            None => new.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        new.current_dir(folder);
    }
    new
}

fn wait_until(limit: Duration, mut happens: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !happens() {
        if start.elapsed() >= limit {
            return false;
        }
        thread::sleep(TICK);
    }
    true
}

fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// The size of `file`, which is there.
fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |about| about.len())
}

fn write_nothing(file: &Path) -> Result<(), String> {
    fs::write(file, "").map_err(|error| format!("writing `{}`: {error}", file.display()))
}

fn open(file: &Path) -> Result<Stdio, String> {
    let opened = File::open(file);
    opened
        .map(Stdio::from)
        .map_err(|error| format!("opening `{}`: {error}", file.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::process::End;

    /// Two kills of a shell that runs `script`, whose first argument is the check's.
    fn kill_twice(name: &str, script: &str) -> (Result<(), String>, String) {
        let said = std::env::temp_dir().join(format!("coopt-kill-{}-{name}", std::process::id()));
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "sh"]);
        let limit = Duration::from_secs(20);
        let twice = NonZeroU32::MIN.saturating_add(1);
        let verdict = run(&shell, twice, &said, limit, |found| match found.end {
            End::Exit(0) => Ok(()),
            _ => Err(found.stdout.clone()),
        });
        let text = fs::read_to_string(&said).expect("the file is there");
        fs::remove_file(&said).expect("the file can be removed");
        (verdict, text)
    }

    #[test]
    fn a_program_is_killed_and_checks_what_it_said() {
        let script = "test \"$1\" = check && exec grep -q line; echo line; exec sleep 60";
        assert_eq!(
            kill_twice("good", script),
            (Ok(()), "line\nline\n".to_owned())
        );
    }

    #[test]
    fn what_a_check_finds_is_told_with_the_time() {
        let script = "test \"$1\" = check && { cat; exit 1; }; echo line; exec sleep 60";
        let (verdict, _) = kill_twice("bad", script);
        let error = verdict.expect_err("the check fails");
        assert!(error.starts_with("after kill 1, "), "{error}");
        assert!(error.ends_with("ms after it printed:\nline\n"), "{error}");
    }

    #[test]
    fn a_program_that_ends_by_itself_fails() {
        let (verdict, _) = kill_twice("ends", "echo why >&2; exit 1");
        let error = verdict.expect_err("the program ends");
        assert!(error.ends_with("standard error:\nwhy\n"), "{error}");
    }

    #[test]
    fn delays_differ_and_are_short() {
        let delays: BTreeSet<Duration> = (1..=20).map(delay).collect();
        assert_eq!(delays.len(), 20, "no two of a few are the same");
        assert!(
            delays
                .iter()
                .all(|delay| *delay < Duration::from_millis(DELAY_MAX_MS))
        );
    }
}
