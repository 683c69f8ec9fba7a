//! What a program must do, read from its own comments.
//!
//! ```text
//! // EXIT: 3
//! // STDOUT:
//! //   first line
//! //   second line
//! // STDERR-CONTAINS: a text
//! // ARGS: --of the program
//! // ARG: one argument, to the end of the line
//! // ENV: NAME=value
//! // DIR:
//! // STDIN: sleep 0.3; echo hi
//! // READER: sleep 1; cat
//! // NET: loopback
//! // WITH: sqlite
//! // KILLS: 5
//! // RUN-FLAGS: --max-threads 4
//! // LIMIT-S: 120
//! // SKIP: native: spins until another thread runs
//! // FAILS: coopt: what is not right yet
//! ```
//!
//! `STDIN` is a shell command whose output is the program's standard input, which
//! is empty without it. `READER` is one that reads the program's standard output, and
//! whose own output is compared. `ARG` adds an argument that may have spaces in it, or be
//! empty. With `ENV`, the program is given those variables and no others. With
//! `DIR`, the program begins in an empty folder of its own, which is its root where
//! an engine gives it folders; without it, the program has no folder there. With
//! `NET`, the program may use sockets of this machine to itself. `WITH` names a
//! library that the program is linked with (see [`library`](crate::library)).
//!
//! With `KILLS`, the program is started and killed that many times, each time at
//! another moment after it has printed. After each time it runs with the argument
//! `check` and all that it has printed so far as standard input; what it does then
//! is compared (see [`kill`](crate::kill)).
//!
//! Comments may begin with `//`, `//!` or `;;`. `STDOUT` goes on for as long as
//! the comment is indented by three spaces. Without `STDOUT`, the program must
//! print nothing; without `EXIT`, it must succeed. `ARG`, `ENV`,
//! `STDERR-CONTAINS`, `SKIP` and `FAILS` may be repeated. `SKIP` names an engine that the program is not for,
//! and says why. `FAILS` names an engine on which the program must fail, and says
//! why.
//!
//! Keys stand above the first line of code. There, a word in capitals with a
//! colon is a key. An unknown key is an error, because a misspelt
//! `STDERR-CONTAINS` would demand nothing.

use std::fmt;
use std::num::NonZeroU32;

use crate::engine::Engine;
use crate::library::Library;

/// What a program must do, and how it is run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The exit code of the program.
    pub exit: i32,
    /// Everything that the program prints to standard output.
    pub stdout: String,
    /// Texts that must be in standard error when coopt runs the program.
    pub stderr_contains: Vec<String>,
    /// Texts that must not be in standard error when coopt runs the program.
    pub stderr_lacks: Vec<String>,
    /// The arguments of the program.
    pub args: Vec<String>,
    /// The variables of the program: names and values. If there are none, it is
    /// given what its engine gives.
    pub env: Vec<(String, String)>,
    /// Whether the program begins in an empty folder of its own.
    pub dir: bool,
    /// How many bytes there is room for in that folder, if it is a disk of its own.
    pub disk_bytes: Option<u64>,
    /// Whether the program may use sockets of this machine to itself.
    pub net: bool,
    /// The library that the program is linked with.
    pub with: Option<Library>,
    /// How many times the program is killed, if it is.
    pub kills: Option<NonZeroU32>,
    /// The shell command that writes the program's standard input.
    pub stdin: Option<String>,
    /// The shell command that reads the program's standard output, and whose own is compared.
    pub reader: Option<String>,
    /// Options for `coopt run` (and `coopt build`).
    pub run_flags: Vec<String>,
    /// How many seconds the program may take, if the usual limit is too short.
    pub limit_s: Option<u64>,
    /// Engines that the program is not for, and why.
    pub skip: Vec<(Engine, String)>,
    /// Engines on which the program is known to fail, and why.
    pub fails: Vec<(Engine, String)>,
}

/// A line of an expectation that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong with the line.
    pub problem: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

/// How far the lines of `STDOUT` are indented, behind the comment's sign.
const INDENT: &str = "   ";

const STDOUT: &str = "STDOUT:";

/// The key of a line that stands for a file. It may stand anywhere in a program
/// (see [`collection`](crate::collection)).
const INCLUDE: &str = "INCLUDE";

