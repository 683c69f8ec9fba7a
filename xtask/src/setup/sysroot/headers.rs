//! The headers against the numbers and layouts that the thread layer assumes.
//!
//! The assumptions stand in one table, [`coopt_abi::header`]. Here the table
//! becomes a C file of assertions, which is compiled for its errors only.
//! `tests/symbols.rs` compares the functions.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use coopt_abi::header::{CONSTANTS, LAYOUTS, Layout};
use coopt_cc::{Clang, TARGET};

use super::build;
use crate::{command, layout};

/// The headers that the assertions are about.
const INCLUDES: [&str; 11] = [
    "errno.h",
    "fcntl.h",
    "limits.h",
    "pthread.h",
    "sched.h",
    "semaphore.h",
    "signal.h",
    "stddef.h",
    "threads.h",
    "time.h",
    "wasi/libc.h",
];

/// Compiles the assertions against the headers just installed.
pub fn check(clang: &Clang) -> Result<()> {
    let file = file();
    fs::write(&file, source()).with_context(|| format!("writing `{}`", file.display()))?;
    let target = format!("--target={TARGET}");
    command::run_quietly(
        Command::new(clang.program())
            .args([target.as_str(), "-pthread", "-fsyntax-only", "--sysroot"])
            .arg(layout::sysroot())
            .arg(file),
    )
}

fn file() -> PathBuf {
    build::folder().join("headers.c")
}

/// The assertions, as C.
pub fn source() -> String {
    let mut source = "#define _GNU_SOURCE\n".to_owned();
    let mut line = |text: String| {
        source.push_str(&text);
        source.push('\n');
    };
    for name in INCLUDES {
        line(format!("#include <{name}>"));
    }
    line(
        "#define IS(what, number) _Static_assert((what) == (number), #what \" is not \" #number)"
            .to_owned(),
    );
    for (name, number) in CONSTANTS {
        line(format!("IS((int){name}, {number});"));
    }
    for layout in LAYOUTS {
        line(assertions(layout));
    }
    source
}

fn assertions(layout: &Layout) -> String {
    let Layout {
        name,
        size,
        align,
        fields,
    } = layout;
    let mut text = format!("IS(sizeof({name}), {size});\nIS(_Alignof({name}), {align});");
    for (field, offset) in *fields {
        // Writing to a string does not fail.
        let _ = write!(text, "\nIS(offsetof({name}, {field}), {offset});");
    }
    text
}
