//! The tables, in Markdown.

use std::fmt::{self, Write as _};

use super::figures::{self, Figure, Limit};
use super::machine::Facts;
use super::resources::RESOURCES;
use super::samples::{Round, Source, median};
use super::sides::Benchmark;

/// Everything a run found.
pub struct Report<'a> {
    pub facts: &'a Facts,
    pub benchmarks: &'a [Benchmark],
    pub rounds: &'a [Round],
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, fact) in self.facts {
            writeln!(f, "- {name}: {fact}")?;
        }
        writeln!(
            f,
            "- rounds: {}, of which the median is shown",
            self.rounds.len()
        )?;
        self.benchmark_table(f)?;
        self.resource_table(f)?;
        self.figure_table(f)
    }
}

impl Report<'_> {
    fn benchmark_table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n| benchmark | one operation | unit | native | coopt | raw | stock | coopt / native | coopt / raw | coopt / stock |"
        )?;
        writeln!(f, "|---|---|---|--:|--:|--:|--:|--:|--:|--:|")?;
        for benchmark in self.benchmarks {
            self.benchmark_row(benchmark, f)?;
        }
        Ok(())
    }

    fn benchmark_row(&self, benchmark: &Benchmark, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Benchmark {
            name,
            unit,
            operation,
        } = benchmark;
        let native = |round: &Round| round.get(name, Source::Native);
        let coopt = |round: &Round| round.get(name, Source::Coopt);
        let stock = |round: &Round| round.get(name, Source::Stock);
        let raw = |round: &Round| figures::raw(round, name, figures::raw_counterparts(name));
        writeln!(
            f,
            "| {name} | {operation} | {unit} | {} | {} | {} | {} | {} | {} | {} |",
            shown(median(self.rounds, native)),
            shown(median(self.rounds, coopt)),
            shown(median(self.rounds, raw)),
            shown(median(self.rounds, stock)),
            shown(median(self.rounds, |round| Some(
                coopt(round)? / native(round)?
            ))),
            shown(median(self.rounds, |round| Some(
                coopt(round)? / raw(round)?
            ))),
            shown(median(self.rounds, |round| Some(
                coopt(round)? / stock(round)?
            ))),
        )
    }

    fn resource_table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = |name| median(self.rounds, |round| round.get(name, Source::Coopt));
        if RESOURCES
            .iter()
            .all(|resource| value(resource.name).is_none())
        {
            return Ok(());
        }
        writeln!(f, "\n| resource | what | unit | coopt |\n|---|---|---|--:|")?;
        for resource in RESOURCES {
            let shown = shown(value(resource.name));
            writeln!(
                f,
                "| {} | {} | {} | {shown} |",
                resource.name, resource.what, resource.unit
            )?;
        }
        Ok(())
    }

    fn figure_table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n| figure to reach | at | measured | |\n|---|--:|--:|---|"
        )?;
        for figure in figures::all() {
            if let Some(value) = median(self.rounds, figure.of) {
                figure_row(figure, value, f)?;
            }
        }
        Ok(())
    }
}

fn figure_row(figure: &Figure, value: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (bound, limit) = match figure.limit {
        Limit::AtMost(limit) => ("at most", limit),
        Limit::AtLeast(limit) => ("at least", limit),
    };
    let verdict = if figure.limit.is_met(value) {
        "met"
    } else {
        "**missed**"
    };
    let Figure { what, unit, .. } = figure;
    let (limit, value) = (limit.to_string(), shown(Some(value)));
    let row = format!("| {what} | {bound} {limit} {unit} | {value} {unit} | {verdict} |");
    writeln!(f, "{}", row.replace("  |", " |"))
}

/// `value` with three digits; empty if there is no value.
fn shown(value: Option<f64>) -> String {
    let Some(value) = value else {
        return String::new();
    };
    let mut text = String::new();
    let decimals = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    // Writing to a string does not fail.
    let _ = write!(text, "{value:.decimals$}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_digits() {
        let shown = |value| shown(Some(value));
        assert_eq!(
            [shown(1234.5), shown(12.34), shown(0.714)],
            ["1234", "12.3", "0.71"]
        );
    }

    #[test]
    fn a_figure_says_whether_it_is_met() {
        let mut round = Round::default();
        round.insert("fairness", Source::Coopt, 0.25);
        let rounds = [round];
        let report = Report {
            facts: &Vec::new(),
            benchmarks: &[],
            rounds: &rounds,
        };
        let text = report.to_string();
        assert!(
            text.contains("| at least 0.5 | 0.25 | **missed** |"),
            "{text}"
        );
    }
}
