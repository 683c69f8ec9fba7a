//! Messages on standard error. When nobody listens there they are lost, which
//! is no reason to fail.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

/// Says why something did not work.
pub fn error(text: &dyn Display) {
    labelled("error", "\x1b[1;31m", text);
}

/// Says something that was asked for, or adds to what another has said.
pub fn note(text: &dyn Display) {
    labelled("note", "\x1b[1;36m", text);
}

/// Whether messages may be coloured: on a terminal, unless `NO_COLOR` is set
/// to anything (<https://no-color.org>).
pub fn colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && io::stderr().is_terminal()
}

fn labelled(label: &str, style: &str, text: &dyn Display) {
    // In one piece, so that it is not torn apart by other writers.
    let line = if colour() {
        format!("{style}{label}:\x1b[0m {text}\n")
    } else {
        format!("{label}: {text}\n")
    };
    let _ = io::stderr().write_all(line.as_bytes());
}
