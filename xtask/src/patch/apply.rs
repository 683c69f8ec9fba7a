//! Patches, applied to a file or to a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::fit::{self, Change};
use super::parse::{Hunk, Patch};

/// The text `source` of the file `file`, with the changes that `patches` make
/// in it.
///
/// # Errors
/// When a hunk does not fit, or two change the same lines.
pub fn to_text(patches: &[Patch], file: &str, source: &str) -> Result<String> {
    let lines: Vec<&str> = source.split('\n').collect();
    let mut changes: Vec<(Change, &Patch)> = Vec::new();
    for (patch, hunk) in hunks(patches, file) {
        let fitting = fit::changes(hunk, &lines).with_context(|| {
            format!(
                "patch `{}`, line {}: its hunk does not fit `{file}`",
                patch.name, hunk.line
            )
        })?;
        changes.extend(fitting.into_iter().map(|change| (change, patch)));
    }
    changes.sort_by_key(|(change, _)| change.at);
    for pair in changes.windows(2) {
        let ((first, one), (second, other)) = (&pair[0], &pair[1]);
        if first.at + first.removed > second.at || first.at == second.at {
            bail!(
                "patches `{}` and `{}` both change line {} of `{file}`",
                one.name,
                other.name,
                second.at + 1,
            );
        }
    }
    Ok(changed(&lines, &changes))
}

fn changed(lines: &[&str], changes: &[(Change, &Patch)]) -> String {
    let mut new: Vec<&str> = Vec::new();
    let mut at = 0;
    for (change, _) in changes {
        new.extend(&lines[at..change.at]);
        new.extend(change.added.iter().map(String::as_str));
        at = change.at + change.removed;
    }
    new.extend(&lines[at..]);
    new.join("\n")
}

fn hunks<'a>(patches: &'a [Patch], file: &'a str) -> impl Iterator<Item = (&'a Patch, &'a Hunk)> {
    patches.iter().flat_map(move |patch| {
        let files = patch.files.iter().filter(move |of| of.file == file);
        files.flat_map(move |of| of.hunks.iter().map(move |hunk| (patch, hunk)))
    })
}

/// Changes the files in `folder`, once all fit.
///
/// # Errors
/// As [`to_text`]; when a file cannot be read or written.
pub fn to_folder(patches: &[Patch], folder: &Path) -> Result<()> {
    let mut texts = BTreeMap::new();
    for patch in patches {
        for file in patch.files.iter().map(|of| &of.file) {
            let path = folder.join(file);
            let source = fs::read_to_string(&path)
                .with_context(|| format!("patch `{}`: reading `{}`", patch.name, path.display()))?;
            texts.insert(path, to_text(patches, file, &source)?);
        }
    }
    for (path, text) in texts {
        fs::write(&path, text).with_context(|| format!("writing `{}`", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    const SOURCE: &str = "a\nb\nc\n";

    fn apply(hunks: &[&str]) -> Result<String> {
        let patches: Result<Vec<Patch>> = hunks
            .iter()
            .zip(["one", "two"])
            .map(|(hunk, name)| parse(name, &format!("--- x\n+++ x\n{hunk}")))
            .collect();
        to_text(&patches?, "x", SOURCE)
    }

    #[test]
    fn each_patch_is_for_the_source_as_it_is() {
        let text = apply(&[
            "@@ -1,2 +1,3 @@\n+0\n a\n b\n",
            "@@ -2,2 +2,2 @@\n b\n-c\n+3\n",
        ]);
        assert_eq!(text.expect("both fit"), "0\na\nb\n3\n");
    }

    #[test]
    fn an_end_without_a_newline_stays_one() {
        let patch = parse("p", "--- x\n+++ x\n@@\n-a\n+1\n").expect("a patch");
        let text = to_text(&[patch], "x", "a\nb").expect("it fits");
        assert_eq!(text, "1\nb");
    }

    #[test]
    fn two_that_change_a_line_are_an_error() {
        let error = apply(&["@@\n-b\n+1\n", "@@ -1,2 +1 @@\n a\n-b\n"]).expect_err("both");
        let error = error.to_string();
        assert!(
            error.contains("`one` and `two` both change line 2 of `x`"),
            "{error}"
        );
    }

    #[test]
    fn what_does_not_fit_names_patch_file_line_and_text() {
        let error = format!("{:#}", apply(&["@@ -2 +2 @@\n-x\n+y\n"]).expect_err("no x"));
        for part in ["patch `one`, line 3", "`x`", "line 2 must be `x`", "is `b`"] {
            assert!(error.contains(part), "{error}");
        }
    }
}
