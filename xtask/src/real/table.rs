//! The table in REAL_PROGRAMS.md, between two marks: a row for each program, of its
//! last run.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::list::{PROGRAMS, Program};
use super::own_tests::Count;
use crate::bench::machine::asked;
use crate::layout;

const BEGIN: &str = "<!-- written by `cargo xtask real` -->\n";
const END: &str = "<!-- end -->";

const HEAD: &str = "| program | needs | own tests | time | memory | measured | note |\n\
                    |---|---|---|--:|--:|---|---|\n";

/// What a run found of a program that did all it must.
pub struct Row {
    pub own_tests: Option<Count>,
    /// Processor time and memory, to native.
    pub time: f64,
    pub memory: f64,
}

/// Writes what `outcome` says of `program` into the table. The other rows stay.
pub fn put(program: &Program, outcome: &Result<Row>) -> Result<()> {
    let file = document();
    let text =
        fs::read_to_string(&file).with_context(|| format!("reading `{}`", file.display()))?;
    let row = shown(program, outcome, &when());
    let text = with_row(&text, program, &row)
        .with_context(|| format!("`{}` must have a part between marks", file.display()))?;
    fs::write(&file, text).with_context(|| format!("writing `{}`", file.display()))
}

fn document() -> PathBuf {
    layout::root().join("REAL_PROGRAMS.md")
}

/// The day and the commit of this run.
fn when() -> String {
    let date = asked("date", &["-u", "+%Y-%m-%d"]);
    format!(
        "{date}, {}",
        asked("git", &["rev-parse", "--short=7", "HEAD"])
    )
}

fn start_of(program: &Program) -> String {
    format!("| {} ", program.name)
}

/// `text` with `row` in the place of the program's row, in the order of the list.
fn with_row(text: &str, program: &Program, row: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (table, after) = rest.split_once(END)?;
    let mut new = format!("{before}{BEGIN}{HEAD}");
    for listed in PROGRAMS {
        let start = start_of(listed);
        let kept = table.lines().find(|line| line.starts_with(&start));
        let line = if listed.name == program.name {
            Some(row)
        } else {
            kept
        };
        if let Some(line) = line {
            new.push_str(line);
            new.push('\n');
        }
    }
    Some(format!("{new}{END}{after}"))
}

fn shown(program: &Program, outcome: &Result<Row>, when: &str) -> String {
    let needs = match program.words {
        "" => "nothing".to_owned(),
        words if words.contains('`') => words.to_owned(),
        words => format!("`{words}`"),
    };
    let (tests, time, memory, note) = match outcome {
        Ok(row) => (
            tests(row.own_tests),
            format!("{:.2}", row.time),
            format!("{:.1}", row.memory),
            program.note.to_owned(),
        ),
        // The error goes on with what was printed, and a cell is one line.
        Err(error) => {
            let why = format!("{:#}", error.root_cause());
            let why = why.lines().next().unwrap_or_default().replace('|', "/");
            // The document is not of this machine.
            let why = why.replace(&format!("{}/", layout::root().display()), "");
            let none = String::new;
            (
                none(),
                none(),
                none(),
                format!("fails: {why}; {}", program.note),
            )
        }
    };
    format!(
        "{}{} | {needs} | {tests} | {time} | {memory} | {when} | {note} |",
        start_of(program),
        program.version
    )
    .replace("  |", " |")
}

fn tests(count: Option<Count>) -> String {
    match count {
        None => "none".to_owned(),
        Some(Count {
            passed,
            skipped: 0,
            total,
        }) => format!("{passed} of {total}"),
        Some(count) => {
            let Count {
                passed,
                skipped,
                total,
            } = count;
            format!("{passed} of {total}, {skipped} skipped")
        }
    }
}

#[cfg(test)]
mod tests_of_tables {
    use super::*;

    #[test]
    fn a_row_takes_the_place_of_its_own_kind_only() {
        let text = format!("a\n{BEGIN}| xz 1 | old |\n| lz4 1 | kept |\n{END}\nb\n");
        let new = with_row(&text, &PROGRAMS[0], "| xz 2 | new |").expect("there are marks");
        assert_eq!(
            new,
            format!("a\n{BEGIN}{HEAD}| xz 2 | new |\n| lz4 1 | kept |\n{END}\nb\n")
        );
    }

    #[test]
    fn a_failure_has_no_figures() {
        let row = shown(
            &PROGRAMS[0],
            &Err(anyhow::anyhow!("one | two\nthree")),
            "now",
        );
        assert_eq!(
            row,
            "| xz 5.4.1 | nothing | | | | now | fails: one / two; `-T4` |"
        );
    }

    /// Else a figure would be of a program or version that nobody can run any more.
    #[test]
    fn the_table_has_each_program_of_the_list() {
        let text = fs::read_to_string(document()).expect("the document is there");
        for program in PROGRAMS {
            let start = format!("{}{} |", start_of(program), program.version);
            assert!(
                text.lines().any(|line| line.starts_with(&start)),
                "`cargo xtask real --only {}` must have written its row",
                program.name
            );
        }
    }
}
