//! The tests that are known not to pass, and why.
//!
//! ```text
//! # a comment
//! [processes] they start a second process, and WASI has none
//! pthread_atfork/1-1  does-not-build
//!
//! [faulty] the test is wrong:
//! sem_init/7-1  fails  it demands a limit that we do not have
//! ```
//!
//! A reason that ends with a colon is completed on each of its lines.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::Outcome;

/// The list, read.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Reasons, in the order of the list.
    pub reasons: Vec<Reason>,
    entries: BTreeMap<String, Entry>,
}

/// Why tests do not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// One word, for the table.
    pub name: String,
    /// A sentence.
    pub text: String,
}

/// A test that is known not to pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How the test ends.
    pub outcome: Outcome,
    /// The name of the reason.
    pub reason: String,
    /// The text of the reason, with what the test's line adds.
    pub why: String,
}

impl Expected {
    /// Reads the list.
    ///
    /// # Errors
    /// A text that says which line is wrong, and why.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut list = Self::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            let wrong = |how: String| format!("line {}: {how}: `{line}`", number + 1);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.strip_prefix('[') {
                Some(heading) => list.reasons.push(Reason::read(heading).map_err(wrong)?),
                None => list.add(line).map_err(wrong)?,
            }
        }
        Ok(list)
    }

    /// What the list says about `test`.
    #[must_use]
    pub fn of(&self, test: &str) -> Option<&Entry> {
        self.entries.get(test)
    }

    /// The tests in the list.
    pub fn tests(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let reason = self
            .reasons
            .last()
            .ok_or("a line needs a reason above it")?;
        let mut words = line.split_whitespace();
        let (Some(test), Some(outcome)) = (words.next(), words.next()) else {
            return Err("a line must name a test and how it ends".to_owned());
        };
        let outcome = Outcome::named(outcome)
            .filter(|outcome| *outcome != Outcome::Passes)
            .ok_or_else(|| format!("`{outcome}` is no way not to pass"))?;
        let more: Vec<&str> = words.collect();
        if reason.text.ends_with(':') && more.is_empty() {
            return Err(format!(
                "the reason `{}` is completed on each line",
                reason.name
            ));
        }
        let entry = Entry {
            outcome,
            reason: reason.name.clone(),
            why: [reason.text.as_str(), &more.join(" ")]
                .join(" ")
                .trim_end()
                .to_owned(),
        };
        match self.entries.insert(test.to_owned(), entry) {
            None => Ok(()),
            Some(first) => Err(format!("it is listed under `{}` already", first.reason)),
        }
    }
}

impl Reason {
    /// Reads a heading without its opening bracket.
    fn read(heading: &str) -> Result<Self, String> {
        let (name, text) = heading.split_once(']').ok_or("a heading ends with `]`")?;
        if name.is_empty() || text.trim().is_empty() {
            return Err("a heading is a word in brackets and a reason".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            text: text.trim().to_owned(),
        })
    }
}

/// The text of the list without the lines of `tests`.
#[must_use]
pub fn without(text: &str, tests: &BTreeSet<&str>) -> String {
    let stays = |line: &&str| {
        let first = line.split_whitespace().next();
        first.is_none_or(|test| !tests.contains(test))
    };
    text.split_inclusive('\n').filter(stays).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
# a comment

[processes] no second process
a/1-1  does-not-build
[faulty] the test is wrong:
a/1-2  fails  it adds
       # an indented comment
";

    #[test]
    fn a_list_is_read() {
        let list = Expected::read(LIST).expect("it is in order");
        let first = list.of("a/1-1").expect("it is listed");
        assert_eq!(first.outcome, Outcome::DoesNotBuild);
        assert_eq!(
            (&*first.reason, &*first.why),
            ("processes", "no second process")
        );
        let second = list.of("a/1-2").expect("it is listed");
        assert_eq!(second.why, "the test is wrong: it adds");
        assert_eq!(list.of("a/1-3"), None);
        assert_eq!(list.reasons.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, what) in [
            ("a/1-1 fails", "line 1: a line needs a reason"),
            ("[x] y\n\na/1-1", "line 3: a line must name a test"),
            ("[x] y\na/1-1 passes", "`passes` is no way not to pass"),
            ("[x] y\na/1-1 flies", "`flies` is no way not to pass"),
            ("[x] y:\na/1-1 fails", "completed on each line"),
            (
                "[x] y\na/1-1 fails\na/1-1 hangs",
                "listed under `x` already",
            ),
            ("[x]", "a word in brackets and a reason"),
            ("[x y", "ends with `]`"),
        ] {
            let error = Expected::read(text).expect_err(text);
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn lines_can_be_taken_out() {
        let text = without(LIST, &BTreeSet::from(["a/1-1"]));
        assert_eq!(text, LIST.replace("a/1-1  does-not-build\n", ""));
    }
}
