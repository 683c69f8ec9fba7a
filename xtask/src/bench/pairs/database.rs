//! SQLite's own benchmark, speedtest1: one thread, a database in a file.

use anyhow::{Context as _, Result};

use crate::bench::products;
use crate::bench::samples::Source;
use crate::bench::sides::Sides;
use crate::command;

/// The size that the figure is for, and the database, which the program makes anew.
const ARGUMENTS: [&str; 3] = ["--size", "20", "speedtest1.db"];

/// What the program prints before the sum of its times.
const TOTAL: &str = "TOTAL";

/// The seconds that the program says it took.
pub fn measure(sides: &Sides, source: Source) -> Result<f64> {
    let program = &sides.products.database;
    let mut command = match source {
        Source::Native => sides.native(&program.native),
        _ => sides.coopt_run(&program.component),
    };
    let printed = command::capture(command.args(ARGUMENTS))?;
    // The database is large, and each run makes its own.
    let _ = std::fs::remove_file(products::folder().join(ARGUMENTS[2]));
    let total = printed.lines().find_map(total_s);
    total.with_context(|| format!("speedtest1 printed no total:\n{printed}"))
}

/// The number in a line like `TOTAL.....    0.903s`.
fn total_s(line: &str) -> Option<f64> {
    let number = line.trim().strip_prefix(TOTAL)?.trim_start_matches('.');
    number.trim().strip_suffix('s')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_found() {
        assert_eq!(total_s("       TOTAL.......    0.903s"), Some(0.903));
        assert_eq!(total_s(" 100 - 10000 INSERTs......    0.006s"), None);
    }
}
