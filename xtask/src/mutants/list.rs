//! The list of mutants. Its format is described at its head.

use anyhow::{Context as _, Result, bail, ensure};

/// One broken variant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mutant {
    pub name: String,
    /// What is broken, in words.
    pub breaks: String,
    /// The file, below `crates`.
    pub file: String,
    /// Which tests must notice.
    pub tests: String,
    /// The text that must occur exactly once.
    pub find: String,
    /// The text in its place.
    pub replacement: String,
}

impl Mutant {
    /// The mutant of a source text.
    ///
    /// # Errors
    /// When the text to find does not occur exactly once.
    pub fn apply(&self, source: &str) -> Result<String> {
        let found = source.matches(&self.find).count();
        ensure!(
            found == 1,
            "mutant `{}`: its text occurs {found} times in `crates/{}`, and must occur once; \
             the code has changed, so change `mutants.txt` with it:\n{}",
            self.name,
            self.file,
            self.find,
        );
        Ok(source.replacen(&self.find, &self.replacement, 1))
    }
}

/// Reads the list.
///
/// # Errors
/// When a line is none of a list, or a mutant lacks a part.
pub fn parse(text: &str) -> Result<Vec<Mutant>> {
    let mut mutants: Vec<Mutant> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(title) = line.strip_prefix("## ") {
            mutants.push(titled(title).with_context(|| format!("line {number}"))?);
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mutant = mutants.last_mut();
        let mutant = mutant.with_context(|| format!("line {number} belongs to no mutant"))?;
        add(mutant, line).with_context(|| format!("line {number}"))?;
    }
    for mutant in &mutants {
        ensure!(
            !mutant.file.is_empty() && !mutant.tests.is_empty() && !mutant.find.is_empty(),
            "mutant `{}` lacks its file, its tests or the lines to replace",
            mutant.name,
        );
    }
    Ok(mutants)
}

fn titled(title: &str) -> Result<Mutant> {
    let (name, breaks) = title.split_once(": ").context("a title says what breaks")?;
    Ok(Mutant {
        name: name.to_owned(),
        breaks: breaks.to_owned(),
        ..Mutant::default()
    })
}

fn add(mutant: &mut Mutant, line: &str) -> Result<()> {
    if let Some(file) = line.strip_prefix("file: ") {
        mutant.file = file.to_owned();
    } else if let Some(tests) = line.strip_prefix("tests: ") {
        mutant.tests = tests.to_owned();
    } else if let Some(find) = line.strip_prefix('-') {
        add_line(&mut mutant.find, find);
    } else if let Some(replacement) = line.strip_prefix('+') {
        add_line(&mut mutant.replacement, replacement);
    } else {
        bail!("`{line}` is no part of a mutant");
    }
    Ok(())
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
# A comment.

## one: two lines become one
file: a/src/lib.rs
tests: mutex::
-    first
-    second
+    third
";

    #[test]
    fn a_list_is_read() {
        let mutants = parse(LIST).expect("a list");
        assert_eq!(mutants.len(), 1);
        assert_eq!(mutants[0].breaks, "two lines become one");
        assert_eq!(mutants[0].find, "    first\n    second");
        let source = "zero\n    first\n    second\nlast\n";
        let mutated = mutants[0].apply(source).expect("it occurs once");
        assert_eq!(mutated, "zero\n    third\nlast\n");
    }

    #[test]
    fn a_text_that_is_not_there_exactly_once_is_an_error_that_says_so() {
        let mutant = &parse(LIST).expect("a list")[0];
        let twice = "    first\n    second\n".repeat(2);
        for (source, count) in [("", "0 times"), (&twice, "2 times")] {
            let error = mutant.apply(source).expect_err("not once").to_string();
            assert!(error.contains(count) && error.contains("`one`"), "{error}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["file: x", "## no words", "## a: b\nfile: x", "## a: b\n?"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
