//! The report of a run of the whole suite: the part of CONFORMANCE.md between
//! two markers, and a summary of one line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::expected::Expected;
use super::outcome::Outcome;
use super::suite::Test;

/// The line before the generated part.
const BEGIN: &str = "<!-- written by `cargo xtask conformance`: begin -->";
/// The line after the generated part.
const END: &str = "<!-- written by `cargo xtask conformance`: end -->";

/// Counts of tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    tests: u32,
    built: u32,
    /// Built tests that say themselves that they test nothing.
    silent: u32,
    passed: u32,
    /// Tests that do not pass, by reason.
    expected: BTreeMap<String, u32>,
    /// Tests that do not pass, and link and test something, by reason.
    failed: BTreeMap<String, u32>,
}

/// The results of a run of the whole suite.
#[derive(Clone, Debug, Default)]
pub struct Report {
    total: Counts,
    interfaces: BTreeMap<String, Counts>,
    /// Name and text of each listed reason.
    reasons: Vec<(String, String)>,
}

impl Report {
    /// Counts the outcomes of the tests.
    #[must_use]
    pub fn of<'a>(
        found: impl IntoIterator<Item = (&'a Test, Outcome)>,
        expected: &Expected,
    ) -> Self {
        let mut report = Self::default();
        for (test, outcome) in found {
            let entry = expected.of(&test.name);
            let reason = entry.map_or("unexpected", |entry| &entry.reason);
            report.total.add(outcome, reason);
            let interface = report.interfaces.entry(test.interface.clone());
            interface.or_default().add(outcome, reason);
        }
        for reason in &expected.reasons {
            let text = reason.text.trim_end_matches(':').to_owned();
            report.reasons.push((reason.name.clone(), text));
        }
        report
    }

    /// The result in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let total = &self.total;
        format!(
            "posix: {} of {} tests pass ({}); {} test nothing, {} do not link",
            total.passed,
            total.speaking(),
            percentage(total.passed, total.speaking()),
            total.silent,
            total.tests - total.built,
        )
    }

    /// `document` with the generated part as it should be.
    ///
    /// # Errors
    /// A text, when the document lacks the markers.
    pub fn write_into(&self, document: &str) -> Result<String, String> {
        let missing = || format!("CONFORMANCE.md must have the lines `{BEGIN}` and `{END}`");
        let (before, rest) = document.split_once(BEGIN).ok_or_else(missing)?;
        let (_, after) = rest.split_once(END).ok_or_else(missing)?;
        Ok(format!("{before}{BEGIN}\n{}{END}{after}", self.text()))
    }

    fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write_totals(&mut text);
        let _ = self.write_table(&mut text);
        text
    }

    fn write_totals(&self, text: &mut String) -> std::fmt::Result {
        let total = &self.total;
        writeln!(
            text,
            "\n{} tests, of which {} compile and link. {} of these say themselves that they \
             test nothing\n(`PTS_UNSUPPORTED`, `PTS_UNTESTED`); of the other {}, {} pass: **{}**.",
            total.tests,
            total.built,
            total.silent,
            total.speaking(),
            total.passed,
            percentage(total.passed, total.speaking()),
        )?;
        writeln!(
            text,
            "\n| why a test does not pass | | tests | of which link, and test something |\n|---|---|---|---|"
        )?;
        for (name, reason) in &self.reasons {
            if let Some(count) = total.expected.get(name) {
                let failed = total.failed_for(name);
                writeln!(text, "| {name} | {reason} | {count} | {failed} |")?;
            }
        }
        writeln!(text)
    }

    fn write_table(&self, text: &mut String) -> std::fmt::Result {
        writeln!(text, "| interface | tests | link | pass | do not pass |")?;
        writeln!(text, "|---|---|---|---|---|")?;
        for (interface, counts) in &self.interfaces {
            let reasons: Vec<String> = counts
                .expected
                .iter()
                .map(|(reason, count)| format!("{count} {reason}"))
                .collect();
            writeln!(
                text,
                "| `{interface}` | {} | {} | {} | {} |",
                counts.tests,
                counts.built,
                counts.passed,
                reasons.join(", "),
            )?;
        }
        writeln!(text)
    }
}

impl Counts {
    fn add(&mut self, outcome: Outcome, reason: &str) {
        self.tests += 1;
        let is_built = outcome != Outcome::DoesNotBuild;
        self.built += u32::from(is_built);
        let is_silent = matches!(outcome, Outcome::Unsupported | Outcome::Untested);
        self.silent += u32::from(is_silent);
        if outcome == Outcome::Passes {
            self.passed += 1;
            return;
        }
        *self.expected.entry(reason.to_owned()).or_default() += 1;
        if is_built && !is_silent {
            *self.failed.entry(reason.to_owned()).or_default() += 1;
        }
    }

    /// How many tests link, test something, and do not pass for this reason.
    fn failed_for(&self, reason: &str) -> u32 {
        self.failed.get(reason).copied().unwrap_or(0)
    }

    /// The tests that link and test something.
    fn speaking(&self) -> u32 {
        self.built - self.silent
    }
}

fn percentage(part: u32, whole: u32) -> String {
    let percent = 100.0 * f64::from(part) / f64::from(whole.max(1));
    format!("{percent:.1} %")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn report() -> Report {
        let tests = ["1-1", "1-2", "1-3", "1-4"].map(|name| Test {
            name: format!("sem_init/{name}"),
            interface: "sem_init".to_owned(),
            file: PathBuf::new(),
            source: String::new(),
        });
        let list = "[forks] no `fork`:\nsem_init/1-2 does-not-build indeed\n\
                    [silent] quiet\nsem_init/1-4 untested\n[rest] none\n";
        let list = Expected::read(list).expect("it is in order");
        let outcomes = [
            Outcome::Passes,
            Outcome::DoesNotBuild,
            Outcome::Passes,
            Outcome::Untested,
        ];
        Report::of(tests.iter().zip(outcomes), &list)
    }

    #[test]
    fn a_table_stands_between_the_markers() {
        let document = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let written = report().write_into(&document).expect("there are markers");
        assert!(written.starts_with("before\n") && written.ends_with("\nafter\n"));
        assert!(!written.contains("old"));
        assert!(
            written.contains("| `sem_init` | 4 | 3 | 2 | 1 forks, 1 silent |\n"),
            "{written}"
        );
        assert!(
            written.contains("| forks | no `fork` | 1 | 0 |\n"),
            "{written}"
        );
        assert!(!written.contains("| rest |"), "{written}");
        assert_eq!(report().write_into(&written), Ok(written));
    }

    #[test]
    fn a_document_without_markers_is_refused() {
        assert!(report().write_into(BEGIN).is_err());
    }

    #[test]
    fn the_summary_counts() {
        let summary = report().summary();
        assert!(
            summary.contains("2 of 2 tests pass (100.0 %); 1 test nothing, 1 do not link"),
            "{summary}"
        );
    }
}
