//! A table of figures, and the run that it cites.

use std::collections::BTreeMap;

/// A run: the value in each cell of its tables, by the name of its row and the
/// title of its column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run(BTreeMap<(String, String), f64>);

impl Run {
    /// Reads a run as it is kept.
    #[must_use]
    pub fn read(document: &str) -> Self {
        let mut cells = BTreeMap::new();
        let mut titles: Vec<String> = Vec::new();
        for line in document.lines() {
            let row = row(line);
            if row.is_empty() {
                titles.clear();
            } else if titles.is_empty() {
                titles = row.iter().map(|cell| (*cell).to_owned()).collect();
            }
            for (title, cell) in titles.iter().zip(&row) {
                let number = cell.split_whitespace().next();
                if let Some(value) = number.and_then(|number| number.parse().ok()) {
                    cells.insert((row[0].to_owned(), title.clone()), value);
                }
            }
        }
        Self(cells)
    }

    /// The value in the row `row` and the column `column`.
    #[must_use]
    pub fn get(&self, row: &str, column: &str) -> Option<f64> {
        self.0.get(&(row.to_owned(), column.to_owned())).copied()
    }
}

/// The cells of a line of a table; none, if `line` is no such line.
#[must_use]
pub fn row(line: &str) -> Vec<&str> {
    let inner = line
        .strip_prefix('|')
        .and_then(|line| line.strip_suffix('|'));
    inner.map_or(Vec::new(), |inner| {
        inner.split('|').map(str::trim).collect()
    })
}

/// A number as a document shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    value: f64,
    /// Half a unit of the last digit that is shown.
    half_digit: f64,
}

impl Shown {
    /// Whether the number is `value`, rounded. The run has `value` rounded to
    /// three digits already.
    #[must_use]
    pub fn is(&self, value: f64) -> bool {
        let before = value.abs() * 5e-4;
        (self.value - value).abs() <= self.half_digit + before
    }
}

/// The numbers in a cell, without their units: `1.04 ms, 64 µs` has 1.04 and 64.
#[must_use]
pub fn numbers(cell: &str) -> Vec<Shown> {
    let mut numbers = Vec::new();
    let mut rest = cell;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
        let number = number.trim_end_matches('.');
        let decimals = number
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        numbers.extend(number.parse::<f64>().ok().map(|value| Shown {
            value,
            half_digit: 0.5 * 0.1_f64.powi(i32::try_from(decimals).unwrap_or(0)),
        }));
        rest = after;
    }
    numbers
}

impl Shown {
    /// The number in another unit, of which `factor` make one of the old unit.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            half_digit: self.half_digit * factor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_by_rows_and_columns() {
        let run =
            Run::read("words\n\n| a | x | y |\n|---|--:|--:|\n| b c | 1.5 | 2 us |\n\n| d | z |\n");
        assert_eq!(run.get("b c", "x"), Some(1.5));
        assert_eq!(run.get("b c", "y"), Some(2.0));
        assert_eq!(run.get("b c", "z"), None);
    }

    #[test]
    fn a_number_may_be_rounded_and_not_changed() {
        let numbers = numbers("1.04 ms, 64 µs (0.17 of x)");
        assert_eq!(numbers.len(), 3);
        assert!(numbers[0].times(1000.0).is(1042.0));
        assert!(!numbers[0].times(1000.0).is(1052.0));
        assert!(numbers[1].is(64.4) && !numbers[1].is(64.6));
    }
}
