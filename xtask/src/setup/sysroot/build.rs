//! Compiles the source, a file at a time on each processor, into what programs link with.
//!
//! An object is kept while nothing changes that it is made from: its file, its flags, the compiler,
//! or any header.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use coopt_cc::{Clang, TARGET};

use super::{list, source};
use crate::folder::{copy_tree, recreate};
use crate::stamp::{self, Stamp};
use crate::{command, layout, parallel};

/// How every file is compiled. The sources are others', so their warnings are not shown.
const FLAGS: [&str; 11] = [
    "-pthread",
    "-mthread-model",
    "posix",
    "-O2",
    "-DNDEBUG",
    "-std=gnu17",
    // There are no traps of floating-point numbers in wasm.
    "-fno-trapping-math",
    "-nostdlibinc",
    // Up to so many bytes, `memset` does without the instruction of the engine.
    "-DBULK_MEMORY_THRESHOLD=32",
    "-w",
    "-c",
];

/// Our assembly files, which are part of `libc.a`.
const ASSEMBLED: [&str; 2] = ["wasi_thread_start", "tls"];

/// Where the library is built.
pub fn folder() -> PathBuf {
    layout::made().join("libc")
}

/// The source, edited.
pub fn source() -> PathBuf {
    folder().join("source")
}

/// Headers, archives, and start files.
pub fn output() -> PathBuf {
    folder().join("sysroot")
}

/// All that decides how the files are compiled, but for the files.
pub fn stamped(stamp: Stamp, clang: &Clang) -> Result<Stamp> {
    stamp
        .text(clang.shown())
        .text(&FLAGS.join(" "))
        .tree(&list_of_files())
}

/// Compiles the library into [`output`].
///
/// # Errors
/// When the list of files is not in order, or a file cannot be compiled.
pub fn run(clang: &Clang) -> Result<()> {
    let text = list_of_files();
    let text =
        fs::read_to_string(&text).with_context(|| format!("reading `{}`", text.display()))?;
    let parts = list::parse(&text, &source())?;
    let common = stamped(Stamp::default(), clang)?
        .tree_of(&source(), "h")?
        .finish();
    let mut tasks = Vec::new();
    for part in &parts {
        for file in &part.files {
            tasks.push(Task::new(part.archive.unwrap_or("start"), file));
        }
    }
    tasks.extend(ASSEMBLED.map(Task::assembled));
    let compile = |task: &Task| task.run(clang, &common);
    parallel::for_each(&tasks, compile)?;

    recreate(&output())?;
    copy_tree(&source().join(source::HEADERS), &output().join("include"))?;
    let lib = output().join("lib").join(TARGET);
    fs::create_dir_all(&lib).with_context(|| format!("making `{}`", lib.display()))?;
    for part in &parts {
        let archive = part.archive.unwrap_or("start");
        let objects = tasks.iter().filter(|task| task.archive == archive);
        let objects: Vec<&Path> = objects.map(|task| task.object.as_path()).collect();
        match part.archive {
            Some(name) => archive_of(&objects, &lib.join(format!("lib{name}.a")), clang)?,
            None => objects
                .iter()
                .try_for_each(|object| copy_into(&lib, object))?,
        }
    }
    Ok(())
}

fn list_of_files() -> PathBuf {
    layout::root().join("sysroot/files.txt")
}

/// A file to compile.
struct Task<'a> {
    archive: &'a str,
    file: PathBuf,
    flags: Vec<&'a str>,
    object: PathBuf,
}

impl<'a> Task<'a> {
    fn new(archive: &'a str, file: &list::File<'a>) -> Self {
        let object = folder().join("objects").join(archive).join(&file.path);
        Self {
            archive,
            file: file.path.clone(),
            flags: file.flags.clone(),
            object: object.with_extension("o"),
        }
    }

    fn assembled(name: &str) -> Self {
        Self::new(
            "c",
            &list::File {
                path: Path::new("coopt").join(format!("{name}.s")),
                flags: Vec::new(),
            },
        )
    }

    /// Compiles the file, if its object is not current. `common` is the stamp of what all files
    /// share.
    fn run(&self, clang: &Clang, common: &str) -> Result<()> {
        let current = Stamp::default()
            .text(common)
            .text(&self.flags.join(" "))
            .tree(&source().join(&self.file))?
            .finish();
        if stamp::is_kept(&self.object, &current) {
            return Ok(());
        }
        let folder = self.object.parent().map_or(Ok(()), fs::create_dir_all);
        folder.with_context(|| format!("making a folder for `{}`", self.object.display()))?;
        let mut compile = Command::new(clang.program());
        compile
            .current_dir(source())
            .arg(format!("--target={TARGET}"))
            .args(FLAGS)
            .args(&self.flags)
            .args(["-isystem", source::HEADERS])
            .arg(&self.file)
            .arg("-o")
            .arg(&self.object);
        command::run_quietly(&mut compile)?;
        stamp::keep(&self.object, &current)
    }
}

/// Members are appended and not replaced, because two may have one name (`errno.o`).
fn archive_of(objects: &[&Path], archive: &Path, clang: &Clang) -> Result<()> {
    command::run_quietly(
        Command::new(clang.tool("llvm-ar")?)
            .arg("qcs")
            .arg(archive)
            .args(objects),
    )
}

fn copy_into(folder: &Path, file: &Path) -> Result<()> {
    let to = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, &to)
        .with_context(|| format!("copying to `{}`", to.display()))
        .map(|_| ())
}
