//! Checks of the documents: the files and commands that they name exist, and
//! their figures are those of the run that they cite.

use std::fs;
use std::path::{Path, PathBuf};

use coopt_tests::documents::figures::{self, Run};
use coopt_tests::documents::paths::Files;
use coopt_tests::documents::text::{self, Piece};
use coopt_tests::file::read_file;
use coopt_tests::repository::{fail_with, root};

/// Folders with documents that are about the repository.
const FOLDERS: [&str; 4] = ["", "benches", "sysroot", "tests"];

/// Where runs are kept.
const RUNS: &str = "benches/runs";

/// The columns of a run's tables.
const FIGURE: &str = "measured";
const TO_NATIVE: &str = "coopt / native";

/// A number of a run: its row, its column, and the factor from README's unit to
/// the run's unit.
type Source = (&'static str, &'static str, f64);

/// The beginning of each row of README's table, and the numbers of the cited run
/// that the row shows.
const TABLE: &[(&str, &[Source])] = &[
    (
        "free mutex, recursive, errorcheck",
        &[
            ("uncontended mutex / native", FIGURE, 1.0),
            ("uncontended recursive mutex / native", FIGURE, 1.0),
            ("uncontended errorcheck mutex / native", FIGURE, 1.0),
        ],
    ),
    (
        "free rwlock to read, to write, semaphore",
        &[
            ("uncontended rwlock, to read / native", FIGURE, 1.0),
            ("uncontended rwlock, to write / native", FIGURE, 1.0),
            ("uncontended semaphore / native", FIGURE, 1.0),
        ],
    ),
    (
        "`pthread_once` done",
        &[
            ("once, done / native", FIGURE, 1.0),
            ("thread-specific value / native", FIGURE, 1.0),
            ("thread-local variable / native", FIGURE, 1.0),
        ],
    ),
    (
        "signal, post or wake with no waiter",
        &[
            ("signal with no waiter / uncontended mutex", FIGURE, 1.0),
            ("post with no waiter / uncontended mutex", FIGURE, 1.0),
            ("futex wake with no waiter / uncontended mutex", FIGURE, 1.0),
        ],
    ),
    (
        "semaphore ping-pong",
        &[
            ("semaphore ping-pong / raw round trip", FIGURE, 1.0),
            ("pingpong_sem", TO_NATIVE, 1.0),
        ],
    ),
    (
        "condition variable ping-pong",
        &[
            ("condition variable ping-pong / raw round trip", FIGURE, 1.0),
            ("pingpong_cond", TO_NATIVE, 1.0),
        ],
    ),
    (
        "timed ping-pong less one clock read",
        &[(
            "(timed ping-pong - one clock read) / untimed ping-pong",
            FIGURE,
            1.0,
        )],
    ),
    (
        "the same with each deadline computed anew",
        &[(
            "the same, deadlines computed anew: (- one clock read for each of two waits)",
            FIGURE,
            1.0,
        )],
    ),
    (
        "rwlock, semaphore, condition variable handed over",
        &[
            ("a rwlock handed over / one raw switch", FIGURE, 1.0),
            ("a semaphore handed over / one raw switch", FIGURE, 1.0),
            (
                "a condition variable handed over / one raw switch",
                FIGURE,
                1.0,
            ),
        ],
    ),
    (
        "one wake-up of a broadcast",
        &[
            (
                "a wake-up of a broadcast to 100 / one raw switch",
                FIGURE,
                1.0,
            ),
            ("broadcast_100", TO_NATIVE, 1.0),
        ],
    ),
    (
        "cancelling one of 1000",
        &[(
            "cancelling one of 1000 / one of 100 (linear: 1 and cache misses; quadratic: 10)",
            FIGURE,
            1.0,
        )],
    ),
    (
        "create and join",
        &[("create and join / raw create, run and end", FIGURE, 1.0)],
    ),
    (
        "fairness",
        &[("fairness: fewest turns / most turns", FIGURE, 1.0)],
    ),
    (
        "a wait of 1 ms",
        &[
            ("a wait of 1 ms, median", FIGURE, 1000.0),
            ("a sleep of 50 us, median", FIGURE, 1.0),
        ],
    ),
    (
        "resident memory",
        &[(
            "resident memory of a blocked thread, 10,000 at once",
            FIGURE,
            1.0,
        )],
    ),
    ("conversion", &[("conversion", FIGURE, 1.0)]),
    (
        "CPU time",
        &[(
            "CPU time of `coopt run` of a cached 1 MB program",
            FIGURE,
            1.0,
        )],
    ),
    (
        "read, write of 4 KiB in turn",
        &[
            ("read of 4 KiB / native", FIGURE, 1.0),
            ("write of 4 KiB / native", FIGURE, 1.0),
        ],
    ),
    (
        "pread, pwrite of 4 KiB anywhere, to native",
        &[
            ("pread of 4 KiB / native", FIGURE, 1.0),
            ("pwrite of 4 KiB / native", FIGURE, 1.0),
        ],
    ),
    (
        "stat, open and close",
        &[
            ("stat / native", FIGURE, 1.0),
            ("open and close / native", FIGURE, 1.0),
        ],
    ),
    (
        "printf of a line",
        &[
            ("printf of a line / native", FIGURE, 1.0),
            ("printf and fflush / native", FIGURE, 1.0),
        ],
    ),
    (
        "read, write of 256 MiB",
        &[
            ("read of 256 MiB, speed to stock wasmtime", FIGURE, 1.0),
            ("write of 256 MiB, speed to stock wasmtime", FIGURE, 1.0),
        ],
    ),
    (
        "pread, pwrite of 4 KiB anywhere: speed",
        &[
            ("pread of 4 KiB, speed to stock wasmtime", FIGURE, 1.0),
            ("pwrite of 4 KiB, speed to stock wasmtime", FIGURE, 1.0),
        ],
    ),
    (
        "SQLite's speedtest1",
        &[("SQLite's speedtest1, speed to native", FIGURE, 1.0)],
    ),
    (
        "echo to 100 connections",
        &[("echo of 100 connections, speed to native", FIGURE, 1.0)],
    ),
    (
        "the same beside 100 silent ones",
        &[("echo beside 100 silent connections / without", FIGURE, 1.0)],
    ),
    (
        "hello world",
        &[
            ("hello world without its names", FIGURE, 1.0),
            ("hello world of a thread without its names", FIGURE, 1.0),
        ],
    ),
];

