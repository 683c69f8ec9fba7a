//! Programs of their own that are measured natively and on coopt.
//!
//! ```text
//! database   SQLite's own benchmark
//! echo       a server, and clients that are native on both sides
//! ```

mod database;
mod echo;

use anyhow::{Context as _, Result};

use super::figures::{DATABASE, ECHO, ECHO_BESIDE_SILENT};
use super::samples::{Round, Source};
use super::sides::{Benchmark, Sides};

/// The turns of each side in a round; the best turn of each counts.
const TURNS: u32 = 3;

/// A program that is measured on both sides.
struct Pair {
    name: &'static str,
    unit: &'static str,
    operation: &'static str,
    /// Measures a side once. `None` when the machine let nothing be measured.
    measure: fn(&Sides, Source) -> Result<Option<f64>>,
}

const PAIRS: &[Pair] = &[
    Pair {
        name: DATABASE,
        unit: "s",
        operation: "SQLite's speedtest1, size 20, in a file",
        measure: |sides, source| database::measure(sides, source).map(Some),
    },
    Pair {
        name: ECHO,
        unit: "ns",
        operation: "64 bytes to a server and back; 100 connections, a thread each",
        measure: |sides, source| echo::measure(sides, source, 0),
    },
    Pair {
        name: ECHO_BESIDE_SILENT,
        unit: "ns",
        operation: "the same, beside 100 connections whose threads wait",
        measure: |sides, source| echo::measure(sides, source, echo::SILENT),
    },
];

/// All of them, as benchmarks.
pub fn list() -> impl Iterator<Item = Benchmark> {
    PAIRS.iter().map(|pair| Benchmark {
        name: pair.name.to_owned(),
        unit: pair.unit.to_owned(),
        operation: pair.operation.to_owned(),
    })
}

/// Measures the pair called `name`; `None` if there is no such pair.
pub fn measure(sides: &Sides, name: &str, round: &mut Round) -> Option<Result<()>> {
    let pair = PAIRS.iter().find(|pair| pair.name == name)?;
    Some(pair.take_turns(sides, round))
}

impl Pair {
    fn take_turns(&self, sides: &Sides, round: &mut Round) -> Result<()> {
        for _ in 0..TURNS {
            for source in [Source::Native, Source::Coopt] {
                let value = (self.measure)(sides, source).with_context(|| self.name)?;
                if let Some(value) = value {
                    round.keep_best(self.name, source, value);
                }
            }
        }
        Ok(())
    }
}
