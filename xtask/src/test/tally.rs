//! What test runners say, added up.

use std::fmt;

/// The results of all tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub skipped: usize,
    /// The names of the tests that failed.
    pub failed: Vec<String>,
    /// How many failed tests were named since a runner last printed its counts.
    unnamed: usize,
    /// Lines to show once more at the end.
    notes: Vec<String>,
}

/// The beginnings of lines that are shown again at the end.
const NOTES: [&str; 1] = ["posix: "];

impl Tally {
    /// Adds a line that a test runner prints: `test a::b ... FAILED`, or
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
    pub fn add(&mut self, line: &str) {
        if NOTES.iter().any(|note| line.starts_with(note)) {
            self.notes.push(line.to_owned());
        }
        let Some(test) = line.strip_prefix("test ") else {
            return;
        };
        if let Some(result) = test.strip_prefix("result: ") {
            self.add_counts(result);
        } else if let Some((name, "FAILED")) = test.rsplit_once(" ... ") {
            let name: Vec<&str> = name.split_whitespace().collect();
            self.failed.push(name.join(" "));
            self.unnamed += 1;
        }
    }

    fn add_counts(&mut self, result: &str) {
        for part in result.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let (Some(count), Some(what)) = (words.next(), words.next()) else {
                continue;
            };
            let count: usize = count.parse().unwrap_or(0);
            match what {
                "passed" => self.passed += count,
                "ignored" => self.skipped += count,
                "failed" => {
                    // What a test prints may stand on the line of its name.
                    let named = std::mem::take(&mut self.unnamed);
                    for _ in named..count {
                        self.failed
                            .push("a test that a runner counted and did not name".to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    /// Prints the notes, the failed tests and the total.
    pub fn show(&self) {
        for note in &self.notes {
            println!("{note}");
        }
        if !self.failed.is_empty() {
            println!("failed:");
        }
        for name in &self.failed {
            println!("    {name}");
        }
        println!("total: {self}");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (passed, failed, skipped) = (self.passed, self.failed.len(), self.skipped);
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_add_up_and_failures_are_named() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s",
            "test [coopt]   c/mutex ... FAILED",
            "test a_test ... ok",
            "test result: FAILED. 2 passed; 2 failed; 0 ignored; 0 measured",
            "posix: 9 of 10",
        ] {
            tally.add(line);
        }
        assert_eq!(tally.to_string(), "5 passed, 2 failed, 1 skipped");
        assert_eq!(tally.failed[0], "[coopt] c/mutex");
        assert_eq!(tally.notes, ["posix: 9 of 10"]);
    }
}
