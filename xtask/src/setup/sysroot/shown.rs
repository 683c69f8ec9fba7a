//! Shows what the source hides: the lines of `sysroot/shown.txt`, which says at its head how it is
//! written.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

/// Makes the conditions hold that the list `text` names, in the files of the folder `source`.
///
/// # Errors
/// When the list is not in order, names what is not there, or a file cannot be read or written.
pub fn apply(text: &str, source: &Path) -> Result<()> {
    for (file, parts) in entries(text)? {
        let path = source.join(file);
        let old = fs::read_to_string(&path).with_context(|| format!("reading `{file}`"))?;
        let new = show(&old, &parts).with_context(|| format!("showing parts of `{file}`"))?;
        fs::write(&path, new).with_context(|| format!("writing `{}`", path.display()))?;
    }
    Ok(())
}

/// The files of the list, each with the parts of lines.
fn entries(text: &str) -> Result<Vec<(&str, Vec<&str>)>> {
    let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        match (line.strip_prefix(' '), entries.last_mut()) {
            (None, _) => entries.push((line, Vec::new())),
            (Some(part), Some((_, parts))) => parts.push(part.trim_start()),
            (Some(part), None) => bail!("`{}` must stand below a file", part.trim_start()),
        }
    }
    Ok(entries)
}

fn show(text: &str, parts: &[&str]) -> Result<String> {
    let mut found = vec![false; parts.len()];
    let lines = text.split('\n').map(|line| {
        let part = parts
            .iter()
            .position(|part| line.starts_with("#if") && line.contains(part));
        match part {
            None => line,
            Some(at) => {
                found[at] = true;
                if line.starts_with("#ifndef") {
                    "#if 0"
                } else {
                    "#if 1"
                }
            }
        }
    });
    let new: Vec<&str> = lines.collect();
    for (part, found) in parts.iter().zip(found) {
        ensure!(found, "a line `#if` must have `{part}`, and none has");
    }
    Ok(new.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "#ifdef X /* no pipe */\npipe\n#endif\n#ifndef Y\n#error no Y\n#endif";

    #[test]
    fn conditions_hold_that_are_named() {
        let shown = show(SOURCE, &["no pipe", "Y"]).expect("both are there");
        assert_eq!(shown, "#if 1\npipe\n#endif\n#if 0\n#error no Y\n#endif");
        assert_eq!(show(SOURCE, &[]).expect("nothing to do"), SOURCE);
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let error = show(SOURCE, &["no pipe", "no dup"]).expect_err("no dup");
        assert!(error.to_string().contains("`no dup`"), "{error}");
    }

    #[test]
    fn parts_belong_to_the_file_above() {
        let list = "# why\na.h\n    no pipe\n    no dup\n\nb.h\n    no x */\n";
        let expected = vec![("a.h", vec!["no pipe", "no dup"]), ("b.h", vec!["no x */"])];
        assert_eq!(entries(list).expect("in order"), expected);
        assert!(entries("    no pipe\n").is_err());
    }
}