/// Every key there is.
const KEYS: [&str; 19] = [
    "EXIT",
    "STDOUT",
    "STDERR-CONTAINS",
    "STDERR-LACKS",
    "ARGS",
    "ARG",
    "ENV",
    "DIR",
    "DISK-BYTES",
    "NET",
    "WITH",
    "KILLS",
    "STDIN",
    "READER",
    "RUN-FLAGS",
    "LIMIT-S",
    "SKIP",
    "FAILS",
    INCLUDE,
];

impl Expectation {
    /// Reads the expectation in `source`.
    ///
    /// # Errors
    /// [`Malformed`], for a key that is not known or a value that cannot be read.
    pub fn read(source: &str) -> Result<Self, Malformed> {
        let mut expectation = Self::default();
        let code = source.lines().take_while(head()).count();
        let mut lines = source.lines().enumerate().peekable();
        while let Some((index, line)) = lines.next() {
            let Some(comment) = comment(line).map(str::trim) else {
                continue;
            };
            if comment == STDOUT {
                while let Some(line) = lines.peek().and_then(|(_, line)| output_line(line)) {
                    expectation.stdout.push_str(line);
                    expectation.stdout.push('\n');
                    lines.next();
                }
            } else if let Some((key, value)) = key(comment) {
                let read = match index < code {
                    true => expectation.read_key(key, value),
                    false => refuse_below_code(key),
                };
                read.map_err(|problem| Malformed {
                    line: index + 1,
                    problem,
                })?;
            }
        }
        Ok(expectation)
    }

    fn read_key(&mut self, key: &str, value: &str) -> Result<(), String> {
        let words = || value.split_whitespace().map(str::to_owned).collect();
        match key {
            "EXIT" => {
                self.exit = value
                    .parse()
                    .map_err(|_| format!("an exit code is a number; found `{value}`"))?;
            }
            "STDERR-CONTAINS" => self.stderr_contains.push(value.to_owned()),
            "STDERR-LACKS" => self.stderr_lacks.push(value.to_owned()),
            "ARGS" => self.args = words(),
            "ARG" => self.args.push(value.to_owned()),
            "ENV" => self.env.push(read_variable(value)?),
            "DIR" if value.is_empty() => self.dir = true,
            "DIR" => {
                return Err(format!("nothing stands beside `DIR:`; found `{value}`"));
            }
            "DISK-BYTES" => {
                let bytes = value.parse();
                self.disk_bytes =
                    Some(bytes.map_err(|_| format!("room is bytes; found `{value}`"))?);
            }
            "NET" if value == "loopback" => self.net = true,
            "NET" => return Err(format!("a network is `loopback`; found `{value}`")),
            "WITH" => {
                let library = Library::named(value);
                self.with = Some(library.ok_or_else(|| format!("there is no library `{value}`"))?);
            }
            "KILLS" => {
                let kills = value.parse();
                self.kills = Some(
                    kills.map_err(|_| format!("kills are counted, from one; found `{value}`"))?,
                );
            }
            "STDIN" => self.stdin = Some(value.to_owned()),
            "READER" => self.reader = Some(value.to_owned()),
            "RUN-FLAGS" => self.run_flags = words(),
            "LIMIT-S" => {
                let limit_s = value.parse();
                self.limit_s =
                    Some(limit_s.map_err(|_| format!("a limit is seconds; found `{value}`"))?);
            }
            "SKIP" => self.skip.push(read_engine(value)?),
            "FAILS" => self.fails.push(read_engine(value)?),
            "STDOUT" => {
                return Err(format!(
                    "what a program prints stands below `{STDOUT}`, indented; found `{value}` \
                     beside it"
                ));
            }
            INCLUDE => {}
            _ => {
                return Err(format!(
                    "`{key}:` is no key; the keys are {}",
                    KEYS.join(", ")
                ));
            }
        }
        Ok(())
    }

    /// Why the program is not for `engine`, if it is not.
    #[must_use]
    pub fn skips(&self, engine: Engine) -> Option<&str> {
        let other = || reason(&self.skip, engine.skips_as()?);
        reason(&self.skip, engine).or_else(other)
    }

    /// Why the program is known to fail on `engine`, if it is.
    #[must_use]
    pub fn fails(&self, engine: Engine) -> Option<&str> {
        let other = || reason(&self.fails, engine.fails_as()?);
        reason(&self.fails, engine).or_else(other)
    }
}

/// The key that a comment begins with, if there is one, and its value.
fn key(comment: &str) -> Option<(&str, &str)> {
    let (key, value) = comment.split_once(':')?;
    let in_key = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_".contains(c);
    let is_key = key.len() > 1 && key.chars().all(in_key);
    let is_one_in_small_letters = KEYS.contains(&key.to_ascii_uppercase().as_str());
    (is_key || is_one_in_small_letters).then(|| (key, value.trim()))
}