#[test]
fn paths_lead_to_files() -> Result<(), String> {
    let root = root()?;
    // The suite's table names the suite's folders.
    let suite = xtask::setup::posix::folder();
    let files = Files::below(&[&root, &suite])?;
    check(|document, text| {
        let mut problems = Vec::new();
        for Piece { line, text } in text::code(text) {
            if files.concerns(&text) && !files.has(&text) {
                problems.push((line, format!("names `{text}`, and there is no such file")));
            }
        }
        let folder = document.parent().unwrap_or(&root);
        for Piece { line, text } in text::links(text) {
            if !folder.join(&text).exists() {
                problems.push((
                    line,
                    format!("links to `{text}`, and there is no such file"),
                ));
            }
        }
        problems
    })
}

#[test]
fn commands_exist() -> Result<(), String> {
    let commands = xtask::task::names();
    check(|_, text| {
        let named = text::commands(text).into_iter();
        let unknown = named.filter(|piece| !commands.contains(&piece.text));
        unknown
            .map(|piece| {
                let problem = format!("names `cargo xtask {}`, which is no command", piece.text);
                (piece.line, problem)
            })
            .collect()
    })
}

#[test]
fn figures_are_those_of_the_run() -> Result<(), String> {
    let readme = read_file(&root()?.join("README.md"))?;
    let lines: Vec<&str> = readme.lines().collect();
    let head = lines
        .iter()
        .position(|line| line.starts_with("| what | measured |"));
    let head = head.ok_or("README.md has no table of figures")?;
    // The table shows the run that is cited last above the table.
    let mut link = text::links(&lines[..head].join("\n")).into_iter();
    let run = link.rfind(|link| link.text.starts_with(RUNS));
    let run = run.ok_or("README.md cites no run above its table")?.text;
    let run = Run::read(&read_file(&root()?.join(&run))?);
    let mut problems = Vec::new();
    let rows = lines[head + 2..]
        .iter()
        .take_while(|line| line.starts_with('|'));
    for row in rows.map(|line| figures::row(line)) {
        if let Err(problem) = figures_of(&row, &run) {
            problems.push(format!("README.md, row `{}`: {problem}", row[0]));
        }
    }
    fail_with(&problems)
}

/// Checks that each number in a row of README's table is the run's.
fn figures_of(row: &[&str], run: &Run) -> Result<(), String> {
    let known = TABLE.iter().find(|(start, _)| row[0].starts_with(start));
    let (_, cells) = known.ok_or("tests/documents.rs does not know what it is taken from")?;
    let shown = figures::numbers(row[1]);
    if shown.len() != cells.len() {
        return Err(format!(
            "has {} numbers and must have {}",
            shown.len(),
            cells.len()
        ));
    }
    for (shown, (name, column, factor)) in shown.iter().zip(*cells) {
        let value = run.get(name, column);
        let value = value.ok_or_else(|| format!("the run has no `{name}`, `{column}`"))?;
        if !shown.times(*factor).is(value) {
            return Err(format!(
                "the run has {value} for `{name}`; found `{}`",
                row[1]
            ));
        }
    }
    Ok(())
}

/// Calls `look` for each document, and fails with the problems that it returns.
fn check(look: impl Fn(&Path, &str) -> Vec<(usize, String)>) -> Result<(), String> {
    let mut problems = Vec::new();
    for document in documents()? {
        let text = read_file(&document)?;
        let root = root()?;
        let name = document.strip_prefix(&root).unwrap_or(&document);
        let found = look(&document, &text).into_iter();
        problems.extend(
            found.map(|(line, problem)| format!("{}, line {line}, {problem}", name.display())),
        );
    }
    fail_with(&problems)
}

fn documents() -> Result<Vec<PathBuf>, String> {
    let mut documents = Vec::new();
    for folder in FOLDERS {
        let folder = root()?.join(folder);
        let listing = |error| format!("listing `{}`: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(listing)? {
            let path = entry.map_err(listing)?.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                documents.push(path);
            }
        }
    }
    documents.sort();
    Ok(documents)
}
