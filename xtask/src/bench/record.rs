//! Kept runs: `benches/runs/<date>-<commit>.csv` with every number measured,
//! and beside it a `.md` file with the tables made of the numbers.
//!
//! Documents cite a run by its name, so a run is never written over.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::machine::Facts;
use super::products::benches;
use super::report::Report;
use super::samples::Round;

/// Writes the run down, and returns its name.
pub fn keep(report: &Report<'_>) -> Result<String> {
    let folder = benches().join("runs");
    fs::create_dir_all(&folder).with_context(|| format!("making `{}`", folder.display()))?;
    let name = free_name(&folder, report.facts);
    let write = |extension: &str, text: String| {
        let file = folder.join(format!("{name}.{extension}"));
        fs::write(&file, text).with_context(|| format!("writing `{}`", file.display()))
    };
    write("csv", csv(report.facts, report.rounds))?;
    write("md", format!("# Run {name}\n\n{report}"))?;
    Ok(name)
}

/// `<date>-<commit>`, with a number behind it when there is such a run already.
fn free_name(folder: &Path, facts: &Facts) -> String {
    let fact = |wanted: &str| {
        let found = facts.iter().find(|(name, _)| *name == wanted);
        found.map_or("unknown", |(_, fact)| fact.trim_end_matches('+'))
    };
    let base = format!("{}-{}", fact("date"), fact("commit"));
    let taken = |name: &String| -> PathBuf { folder.join(format!("{name}.csv")) };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut names = std::iter::once(base.clone()).chain(numbered);
    names.find(|name| !taken(name).exists()).unwrap_or(base)
}

/// The facts as comments, then one line for each number.
fn csv(facts: &Facts, rounds: &[Round]) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    for (name, fact) in facts {
        let _ = writeln!(text, "# {name}: {fact}");
    }
    text.push_str("benchmark,source,round,value\n");
    for (number, round) in (1..).zip(rounds) {
        for (benchmark, source, value) in round.iter() {
            let _ = writeln!(text, "{benchmark},{source},{number},{value}");
        }
    }
    text
}