fn refuse_below_code(key: &str) -> Result<(), String> {
    if key != INCLUDE && KEYS.contains(&key) {
        return Err(format!("`{key}:` stands above the first line of code"));
    }
    Ok(())
}

/// A function that is asked about each line in turn: whether the line stands above
/// the first line of code.
fn head() -> impl FnMut(&&str) -> bool {
    let mut in_block = false;
    move |line| {
        let line = line.trim();
        let is_block = in_block || line.starts_with("/*");
        in_block = is_block && !line.contains("*/");
        is_block || line.is_empty() || comment(line).is_some()
    }
}

fn reason(list: &[(Engine, String)], engine: Engine) -> Option<&str> {
    let (_, why) = list.iter().find(|(named, _)| *named == engine)?;
    Some(why)
}

fn read_variable(value: &str) -> Result<(String, String), String> {
    match value.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(format!("`NAME=value` is needed; found `{value}`")),
    }
}

fn read_engine(value: &str) -> Result<(Engine, String), String> {
    let (name, why) = value
        .split_once(": ")
        .ok_or_else(|| format!("`engine: why` is needed; found `{value}`"))?;
    let engine = Engine::ALL.into_iter().find(|engine| engine.name() == name);
    let engine = engine.ok_or_else(|| format!("there is no engine `{name}`"))?;
    Ok((engine, why.trim().to_owned()))
}

/// `source`, with the exit code and the output it should have expected.
#[must_use]
pub fn blessed(source: &str, exit: i32, stdout: &str) -> String {
    let sign = source
        .lines()
        .find(|line| line.trim_start().starts_with(";;"))
        .map_or("//", |_| ";;");
    let mut new = Vec::new();
    if exit != 0 {
        new.push(format!("{sign} EXIT: {exit}"));
    }
    if !stdout.is_empty() {
        new.push(format!("{sign} {STDOUT}"));
        new.extend(
            stdout
                .lines()
                .map(|line| format!("{sign}{INDENT}{line}").trim_end().to_owned()),
        );
    }
    let (mut kept, place) = without_expected(source);
    let place = place.unwrap_or_else(|| first_code(&kept));
    kept.splice(place..place, new);
    kept.join("\n") + "\n"
}

/// The lines of `source` without those that [`blessed`] replaces, and where the
/// first of those stood.
fn without_expected(source: &str) -> (Vec<String>, Option<usize>) {
    let mut kept: Vec<String> = Vec::new();
    let mut place = None;
    let mut in_output = false;
    for line in source.lines() {
        in_output = in_output && output_line(line).is_some();
        let comment = comment(line).map_or("", str::trim);
        let starts_output = comment == STDOUT;
        if in_output || starts_output || comment.starts_with("EXIT: ") {
            place.get_or_insert(kept.len());
        } else {
            kept.push(line.to_owned());
        }
        in_output |= starts_output;
    }
    (kept, place)
}

/// The first line that is no comment.
fn first_code(lines: &[String]) -> usize {
    let in_comment = |line: &&String| comment(line).is_some() || line.trim_start().starts_with('*');
    let starts = |line: &&String| line.starts_with("/*") || in_comment(line);
    lines.iter().take_while(starts).count()
}

/// The text of a comment; `None` if the line is no comment.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["//!", "//", ";;"]
        .iter()
        .find_map(|sign| line.strip_prefix(sign))
}

