//! Running something under a time limit.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The process ended by itself, with this exit code; for a signal, 128 plus
    /// its number, as in a shell.
    Exit(i32),
    /// The process was still running at its time limit.
    Hang,
}

/// What a process did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How the process ended.
    pub end: End,
    /// What the process wrote to standard output.
    pub stdout: String,
    /// What the process wrote to standard error.
    pub stderr: String,
}

/// The time between asking a process to end and killing it; also how long its
/// pipes may stay open after its end.
const GRACE: Duration = Duration::from_secs(5);

/// How often a process is asked whether it has ended.
const TICK: Duration = Duration::from_millis(2);

/// What is at the other ends of a process's standard input and output: shell commands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ends<'a> {
    /// What writes the standard input. Without it, that is empty.
    pub feeder: Option<&'a str>,
    /// What reads the standard output, and whose own counts instead.
    pub reader: Option<&'a str>,
}

/// Runs `command` for at most `limit`. A process that hangs is asked to end, so
/// that it can say what it is waiting for, and is killed [`GRACE`] later.
///
/// # Errors
/// A text, when the command does not start.
pub fn run(command: &mut Command, limit: Duration) -> Result<Outcome, String> {
    run_on(command, Stdio::null(), Stdio::piped(), limit)
}

/// As [`run`], with `input` as standard input.
///
/// # Errors
/// A text, when the command does not start.
pub fn run_with(command: &mut Command, input: Stdio, limit: Duration) -> Result<Outcome, String> {
    run_on(command, input, Stdio::piped(), limit)
}

/// As [`run`], between `ends`.
///
/// # Errors
/// A text, when the command or a shell does not start.
pub fn run_between(
    command: &mut Command,
    ends: Ends<'_>,
    limit: Duration,
) -> Result<Outcome, String> {
    let mut feeder = ends
        .feeder
        .map(|script| shell(script, Stdio::null()))
        .transpose()?;
    let mut reader = ends
        .reader
        .map(|script| shell(script, Stdio::piped()))
        .transpose()?;
    let input = feeder.as_mut().and_then(|shell| shell.stdout.take());
    let output = reader.as_mut().and_then(|shell| shell.stdin.take());
    let read = reader.as_mut().map(|shell| collect(shell.stdout.take()));
    let input = input.map_or_else(Stdio::null, Stdio::from);
    let output = output.map_or_else(Stdio::piped, Stdio::from);
    let mut outcome = run_on(command, input, output, limit);
    // The process has ended, but the command keeps its end of the reader's pipe.
    command.stdout(Stdio::null());
    if let (Ok(outcome), Some(read)) = (&mut outcome, read) {
        outcome.stdout = finish(&read);
    }
    for mut shell in feeder.into_iter().chain(reader) {
        // An error means that the shell has ended already.
        let _ = shell.kill();
        let _ = shell.wait();
    }
    outcome
}

fn shell(script: &str, input: Stdio) -> Result<Child, String> {
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).stdin(input);
    let started = shell.stdout(Stdio::piped()).spawn();
    started.map_err(|error| format!("`{}` did not start: {error}", shown(&shell)))
}

fn run_on(
    command: &mut Command,
    input: Stdio,
    output: Stdio,
    limit: Duration,
) -> Result<Outcome, String> {
    let mut child = command
        .stdin(input)
        .stdout(output)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("`{}` did not start: {error}", shown(command)))?;
    let stdout = collect(child.stdout.take());
    let stderr = collect(child.stderr.take());

    let end = match wait(&mut child, limit) {
        Some(status) => End::Exit(code(status)),
        None => {
            end(&mut child, GRACE);
            End::Hang
        }
    };
    Ok(Outcome {
        end,
        stdout: finish(&stdout),
        stderr: finish(&stderr),
    })
}

/// Asks a process to end, as Ctrl-C does, and kills it `limit` later.
pub fn end(child: &mut Child, limit: Duration) -> End {
    interrupt(child);
    if let Some(status) = wait(child, limit) {
        return End::Exit(code(status));
    }
    // An error means that the process has ended meanwhile.
    let _ = child.kill();
    let _ = child.wait();
    End::Hang
}

