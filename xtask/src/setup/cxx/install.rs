//! Headers and archives, in the places where clang looks for them.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use coopt_cc::{Clang, TARGET};

use super::build::Object;
use super::place;
use super::source::Source;
use super::units::Archive;
use crate::folder::{copy_tree, recreate};
use crate::setup::sysroot::library;
use crate::stamp::{self, Stamp};
use crate::{command, layout};

/// Archives whose functions are library code, so that passes leave them alone (invariant I6): what
/// the unwinder keeps of a thread would not survive that a handler of a signal, in the middle of it,
/// throws and catches. libc++ is not among them: it locks what threads share.
const LIBRARY: [&str; 2] = ["libc++abi.a", "libunwind.a"];

/// Installs the library, unless the sysroot has it.
///
/// # Errors
/// When a file cannot be copied or made.
pub fn ensure(clang: &Clang, source: &Source, objects: &[Object]) -> Result<()> {
    let stamp = Stamp::default().text(&source.stamp);
    let stamp = objects
        .iter()
        .fold(library::stamped(stamp), |stamp, object| {
            stamp
                .text(&object.file.to_string_lossy())
                .text(&object.stamp)
        });
    let stamp = stamp.text(include_str!("install.rs")).finish();
    let stamp_file = layout::sysroot().join("share/coopt/cxx.stamp");
    if stamp::is_current(&stamp_file, &stamp) {
        return Ok(());
    }
    recreate(&place::headers())?;
    let headers = place::headers().join("v1");
    for part in ["libcxx/include", "libcxxabi/include"] {
        copy_tree(&source.folder.join(part), &headers)?;
    }
    archives(&clang.tool("llvm-ar")?, objects)?;
    stamp::write(&stamp_file, &stamp)
}

fn archives(ar: &Path, objects: &[Object]) -> Result<()> {
    use Archive::{Abi, Cxx, Experimental, Unwind};
    let made = place::made().join("lib");
    recreate(&made)?;
    let content: [(&str, &[Archive]); 4] = [
        ("libc++.a", &[Cxx]),
        ("libc++experimental.a", &[Experimental]),
        ("libc++abi.a", &[Abi, Unwind]),
        ("libunwind.a", &[Unwind]),
    ];
    for (name, parts) in content {
        let members = objects
            .iter()
            .filter(|object| parts.contains(&object.archive));
        command::run_quietly(
            Command::new(ar)
                .arg("crs")
                .arg(made.join(name))
                .args(members.map(|object| &object.file)),
        )?;
    }
    for name in LIBRARY {
        library::name_functions_of_archive(ar, &made.join(name))?;
    }
    copy_tree(&made, &layout::sysroot().join("lib").join(TARGET))
}
