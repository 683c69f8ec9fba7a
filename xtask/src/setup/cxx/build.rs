//! One object for each unit, where it is not current.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};

use anyhow::{Context as _, Result};
use coopt_cc::Clang;

use super::place;
use super::source::Source;
use super::units::{self, Archive, Unit};
use crate::setup::announce::announce;
use crate::stamp::{self, Stamp};
use crate::{command, layout};

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
        .text(&command::capture(
            Command::new(clang.program()).arg("--version"),
        )?)
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
        if !object.file.is_file() || !stamp::is_current(&stamp_of(&object), &object.stamp) {
            stale.push((unit, arguments, all.len()));
        }
        all.push(object);
    }
    if !stale.is_empty() {
        announce("building the C++ library (libc++ with threads and exceptions; takes a minute)");
    }
    in_parallel(&stale, |(unit, arguments, object)| {
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
    stamp::write(&stamp_of(object), &object.stamp)
}

fn stamp_of(object: &Object) -> PathBuf {
    object.file.with_extension("stamp")
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

/// Does `work` on all items, some at a time.
fn in_parallel<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    let worker = || -> Result<()> {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item)?;
        }
        Ok(())
    };
    let count = available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| match worker.join() {
                Ok(outcome) => outcome,
                Err(panic) => std::panic::resume_unwind(panic),
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_is_worked_on_once_and_an_error_is_told() {
        let seen = std::sync::Mutex::new(Vec::new());
        let note = |item: &u32| {
            seen.lock().expect("nobody panics").push(*item);
            Ok(())
        };
        let items: Vec<u32> = (0..100).collect();
        in_parallel(&items, note).expect("nothing fails");
        let mut all = seen.into_inner().expect("nobody panics");
        all.sort_unstable();
        assert_eq!(all, items);

        let failure = in_parallel(&items, |item| {
            anyhow::ensure!(*item != 50, "the fiftieth fails");
            Ok(())
        });
        assert!(failure.is_err_and(|error| error.to_string().contains("fiftieth")));
    }
}
