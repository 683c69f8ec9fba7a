//! Messages on standard error. A message that cannot be written is lost, and
//! the command goes on.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

/// Says why the command failed.
pub fn error(text: &dyn Display) {
    labelled("error", "\x1b[1;31m", text);
}

/// Says what `--verbose` asks for, or adds a hint to clang's errors.
pub fn note(text: &dyn Display) {
    labelled("note", "\x1b[1;36m", text);
}

/// Whether messages have colours: on a terminal, unless `NO_COLOR` is set and
/// not empty (<https://no-color.org>).
pub fn colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && io::stderr().is_terminal()
}

fn labelled(label: &str, style: &str, text: &dyn Display) {
    // One write, so that the text of other writers does not split the line.
    let line = if colour() {
        format!("{style}{label}:\x1b[0m {text}\n")
    } else {
        format!("{label}: {text}\n")
    };
    let _ = io::stderr().write_all(line.as_bytes());
}