/// A line of expected output. An empty line needs no indentation.
fn output_line(line: &str) -> Option<&str> {
    let comment = comment(line)?;
    comment
        .strip_prefix(INDENT)
        .or_else(|| comment.is_empty().then_some(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
// One behaviour.
// EXIT: 3
// STDOUT:
//   first
//
//     indented
// STDERR-CONTAINS: thread 2
// STDERR-CONTAINS: cycle
// STDERR-LACKS: note
// ARGS: a b
// ARG: two words
// ARG:
// ENV: NAME=two words = one
// ENV: EMPTY=
// DIR:
// DISK-BYTES: 65536
// NET: loopback
// WITH: sqlite
// KILLS: 5
// STDIN: echo one: two
// READER: sort -r
// RUN-FLAGS: --max-threads 4
// LIMIT-S: 120
// SKIP: native: has no such limit
// FAILS: node: cannot do it yet
int main(void);
";

    #[test]
    fn everything_is_read() {
        let read = Expectation::read(SOURCE).expect("it is well-formed");
        assert_eq!(
            read,
            Expectation {
                exit: 3,
                stdout: "first\n\n  indented\n".into(),
                stderr_contains: vec!["thread 2".into(), "cycle".into()],
                stderr_lacks: vec!["note".into()],
                args: ["a", "b", "two words", ""].map(str::to_owned).to_vec(),
                env: vec![
                    ("NAME".into(), "two words = one".into()),
                    ("EMPTY".into(), String::new()),
                ],
                dir: true,
                disk_bytes: Some(65536),
                net: true,
                with: Some(Library::Sqlite),
                kills: NonZeroU32::new(5),
                stdin: Some("echo one: two".to_owned()),
                reader: Some("sort -r".to_owned()),
                run_flags: vec!["--max-threads".into(), "4".into()],
                limit_s: Some(120),
                skip: vec![(Engine::Native, "has no such limit".into())],
                fails: vec![(Engine::Node, "cannot do it yet".into())],
            }
        );
        assert_eq!(read.skips(Engine::Native), Some("has no such limit"));
        assert_eq!(read.skips(Engine::Coopt), None);
        assert_eq!(read.fails(Engine::Node), Some("cannot do it yet"));
    }

    #[test]
    fn without_words_a_program_succeeds_in_silence() {
        assert_eq!(
            Expectation::read("int main(void) {}\n"),
            Ok(Expectation::default())
        );
    }

    #[test]
    fn nonsense_is_refused() {
        for (line, problem) in [
            ("// EXIT: success", "an exit code is a number"),
            ("// LIMIT-S: soon", "a limit is seconds"),
            ("// ENV: NAME", "`NAME=value` is needed"),
            ("// ENV: =value", "`NAME=value` is needed"),
            ("// NET: all", "a network is `loopback`"),
            ("// WITH: all", "there is no library `all`"),
            ("// KILLS: often", "kills are counted"),
            ("// KILLS: 0", "kills are counted"),
            ("// DISK-BYTES: few", "room is bytes"),
            ("// DIR: here", "nothing stands beside `DIR:`"),
            ("// SKIP: native", "`engine: why` is needed"),
            ("// SKIP: abacus: too slow", "there is no engine `abacus`"),
            (
                "// STDUOT:",
                "`STDUOT:` is no key; the keys are EXIT, STDOUT",
            ),
            ("// EXITS: 3", "`EXITS:` is no key"),
            ("// Exit: 3", "`Exit:` is no key"),
            ("// STDOUT: one", "what a program prints stands below"),
            ("int x;\n// EXIT: 3", "`EXIT:` stands above"),
        ] {
            let error = Expectation::read(&format!("// Words.\n{line}\n"))
                .expect_err("the last line is wrong");
            assert_eq!(error.line, 1 + line.lines().count());
            assert!(error.problem.starts_with(problem), "{error}");
        }
    }

    #[test]
    fn prose_with_a_colon_is_no_key() {
        let source = "/* NOTE: a block\n * X: y\n */\n\n// One thing: another.\n// A: b\n\
                      // See https://example.org.\n// STDOUT:\n//   EXCEPT: this\nint x;\n// SWITCH: here\n";
        let read = Expectation::read(source).expect("it is well-formed");
        assert_eq!(read.stdout, "EXCEPT: this\n");
    }

    #[test]
    fn a_blessed_source_expects_what_was_found() {
        let new = blessed(SOURCE, 0, "other\n");
        let read = Expectation::read(&new).expect("it is well-formed");
        assert_eq!((read.exit, read.stdout.as_str()), (0, "other\n"));
        assert_eq!(read.stderr_contains.len(), 2, "the rest is kept");
        assert!(new.starts_with("// One behaviour.\n// STDOUT:\n//   other\n// STDERR"));
        assert_eq!(
            blessed(&new, 0, "other\n"),
            new,
            "blessing twice is blessing once"
        );
    }

    #[test]
    fn the_first_blessing_goes_before_the_code() {
        assert_eq!(
            blessed("/*\n * Words.\n */\nint x;\n", 1, ""),
            "/*\n * Words.\n */\n// EXIT: 1\nint x;\n"
        );
        assert_eq!(
            blessed(";; Words.\n(module)\n", 0, "a\n\nb\n"),
            ";; Words.\n;; STDOUT:\n;;   a\n;;\n;;   b\n(module)\n"
        );
    }
}
