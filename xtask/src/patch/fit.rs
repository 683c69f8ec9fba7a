//! Where a hunk belongs, or why it does not.

use anyhow::{Result, bail};

use super::parse::{Hunk, Line};

/// A change of consecutive lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first line, counted from zero.
    pub at: usize,
    /// How many lines are removed.
    pub removed: usize,
    /// The lines that take their place.
    pub added: Vec<String>,
}

/// The changes that `hunk` makes in the lines of `file`.
///
/// # Errors
/// When the lines of the hunk are not where they must be.
pub fn changes(hunk: &Hunk, file: &[&str]) -> Result<Vec<Change>> {
    let mut at = place(hunk, file)?;
    let mut changes: Vec<Change> = Vec::new();
    let mut is_open = false;
    for line in &hunk.lines {
        if let Line::Context(_) = line {
            is_open = false;
            at += 1;
            continue;
        }
        if !is_open {
            changes.push(Change {
                at,
                removed: 0,
                added: Vec::new(),
            });
            is_open = true;
        }
        if let Some(change) = changes.last_mut() {
            match line {
                Line::Added(text) => change.added.push(text.clone()),
                _ => {
                    change.removed += 1;
                    at += 1;
                }
            }
        }
    }
    Ok(changes)
}

/// The line of the file, counted from zero, that the hunk's first line is.
fn place(hunk: &Hunk, file: &[&str]) -> Result<usize> {
    let old = hunk.old();
    let places = places(&old, file);
    let Some(at) = hunk.at else {
        return match places[..] {
            [only] => Ok(only),
            _ => bail!(
                "its lines must stand in one place of the file, and stand in {}:\n{}",
                places.len(),
                old.join("\n"),
            ),
        };
    };
    let start = at.saturating_sub(1);
    for (index, must) in old.iter().enumerate() {
        let found = file.get(start + index);
        if found != Some(must) {
            bail!(
                "line {} must be `{must}`, and is {}{}",
                start + index + 1,
                found.map_or("behind the end".to_owned(), |found| format!("`{found}`")),
                elsewhere(&places),
            );
        }
    }
    Ok(start)
}

/// The places where all of `old` stands.
fn places(old: &[&str], file: &[&str]) -> Vec<usize> {
    if old.is_empty() {
        return Vec::new();
    }
    let windows = file.windows(old.len()).enumerate();
    windows
        .filter_map(|(at, lines)| (lines == old).then_some(at))
        .collect()
}

fn elsewhere(places: &[usize]) -> String {
    let lines: Vec<String> = places.iter().map(|at| (at + 1).to_string()).collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!("; the hunk fits at line {}", lines.join(" and at line ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    const FILE: [&str; 6] = ["a", "b", "c", "b", "d", ""];

    fn fit(hunk: &str) -> Result<Vec<Change>> {
        let patch = parse("p", &format!("--- x\n+++ x\n{hunk}"))?;
        changes(&patch.files[0].hunks[0], &FILE)
    }

    fn change(at: usize, removed: usize, added: &[&str]) -> Change {
        let added = added.iter().map(|&line| line.to_owned()).collect();
        Change { at, removed, added }
    }

    #[test]
    fn a_hunk_changes_the_lines_it_names() {
        let found = fit("@@ -1,5 +1,6 @@\n a\n+1\n b\n-c\n-b\n+2\n+3\n d\n").expect("it fits");
        assert_eq!(found, [change(1, 0, &["1"]), change(2, 2, &["2", "3"])]);
    }

    #[test]
    fn lines_that_stand_once_are_found() {
        assert_eq!(fit("@@\n c\n-b\n").expect("once"), [change(3, 1, &[])]);
        for (lines, count) in [("-b", "in 2"), ("-e", "in 0"), ("+e", "in 0")] {
            let error = fit(&format!("@@\n{lines}\n")).expect_err(count).to_string();
            assert!(error.contains(count), "{error}");
        }
    }

    #[test]
    fn a_hunk_that_does_not_fit_says_what_is_there() {
        let error = fit("@@ -2,2 +2,1 @@\n b\n-d\n").expect_err("elsewhere");
        let error = error.to_string();
        assert!(error.contains("line 3 must be `d`, and is `c`"), "{error}");
        assert!(error.contains("fits at line 4"), "{error}");
        let error = fit("@@ -7 +7,0 @@\n-e\n").expect_err("no such line");
        assert!(error.to_string().contains("behind the end"), "{error}");
    }
}
