//! Running other programs, and saying well what went wrong when one fails.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// The time between two messages that a silent command is still at work.
const SIGN_EVERY: Duration = Duration::from_secs(5);

/// Lines of a failed program's output that its error repeats.
const OUTPUT_LINES_MAX: usize = 40;

/// Runs `command` with its output shown.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("`{}` did not start", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs `command` with its output shown, and each line of its standard output
/// given to `watch`.
pub fn run_watched(command: &mut Command, mut watch: impl FnMut(&str)) -> Result<()> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` did not start", line(command)))?;
    if let Some(stdout) = child.stdout.take() {
        // By bytes: what a test prints need not be UTF-8.
        for text in BufReader::new(stdout).split(b'\n') {
            let text = text.with_context(|| format!("reading from `{}`", line(command)))?;
            let text = String::from_utf8_lossy(&text);
            println!("{text}");
            watch(&text);
        }
    }
    let status = child.wait().context("waiting for a program to end")?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs `command` in silence; its error carries the end of what it printed.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    capture(command).map(|_| ())
}

/// Runs `command` and returns what it wrote to standard output.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = with_signs_of_life(command, |command| command.stdin(Stdio::null()).output())
        .with_context(|| format!("`{}` did not start", line(command)))?;
    if !output.status.success() {
        let printed = [output.stdout, output.stderr].concat();
        bail!(
            "`{}` failed ({}); it printed:\n{}",
            line(command),
            output.status,
            last_lines(&String::from_utf8_lossy(&printed)),
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned())
}

/// Whether `command` starts and succeeds.
pub fn succeeds(command: &mut Command) -> bool {
    let silent = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    with_signs_of_life(silent, Command::status).is_ok_and(|status| status.success())
}

/// Calls `act` with a command whose output nobody sees, and says every
/// [`SIGN_EVERY`] that the command still runs.
fn with_signs_of_life<T>(command: &mut Command, act: impl FnOnce(&mut Command) -> T) -> T {
    let program = Path::new(command.get_program()).file_name();
    let program = program.unwrap_or_default().to_string_lossy().into_owned();
    let (ended, watched) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let started = Instant::now();
            while watched.recv_timeout(SIGN_EVERY) == Err(RecvTimeoutError::Timeout) {
                eprintln!(
                    "    ({program} at work for {} s)",
                    started.elapsed().as_secs()
                );
            }
        });
        let outcome = act(command);
        drop(ended);
        outcome
    })
}

/// `cargo` as the user runs it, for the crates of this machine.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::layout::root());
    command
}

/// A command as one would type it.
pub fn line(command: &Command) -> String {
    let words: Vec<String> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(quoted)
        .collect();
    words.join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+,./:@%~".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(OUTPUT_LINES_MAX)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_typed_again() {
        let mut command = Command::new("clang");
        command.args(["-DX=1", "a b.c", "it's", ""]);
        assert_eq!(line(&command), r"clang -DX=1 'a b.c' 'it'\''s' ''");
    }

    #[test]
    fn an_error_repeats_the_end_of_the_output() {
        let long: String = (0..100).map(|n| format!("{n}\n")).collect();
        let last = last_lines(&long);
        assert!(last.starts_with("60\n") && last.ends_with("\n99"), "{last}");
    }
}
