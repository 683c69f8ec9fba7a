//! What was measured: one number for each benchmark, source and round.
//!
//! The machine's speed drifts while the benchmarks run. So a ratio is taken
//! within a round, of two numbers measured moments apart. The median of the
//! ratios over all rounds counts.

use std::collections::BTreeMap;
use std::fmt;

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The C program, compiled for this machine.
    Native,
    /// The C program, run by coopt.
    Coopt,
    /// A plain program of preview 1, run by the stock wasmtime.
    Stock,
    /// A built-in by itself, measured right after the benchmark it belongs to.
    Raw(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native => f.write_str("native"),
            Self::Coopt => f.write_str("coopt"),
            Self::Stock => f.write_str("stock"),
            Self::Raw(name) => write!(f, "raw:{name}"),
        }
    }
}

/// The numbers of one round.
#[derive(Default)]
pub struct Round(BTreeMap<(String, Source), f64>);

impl Round {
    /// Writes a number down.
    pub fn insert(&mut self, benchmark: &str, source: Source, value: f64) {
        self.0.insert((benchmark.to_owned(), source), value);
    }

    /// Writes a duration down unless a shorter one is there already.
    pub fn keep_best(&mut self, benchmark: &str, source: Source, value: f64) {
        let best = self
            .0
            .entry((benchmark.to_owned(), source))
            .or_insert(value);
        *best = best.min(value);
    }

    /// The number, if it was measured.
    pub fn get(&self, benchmark: &str, source: Source) -> Option<f64> {
        self.0.get(&(benchmark.to_owned(), source)).copied()
    }

    /// All numbers, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Source, f64)> {
        let entries = self.0.iter();
        entries.map(|((benchmark, source), value)| (benchmark.as_str(), *source, *value))
    }
}

/// The median of the values that `of` has for the rounds; `None` if `of` has no
/// value for any round.
pub fn median(rounds: &[Round], of: impl Fn(&Round) -> Option<f64>) -> Option<f64> {
    let mut values: Vec<f64> = rounds.iter().filter_map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounds(values: &[(f64, f64)]) -> Vec<Round> {
        let round = |&(native, coopt): &(f64, f64)| {
            let mut round = Round::default();
            round.insert("b", Source::Native, native);
            round.insert("b", Source::Coopt, coopt);
            round
        };
        values.iter().map(round).collect()
    }

    #[test]
    fn a_ratio_is_taken_within_a_round() {
        // The machine was half as fast in the last two rounds.
        let rounds = rounds(&[(10.0, 20.0), (20.0, 40.0), (20.0, 40.0)]);
        let ratio = median(&rounds, |round| {
            Some(round.get("b", Source::Coopt)? / round.get("b", Source::Native)?)
        });
        assert_eq!(ratio, Some(2.0));
    }

    #[test]
    fn of_several_turns_the_best_counts() {
        let mut round = Round::default();
        for value in [3.0, 2.0, 4.0] {
            round.keep_best("b", Source::Coopt, value);
        }
        assert_eq!(round.get("b", Source::Coopt), Some(2.0));
    }

    #[test]
    fn what_was_not_measured_has_no_median() {
        let rounds = rounds(&[(1.0, 1.0)]);
        assert_eq!(
            median(&rounds, |round| round.get("other", Source::Native)),
            None
        );
    }
}