/// Runs `command`, which must succeed, and returns its standard output.
///
/// # Errors
/// A text with the command and all it printed.
pub fn succeed(command: &mut Command, limit: Duration) -> Result<String, String> {
    let outcome = run(command, limit)?;
    if outcome.end == End::Exit(0) {
        return Ok(outcome.stdout);
    }
    Err(format!(
        "`{}` failed ({:?}); it printed:\n{}{}",
        shown(command),
        outcome.end,
        outcome.stdout,
        outcome.stderr
    ))
}

/// A command as one would type it.
#[must_use]
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

fn wait(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if start.elapsed() >= limit {
            return None;
        }
        thread::sleep(TICK);
    }
}

#[cfg(unix)]
fn code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt as _;
    let by_signal = status.signal().map(|signal| 128 + signal);
    status.code().or(by_signal).unwrap_or(-1)
}

#[cfg(not(unix))]
fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// Sends `SIGINT`, as Ctrl-C does, with the program `kill`.
fn interrupt(child: &Child) {
    let id = child.id().to_string();
    // Where there is no `kill`, the process is ended without being asked.
    let _ = Command::new("kill").args(["-INT", &id]).status();
}

/// Reads a pipe to its end on a thread of its own, so that the other pipe
/// cannot fill up meanwhile.
fn collect(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read before an error is shown.
            let _ = pipe.read_to_end(&mut bytes);
        }
        // Nobody waits for the output of a grandchild that outlives the child.
        let _ = sender.send(bytes);
    });
    receiver
}

fn finish(pipe: &mpsc::Receiver<Vec<u8>>) -> String {
    match pipe.recv_timeout(GRACE) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            "(a child of the process still holds its output)\n".to_owned()
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str, limit_ms: u64) -> Outcome {
        let limit = Duration::from_millis(limit_ms);
        run(Command::new("sh").args(["-c", script]), limit).expect("there is a shell")
    }

    #[test]
    fn both_outputs_and_the_code_are_kept() {
        let outcome = sh("echo out; echo err >&2; exit 7", 10_000);
        assert_eq!(outcome.end, End::Exit(7));
        assert_eq!((&*outcome.stdout, &*outcome.stderr), ("out\n", "err\n"));
    }

    #[test]
    fn the_input_comes_when_the_script_writes_it() {
        let limit = Duration::from_secs(10);
        let fed = |command: &str, script| {
            let ends = Ends {
                feeder: Some(script),
                reader: None,
            };
            let outcome = run_between(&mut Command::new(command), ends, limit);
            outcome.expect("there is a shell")
        };
        assert_eq!(fed("cat", "echo one; echo two").stdout, "one\ntwo\n");
        assert_eq!(fed("true", "exec sleep 60").end, End::Exit(0));
    }

    #[test]
    fn the_output_goes_through_the_script_that_reads_it() {
        let ends = Ends {
            feeder: Some("echo one"),
            reader: Some("tr a-z A-Z"),
        };
        let outcome = run_between(&mut Command::new("cat"), ends, Duration::from_secs(10));
        assert_eq!(outcome.expect("there is a shell").stdout, "ONE\n");
    }

    #[test]
    fn a_signal_counts_as_a_shell_counts_it() {
        assert_eq!(sh("kill -ABRT $$", 10_000).end, End::Exit(134));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_hang_ends_and_keeps_its_last_words() {
        // Whatever starts the tests in the background may have them ignore `SIGINT`, which a shell
        // cannot trap then.
        let mut shell = Command::new("env");
        shell.args(["--default-signal=INT", "sh", "-c"]);
        shell.arg("trap 'echo last words; exit 0' INT; while :; do :; done");
        // A shell may start slowly on a busy machine.
        let outcome = run(&mut shell, Duration::from_secs(2)).expect("there is a shell");
        assert_eq!(outcome.end, End::Hang);
        assert_eq!(outcome.stdout, "last words\n");
    }

    #[test]
    fn much_output_does_not_block() {
        let outcome = sh(
            "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2",
            10_000,
        );
        assert_eq!(outcome.end, End::Exit(0));
        assert_eq!(
            (outcome.stdout.len(), outcome.stderr.len()),
            (300_000, 300_000)
        );
    }
}
