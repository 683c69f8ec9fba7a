//! A program's own tests.
//!
//! They start what was linked by its name. So each module of the build moves aside,
//! and a script that has `coopt run` run it stands in its place.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::build::Built;
use super::list::{Program, Verdict};
use crate::layout;

/// How a module begins, and a component.
const MAGIC: &[u8; 4] = b"\0asm";

/// How many tests passed, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub skipped: u32,
    pub total: u32,
}

/// Runs the tests of `program`, if it has some.
pub fn run(program: &Program, built: &Built) -> Result<Option<Count>> {
    let Some(tests) = &program.tests else {
        return Ok(None);
    };
    put_scripts(&built.folder, &built.folder)?;
    let output = Command::new("sh")
        .args(["-e", "-c", tests.script])
        .current_dir(&built.folder)
        .output()
        .context("running a program's own tests")?;
    let text = String::from_utf8_lossy(&output.stdout);
    fs::write(built.folder.with_extension("tests.txt"), &*text)?;
    let count = match tests.verdict {
        Verdict::Automake => automake(&text)
            .with_context(|| format!("`{}` must end with Automake's summary", tests.script))?,
        Verdict::Success => Count {
            passed: u32::from(output.status.success()),
            skipped: 0,
            total: 1,
        },
    };
    Ok(Some(count))
}

/// Puts a script in the place of each program below `folder`.
fn put_scripts(folder: &Path, all: &Path) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("listing `{}`", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            put_scripts(&path, all)?;
        } else if is_program(&path)? {
            put_script(&path, all)?;
        }
    }
    Ok(())
}

fn put_script(program: &Path, all: &Path) -> Result<()> {
    let module = program.with_extension("wasm");
    fs::rename(program, &module).with_context(|| format!("moving `{}`", program.display()))?;
    let script = format!(
        "#!/bin/sh\nexec '{}' run --inherit-env --dir . --dir '{}' '{}' \"$@\"\n",
        layout::coopt().display(),
        all.display(),
        module.display()
    );
    fs::write(program, script)
        .and_then(|()| fs::set_permissions(program, fs::Permissions::from_mode(0o755)))
        .with_context(|| format!("writing `{}`", program.display()))
}

/// Whether `file` can be run and is of wasm. What has been moved aside is left there.
fn is_program(file: &Path) -> Result<bool> {
    let is_executable = fs::metadata(file)?.permissions().mode() & 0o111 != 0;
    if !is_executable || file.extension().is_some_and(|ending| ending == "wasm") {
        return Ok(false);
    }
    let mut start = [0; MAGIC.len()];
    Ok(File::open(file)?.read_exact(&mut start).is_ok() && &start == MAGIC)
}

/// Adds up the summaries in what `make check` printed, one for each folder with tests.
fn automake(text: &str) -> Option<Count> {
    let sum = |name: &str| -> Option<u32> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(name));
        lines
            .map(|number| number.trim().parse::<u32>().ok())
            .sum::<Option<u32>>()
    };
    let count = Count {
        passed: sum("# PASS:")?,
        skipped: sum("# SKIP:")?,
        total: sum("# TOTAL:")?,
    };
    (count.total > 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_added_up() {
        let text = "# TOTAL: 3\n# PASS:  2\n# SKIP:  1\n# TOTAL: 1\n# PASS:  0\n# SKIP:  0\n";
        let count = Count {
            passed: 2,
            skipped: 1,
            total: 4,
        };
        assert_eq!(automake(text), Some(count));
        assert_eq!(automake("make: nothing to be done\n"), None);
    }
}
