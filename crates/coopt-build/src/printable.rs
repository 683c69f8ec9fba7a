//! Text from a module, made fit for a terminal.

use std::fmt;

/// Text of a module as it may be shown: a hostile name can hold control
/// sequences, and a hundred thousand characters.
pub struct Printable<'a>(pub &'a str);

/// The characters shown of one text.
const CHARS_MAX: usize = 200;

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars();
        for c in chars.by_ref().take(CHARS_MAX) {
            match c {
                // `escape_debug` would escape these, and they do no harm.
                '\'' | '"' | '\\' => write!(f, "{c}")?,
                _ => write!(f, "{}", c.escape_debug())?,
            }
        }
        if chars.next().is_some() {
            f.write_str("...")?;
        }
        Ok(())
    }
}
