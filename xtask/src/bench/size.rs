//! How large a program is, without the names in it.
//!
//! Names are for debuggers and for coopt's own reports, and hosts run without them.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result};
use wasmparser::{Parser, Payload};

/// The custom sections of names, of modules and of components.
const NAMES: [&str; 2] = ["name", "component-name"];

/// The size of `file` in kB less that of its names.
pub fn kb_without_names(file: &Path) -> Result<f64> {
    let bytes = std::fs::read(file).with_context(|| format!("reading `{}`", file.display()))?;
    let names = bytes_of_names(&bytes)?;
    Ok((bytes.len() - names) as f64 / 1e3)
}

/// The bytes of the sections of names in a component and in all its modules.
fn bytes_of_names(bytes: &[u8]) -> Result<usize> {
    let mut sum = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        if let Payload::CustomSection(section) = payload?
            && NAMES.contains(&section.name())
        {
            sum += with_head(section.range());
        }
    }
    Ok(sum)
}

/// The size of a section whose content is `range`: before it are the section's id
/// and its size, in 7 bits a byte.
fn with_head(range: Range<usize>) -> usize {
    let bits = usize::BITS - range.len().leading_zeros();
    1 + bits.max(1).div_ceil(7) as usize + range.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_not_counted_wherever_they_are() {
        let with = wat::parse_str("(component $c (core module $m (func $f)))").expect("valid");
        let without = wat::parse_str("(component (core module (func)))").expect("valid");
        let names = bytes_of_names(&with).expect("valid");
        assert_eq!(with.len() - names, without.len());
        assert_eq!(bytes_of_names(&without).expect("valid"), 0);
    }
}
