//! A schedule: the choices that make a run, as text to be replayed.
//!
//! Each choice is one digit to the base 36. A missing choice is the first
//! alternative, so the zeros at the end are left out.

use std::fmt;
use std::str::FromStr;

/// The largest number of alternatives that a choice may have.
pub const ALTERNATIVES_MAX: usize = 36;

/// The choices of a run, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule(Vec<u8>);

impl Schedule {
    /// The schedule of these choices.
    #[must_use]
    pub fn new(mut choices: Vec<u8>) -> Self {
        while choices.last() == Some(&0) {
            choices.pop();
        }
        Self(choices)
    }

    /// The choice at this position.
    #[must_use]
    pub fn choice(&self, position: usize) -> u8 {
        self.0.get(position).copied().unwrap_or(0)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|&choice| {
            let digit = char::from_digit(u32::from(choice), ALTERNATIVES_MAX as u32);
            write!(f, "{}", digit.unwrap_or('?'))
        })
    }
}

impl FromStr for Schedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |c: char| {
            c.to_digit(ALTERNATIVES_MAX as u32)
                .map(|digit| digit as u8)
                .ok_or_else(|| format!("`{c}` is no choice: a schedule has digits to the base 36"))
        };
        text.chars()
            .map(digit)
            .collect::<Result<_, _>>()
            .map(Self::new)
    }
}
