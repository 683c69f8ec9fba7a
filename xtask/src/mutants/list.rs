//! The list of mutants. The head of `mutants.txt` describes its format.

use anyhow::{Context as _, Result, bail, ensure};

use crate::patch::{self, Patch};

/// One broken variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    pub name: String,
    /// What is broken, in words.
    pub breaks: String,
    /// Which tests must notice, as a filter on their names.
    pub tests: String,
    /// What breaks the code: changes of files below `crates`.
    pub patch: Patch,
}

/// Begins a mutant.
const TITLE: &str = "## ";

/// Reads the list.
///
/// # Errors
/// When a line is none of a list, or a mutant lacks a part.
pub fn parse(text: &str) -> Result<Vec<Mutant>> {
    let mut mutants = Vec::new();
    let mut lines = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = lines.next() {
        if let Some(title) = line.strip_prefix(TITLE) {
            let mut body = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with(TITLE)) {
                body.push(line);
            }
            let mutant = read(title, &body);
            mutants.push(mutant.with_context(|| format!("line {number}"))?);
        } else if !line.is_empty() && !line.starts_with('#') {
            bail!("line {number} belongs to no mutant: `{line}`");
        }
    }
    Ok(mutants)
}

/// Reads the mutant of a title and the lines below it.
fn read(title: &str, body: &[&str]) -> Result<Mutant> {
    let (name, breaks) = title.split_once(": ").context("a title says what breaks")?;
    let (tests, patch) = body.split_first().unwrap_or((&"", &[]));
    let tests = tests
        .strip_prefix("tests: ")
        .with_context(|| format!("`tests:` follows the title of `{name}`; found `{tests}`"))?;
    let patch = patch::parse(name, &patch.join("\n"))?;
    ensure!(
        patch.why.is_empty(),
        "mutant `{name}` says in its title what breaks, and not in `{}`",
        patch.why.trim(),
    );
    Ok(Mutant {
        name: name.to_owned(),
        breaks: breaks.to_owned(),
        tests: tests.to_owned(),
        patch,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
# A comment.

## one: two lines become one
tests: mutex::
--- a/src/lib.rs
+++ a/src/lib.rs
@@
-    first
-    second
+    third

## two: nothing works
tests: cond::
--- b.rs
+++ b.rs
@@
-x
";

    #[test]
    fn a_list_is_read() {
        let mutants = parse(LIST).expect("a list");
        let [one, two] = &mutants[..] else {
            panic!("two: {mutants:?}");
        };
        assert_eq!(one.breaks, "two lines become one");
        assert_eq!(one.patch.files[0].file, "a/src/lib.rs");
        assert_eq!((&*two.name, &*two.tests), ("two", "cond::"));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let patch = "--- x\n+++ x\n@@\n-a\n";
        for text in [
            "words",
            "## no words",
            "## a: b\nfile: x",
            "## a: b\ntests: c",
            &format!("## a: b\n{patch}"),
            &format!("## a: b\ntests: c\nwords\n{patch}"),
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
