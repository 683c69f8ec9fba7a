//! The text of a patch.

use anyhow::{Context as _, Result, bail, ensure};

/// Changes of some files that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// What errors call the patch.
    pub name: String,
    /// The prose before the first file.
    pub why: String,
    pub files: Vec<FilePatch>,
}

/// Changes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePatch {
    /// The path of the file, relative to the folder that is patched.
    pub file: String,
    pub hunks: Vec<Hunk>,
}

/// Changes of one place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hunk {
    /// The line of the patch with the head of the hunk, counted from one.
    pub line: usize,
    /// The line of the file that the hunk's first line is, counted from one;
    /// `None` when the lines must be found.
    pub at: Option<usize>,
    pub lines: Vec<Line>,
}

/// A line of a hunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Context(String),
    Removed(String),
    Added(String),
}

/// How many lines a hunk has, by its head.
#[derive(Clone, Copy, Debug)]
struct Counts {
    old: usize,
    new: usize,
}

/// Reads the patch `name`.
///
/// # Errors
/// When a line is none of a patch, a hunk has another number of lines than its
/// head says, or nothing is changed.
pub fn parse(name: &str, text: &str) -> Result<Patch> {
    let within = |line: usize| format!("patch `{name}`, line {line}");
    let mut patch = Patch {
        name: name.to_owned(),
        why: String::new(),
        files: Vec::new(),
    };
    let mut lines = (1..).zip(text.split('\n')).peekable();
    while let Some((number, line)) = lines.next() {
        if let Some(old) = line.strip_prefix("--- ") {
            let new = lines.next().map_or("", |(_, line)| line);
            let file = named(old, new).with_context(|| within(number))?;
            let hunks = Vec::new();
            patch.files.push(FilePatch { file, hunks });
        } else if let Some(head) = line.strip_prefix("@@") {
            let (at, mut counts) = read_head(head).with_context(|| within(number))?;
            let mut hunk = Hunk {
                line: number,
                at,
                lines: Vec::new(),
            };
            while let Some((_, line)) = lines.next_if(|(_, line)| goes_on(line, counts)) {
                let line = read_line(line, &mut counts);
                hunk.lines.push(line.with_context(|| within(number))?);
            }
            hunk.check(counts).with_context(|| within(number))?;
            let file = patch.files.last_mut();
            let file = file.context("a hunk stands below the `---` of its file");
            file.with_context(|| within(number))?.hunks.push(hunk);
        } else if patch.files.is_empty() {
            patch.why.push_str(line);
            patch.why.push('\n');
        } else {
            // What git says of a file: `diff --git`, `index`.
            let is_of_git =
                line.is_empty() || line.starts_with("diff ") || line.starts_with("index ");
            ensure!(
                is_of_git,
                "{}: `{line}` is no line of a patch",
                within(number)
            );
        }
    }
    let is_empty = patch.files.iter().any(|file| file.hunks.is_empty());
    ensure!(
        !is_empty && !patch.files.is_empty(),
        "patch `{name}` must change something in each file it names"
    );
    Ok(patch)
}

/// The file that two lines such as `--- a/x` and `+++ b/x` name.
fn named(old: &str, new: &str) -> Result<String> {
    let new = new.strip_prefix("+++ ").context("`+++` follows `---`")?;
    let path = |text: &str| text.split('\t').next().unwrap_or(text).to_owned();
    let (mut old, mut new) = (path(old), path(new));
    if let (Some(a), Some(b)) = (old.strip_prefix("a/"), new.strip_prefix("b/")) {
        (old, new) = (a.to_owned(), b.to_owned());
    }
    ensure!(
        old == new,
        "a patch changes a file and makes or renames none; found `{old}` and `{new}`"
    );
    Ok(new)
}

