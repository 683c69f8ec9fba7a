//! The work that a program is given on both sides.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};

use super::build::Built;

use super::list::{INPUT, PICTURE, PICTURE_IN_ZSTD, Program, Step, ZSTD};
use super::measure::{self, Cost};
use crate::folder::recreate;
use crate::setup::sqlite;
use crate::{layout, stamp};

/// Has both sides do the work, `runs` times in turn, and returns what each took.
pub fn measure(program: &Program, sides: [&Built; 2], runs: u32) -> Result<(Cost, Cost)> {
    let folders = [prepare(program, sides[0])?, prepare(program, sides[1])?];
    // The first run has coopt compile the program, and is not measured.
    once(program, sides[0], &folders[0])?;
    once(program, sides[1], &folders[1])?;
    for step in program.work {
        compare(step, &folders)?;
    }
    let mut costs: [Option<Cost>; 2] = [None; 2];
    for _ in 0..runs {
        for ((side, folder), least) in sides.iter().zip(&folders).zip(&mut costs) {
            let cost = once(program, side, folder)?;
            *least = Some(least.map_or(cost, |least| least.least(cost)));
        }
    }
    let [Some(native), Some(coopt)] = costs else {
        anyhow::bail!("the work must be done at least once");
    };
    Ok((native, coopt))
}

/// Makes the folder that `side` works in.
fn prepare(program: &Program, side: &Built) -> Result<PathBuf> {
    let folder = layout::real()
        .join(program.name)
        .join(format!("work-{}", side.side.name()));
    recreate(&folder)?;
    let source = sqlite::folder().join("sqlite3.c");
    fs::copy(&source, folder.join(INPUT)).context("copying what programs work on")?;
    fs::copy(picture()?, folder.join(PICTURE)).context("copying a picture")?;
    Ok(folder)
}

/// A picture that is the same on every machine.
fn picture() -> Result<PathBuf> {
    let sources = layout::real().join("zstd-sources");
    let picture = sources.join(PICTURE_IN_ZSTD);
    if !picture.is_file() {
        ZSTD.unpack(&sources)?;
    }
    Ok(picture)
}

/// Does all steps once.
fn once(program: &Program, side: &Built, folder: &Path) -> Result<Cost> {
    let mut total = Cost::default();
    for step in program.work {
        let mut command = side.run_in(folder);
        command.args(step.arguments);
        command.stdin(match step.input {
            Some(name) => Stdio::from(open(&folder.join(name))?),
            None => Stdio::null(),
        });
        let output = folder.join(step.output);
        let output =
            File::create(&output).with_context(|| format!("making `{}`", output.display()))?;
        command.stdout(output);
        total = total.then(measure::cost(&mut command)?);
    }
    Ok(total)
}

/// Whether both sides wrote the same, and what they had to.
fn compare(step: &Step, [native, coopt]: &[PathBuf; 2]) -> Result<()> {
    let written = stamp::sha256(&native.join(step.output))?;
    let found = stamp::sha256(&coopt.join(step.output))?;
    ensure!(
        written == found,
        "what coopt wrote must be what the native program wrote; `{}` differs (`{}`)",
        step.output,
        step.arguments.join(" ")
    );
    if let Some(name) = step.same_as {
        let wanted = stamp::sha256(&coopt.join(name))?;
        ensure!(
            wanted == found,
            "`{}` must be the same as `{name}`, and differs",
            step.output
        );
    }
    Ok(())
}

fn open(file: &Path) -> Result<File> {
    File::open(file).with_context(|| format!("opening `{}`", file.display()))
}
