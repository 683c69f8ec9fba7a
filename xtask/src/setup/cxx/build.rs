//! One object for each unit, where it is not current.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use coopt_cc::Clang;

use super::place;
use super::source::Source;
use super::units::{self, Archive, Unit};
use crate::setup::announce::announce;
use crate::stamp::{self, Stamp};
use crate::{command, layout, parallel};

/// An object, and what it was made from.
#[derive(Debug)]
pub struct Object {
    pub archive: Archive,
    pub file: PathBuf,
    pub stamp: String,
}

/// Compiles the units whose objects are not current. Returns all objects.
///
/// # Errors
/// When a unit cannot be read or compiled.
pub fn ensure(clang: &Clang, source: &Source) -> Result<Vec<Object>> {
    let objects = place::made().join("objects");
    fs::create_dir_all(&objects).with_context(|| format!("making `{}`", objects.display()))?;
    let common = Stamp::default()
        .text(clang.shown())
        .text(&source.stamp)
        .text(&c_headers()?)
        .finish();
    let mut all = Vec::new();
    let mut stale = Vec::new();
    for unit in units::all(&source.folder)? {
        let arguments = unit.arguments(&source.folder);
        let object = Object {
            archive: unit.archive,
            file: objects.join(unit.name()),
            stamp: Stamp::default()
                .text(&common)
                .text(&arguments.join("\n"))
                .tree(&unit.file)?
                .finish(),
        };
        if !stamp::is_kept(&object.file, &object.stamp) {
            stale.push((unit, arguments, all.len()));
        }
        all.push(object);
    }
    if !stale.is_empty() {
        announce("building the C++ library (libc++ with threads and exceptions; takes a minute)");
    }
    parallel::for_each(&stale, |(unit, arguments, object)| {
        compile(clang, unit, arguments, &all[*object])
    })?;
    Ok(all)
}

fn compile(clang: &Clang, unit: &Unit, arguments: &[String], object: &Object) -> Result<()> {
    command::run_quietly(
        Command::new(clang.program())
            .args(arguments)
            .arg(&unit.file)
            .arg("-o")
            .arg(&object.file),
    )?;
    stamp::keep(&object.file, &object.stamp)
}

/// What the headers of the C library are. Those of C++ beside them are our own.
fn c_headers() -> Result<String> {
    let include = layout::sysroot().join("include");
    let mut parts: Vec<PathBuf> = fs::read_dir(&include)
        .with_context(|| format!("listing `{}`", include.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    parts.retain(|part| *part != place::headers());
    parts.sort();
    let stamp = parts
        .iter()
        .try_fold(Stamp::default(), |stamp, part| stamp.tree(part))?;
    Ok(stamp.finish())
}