/// Where a hunk begins and how long it is. `head` is ` -12,6 +12,7 @@ words`, or
/// empty.
fn read_head(head: &str) -> Result<(Option<usize>, Option<Counts>)> {
    if head.trim().is_empty() {
        return Ok((None, None));
    }
    let wrong = || format!("a hunk begins with `@@ -12,6 +12,7 @@` or `@@`; found `@@{head}`");
    let ranges = head
        .strip_prefix(" -")
        .and_then(|head| head.split_once(" @@"));
    let (old, new) = ranges
        .and_then(|(ranges, _)| ranges.split_once(" +"))
        .with_context(wrong)?;
    let read = |range: &str| -> Option<(usize, usize)> {
        let (start, count) = range.split_once(',').unwrap_or((range, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let (start, old) = read(old).with_context(wrong)?;
    let (_, new) = read(new).with_context(wrong)?;
    // A hunk without old lines stands behind the line it names.
    let at = if old == 0 { start + 1 } else { start };
    Ok((Some(at), Some(Counts { old, new })))
}

/// Whether `line` still belongs to a hunk of which `counts` is left.
fn goes_on(line: &str, counts: Option<Counts>) -> bool {
    match counts {
        Some(Counts { old, new }) => old + new > 0,
        None => line.starts_with([' ', '-', '+']) && !line.starts_with("--- "),
    }
}

fn read_line(line: &str, counts: &mut Option<Counts>) -> Result<Line> {
    let text = line.get(1..).unwrap_or_default().to_owned();
    let (old, new, read) = match line.chars().next() {
        // An editor may have taken the space from an empty line.
        Some(' ') | None => (1, 1, Line::Context(text)),
        Some('-') => (1, 0, Line::Removed(text)),
        Some('+') => (0, 1, Line::Added(text)),
        _ => bail!("a hunk has fewer lines than its head says; found `{line}`"),
    };
    if let Some(counts) = counts {
        let left = (counts.old.checked_sub(old), counts.new.checked_sub(new));
        let (Some(old), Some(new)) = left else {
            bail!("a hunk has other lines than its head says; found `{line}`");
        };
        *counts = Counts { old, new };
    }
    Ok(read)
}

impl Hunk {
    fn check(&self, left: Option<Counts>) -> Result<()> {
        let is_whole = left.is_none_or(|left| left.old + left.new == 0);
        ensure!(is_whole, "a hunk has fewer lines than its head says");
        let changes = |line: &Line| !matches!(line, Line::Context(_));
        ensure!(self.lines.iter().any(changes), "a hunk changes something");
        Ok(())
    }

    /// The lines that the hunk must find in the file.
    pub fn old(&self) -> Vec<&str> {
        let old = self.lines.iter().filter_map(|line| match line {
            Line::Context(text) | Line::Removed(text) => Some(text.as_str()),
            Line::Added(_) => None,
        });
        old.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "\
Because.

--- a/x.c
+++ b/x.c
@@ -3,3 +3,3 @@ int f(void)
 one
-two
+2

@@ -9,0 +10 @@
+ten
--- y.c
+++ y.c
@@
-a
+b
";

    #[test]
    fn a_patch_is_read() {
        let patch = parse("p", PATCH).expect("a patch");
        assert_eq!(patch.why.trim(), "Because.");
        let files: Vec<_> = patch.files.iter().map(|file| &*file.file).collect();
        assert_eq!(files, ["x.c", "y.c"]);
        let [first, second] = &patch.files[0].hunks[..] else {
            panic!("two hunks: {patch:?}");
        };
        assert_eq!((first.line, first.at), (5, Some(3)));
        assert_eq!(first.old(), ["one", "two", ""]);
        assert_eq!((second.at, second.lines.len()), (Some(10), 1));
        assert_eq!(patch.files[1].hunks[0].at, None);
    }

    #[test]
    fn what_is_no_patch_is_refused_with_its_line() {
        let file = "--- a/x\n+++ b/x\n";
        for (text, part) in [
            ("words".to_owned(), "must change something"),
            (file.to_owned(), "must change something"),
            ("@@\n-a\n".to_owned(), "below the `---`"),
            ("--- a/x\n-a\n".to_owned(), "`+++` follows"),
            ("--- a/x\n+++ b/y\n".to_owned(), "found `x` and `y`"),
            (format!("{file}@@ -1 @@\n-a\n"), "a hunk begins with"),
            (
                format!("{file}@@ -1,2 +1 @@\n-a\n+b\n"),
                "other lines|fewer lines",
            ),
            (format!("{file}@@ -1 +1 @@\n-a\nb\n"), "found `b`"),
            (format!("{file}@@\n a\n"), "changes something"),
            (format!("{file}@@\n-a\n\nwords\n"), "is no line of a patch"),
        ] {
            let error = format!("{:#}", parse("p", &text).expect_err(part));
            assert!(part.split('|').any(|part| error.contains(part)), "{error}");
            assert!(error.contains("patch `p`"), "{error}");
        }
    }
}
