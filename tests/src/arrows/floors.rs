//! The floors of a crate: a table in the documentation of its `lib.rs`.
//!
//! ```text
//! //! | floor | modules |
//! //! |---|---|
//! //! | words | `ids`, `limits` |
//! //! | lists | `table`, `futex::bucket` |
//! ```
//!
//! The lowest floor comes first. A module may use the modules of its own floor
//! and of lower floors. It is on the floor that names it, or else on the floor of
//! the nearest module around it. `lib` stands for what `lib.rs` itself defines;
//! where no floor names `lib`, `lib.rs` is above all floors.

use super::package::{Arrow, Package};

/// How the table begins.
const HEAD: &str = "| floor | modules |";

/// What `lib.rs` is called in the table.
const FIRST_FILE: &str = "lib";

/// The floors of a crate, lowest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floors(Vec<Floor>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Floor {
    name: String,
    modules: Vec<String>,
}

impl Floors {
    /// The floors that `source`, a crate's first file, declares.
    ///
    /// # Errors
    /// A text, when a row of the table is malformed, or a module is named twice.
    pub fn read(source: &str) -> Result<Option<Self>, String> {
        let doc = |line: &&str| line.starts_with("//!");
        let lines = source.lines().filter(doc).map(|line| line[3..].trim());
        let mut rows = lines.skip_while(|line| *line != HEAD);
        if rows.next().is_none() {
            return Ok(None);
        }
        let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
        let floors: Vec<Floor> = rows.map(floor).collect::<Result<_, _>>()?;
        let mut modules: Vec<&String> = floors.iter().flat_map(|floor| &floor.modules).collect();
        modules.sort();
        if let Some(twice) = modules.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("`{}` is on two floors", twice[0]));
        }
        Ok(Some(Self(floors)))
    }

    /// What is wrong: modules that are on no floor or nowhere, and arrows from
    /// a floor to an upper one.
    #[must_use]
    pub fn problems(&self, package: &Package, arrows: &[Arrow]) -> Vec<String> {
        let mut problems = Vec::new();
        for module in self.0.iter().flat_map(|floor| &floor.modules) {
            if module != FIRST_FILE && !package.names.contains(module) {
                problems.push(format!("the floors name `{module}`, which is no module"));
            }
        }
        for name in &package.names[1..] {
            if self.of(name).is_none() {
                problems.push(format!("`{name}` is on no floor"));
            }
        }
        for arrow in arrows {
            let (from, to) = (&package.names[arrow.from], &package.names[arrow.to]);
            let (lower, upper) = (self.of(from), self.of(to));
            // A module on no floor counts as above all; only `lib.rs` may be.
            if upper.unwrap_or(self.0.len()) > lower.unwrap_or(self.0.len()) {
                problems.push(format!(
                    "an arrow points upward, from `{}` ({}) to `{}` ({}): src/{}, line {}: `{}`",
                    shown(from),
                    self.name(lower),
                    shown(to),
                    self.name(upper),
                    package.files[arrow.from],
                    arrow.line,
                    arrow.path,
                ));
            }
        }
        problems
    }

    /// The floor of the module `name`.
    fn of(&self, name: &str) -> Option<usize> {
        let mut name = shown(name);
        loop {
            let on = |floor: &Floor| floor.modules.iter().any(|module| module == name);
            if let Some(floor) = self.0.iter().position(on) {
                return Some(floor);
            }
            (name, _) = name.rsplit_once("::")?;
        }
    }

    fn name(&self, floor: Option<usize>) -> &str {
        floor.map_or("above all floors", |floor| &self.0[floor].name)
    }
}

fn shown(name: &str) -> &str {
    if name.is_empty() { FIRST_FILE } else { name }
}

fn floor(row: &str) -> Result<Floor, String> {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let [name, modules] = cells[..] else {
        return Err(format!(
            "a row of the floors is `| name | modules |`; found `{row}`"
        ));
    };
    let modules = modules.split('`').skip(1).step_by(2);
    let modules: Vec<String> = modules.map(str::to_owned).collect();
    if modules.is_empty() {
        return Err(format!("the floor `{name}` names no module in backquotes"));
    }
    Ok(Floor {
        name: name.to_owned(),
        modules,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
//! Words.
//!
//! | floor | modules |
//! |---|---|
//! | low | `a`, `b::c` |
//! | high | `b` |
//!
//! | other | table |
";

    #[test]
    fn a_module_is_on_the_nearest_floor_that_names_it() {
        let floors = Floors::read(SOURCE).expect("well-formed").expect("there");
        let of = |name| floors.of(name);
        assert_eq!(
            [of("a"), of("b"), of("b::c::d")],
            [Some(0), Some(1), Some(0)]
        );
        assert_eq!([of("e"), of("")], [None, None]);
        assert_eq!(floors.0.len(), 2);
    }

    #[test]
    fn a_crate_without_the_table_has_none() {
        assert_eq!(Floors::read("//! Words.\n"), Ok(None));
    }

    #[test]
    fn a_table_that_makes_no_sense_is_refused() {
        for row in ["//! | one |", "//! | one | two |", "//! | x | `a`, `a` |"] {
            let source = format!("//! {HEAD}\n//! |---|---|\n{row}\n");
            assert!(Floors::read(&source).is_err(), "{row}");
        }
    }
}
