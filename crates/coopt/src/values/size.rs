//! `--stack-size SIZE` and `--max-memory SIZE`.

use std::str::FromStr;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub usize);

/// Only powers of 1024: `2MB` could mean 2000000 bytes or 2097152.
const UNITS: [(&str, usize); 3] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let with_unit = UNITS
            .iter()
            .find_map(|&(unit, bytes)| Some((text.strip_suffix(unit)?, bytes)));
        let (digits, unit) = with_unit.unwrap_or((text, 1));
        // Checked because `parse` accepts a leading `+`.
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: Option<usize> = digits.parse().ok().filter(|_| plain);
        number
            .and_then(|number| number.checked_mul(unit))
            .map(Self)
            .ok_or_else(|| {
                format!(
                    "a size is a whole number of bytes, `KiB`, `MiB` or `GiB`; found `{text}`; \
                 write it like `512KiB` or `2MiB`"
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_bytes_unless_it_has_a_unit() {
        assert_eq!("65536".parse(), Ok(Size(65536)));
        assert_eq!("512KiB".parse(), Ok(Size(512 << 10)));
        assert_eq!("2MiB".parse(), Ok(Size(2 << 20)));
        assert_eq!("1GiB".parse(), Ok(Size(1 << 30)));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "KiB",
            "2MB",
            "2 MiB",
            "-1",
            "+1",
            "1.5MiB",
            "2mib",
            "99999999999999999999",
            "99999999999999999GiB",
        ] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
