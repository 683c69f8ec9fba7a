//! Building a program from its sources, for this machine and with coopt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use coopt_cc::TARGET;

use super::list::{Program, Source};
use crate::bench::{NATIVE_COMPILER, on_one_core};
use crate::folder::recreate;
use crate::setup::announce;
use crate::stamp::{self, Stamp};
use crate::{command, layout};

/// What a `configure` is told of coopt.
const HOST: &str = "--host=wasm32-wasi";

/// What a program is built for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Native,
    Coopt,
}

impl Side {
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Coopt => "coopt",
        }
    }
}

/// A program that was built.
pub struct Built {
    pub side: Side,
    /// The sources, and what the build made of them.
    pub folder: PathBuf,
    /// The program.
    pub program: PathBuf,
}

impl Built {
    /// Fetches and builds `program`, unless it is built from the same already.
    pub fn make(program: &Program, side: Side) -> Result<Self> {
        let folder = layout::real().join(program.name).join(side.name());
        let stamp_file = folder.with_extension("stamp");
        let stamp = stamp_of(program, side)?;
        if !stamp::is_current(&stamp_file, &stamp) {
            announce(&format!("building {} ({})", program.name, side.name()));
            recreate(&folder)?;
            match &program.source {
                Source::Debian { .. } => from_debian(program, side, &folder)?,
                Source::Crate => from_crate(program, side, &folder)?,
            }
            stamp::write(&stamp_file, &stamp)?;
        }
        let mut product = folder.join(program.product);
        if side == Side::Coopt && matches!(program.source, Source::Crate) {
            product.set_extension("wasm");
        }
        // The program's own tests find a script in its place.
        let moved = product.with_extension("wasm");
        let product = if moved.is_file() { moved } else { product };
        ensure!(
            product.is_file(),
            "the build must leave `{}`; there is no such file",
            product.display()
        );
        Ok(Self {
            side,
            folder,
            program: product,
        })
    }

    /// The program on one core, with `work` for its folder.
    pub fn run_in(&self, work: &Path) -> Command {
        let mut command = match self.side {
            Side::Native => on_one_core(&self.program),
            Side::Coopt => {
                let mut command = on_one_core(&layout::coopt());
                command.args(["run", "--dir", "."]).arg(&self.program);
                command
            }
        };
        command.current_dir(work);
        command
    }
}

/// All that a build is made from.
fn stamp_of(program: &Program, side: Side) -> Result<String> {
    let stamp = Stamp::default().text(program.version).text(program.words);
    let stamp = match &program.source {
        Source::Debian {
            package,
            beside,
            recipe,
        } => beside.iter().fold(
            stamp.text(package.sha256).text(recipe),
            |stamp, (_, other)| stamp.text(other.sha256),
        ),
        Source::Crate => stamp,
    };
    if side == Side::Native {
        return Ok(stamp.finish());
    }
    Ok(stamp
        .tree(&layout::coopt())?
        .tree(&layout::sysroot())?
        .finish())
}

fn from_debian(program: &Program, side: Side, folder: &Path) -> Result<()> {
    let Source::Debian {
        package,
        beside,
        recipe,
    } = &program.source
    else {
        return Ok(());
    };
    package.unpack(folder)?;
    for (name, other) in *beside {
        other.unpack(&folder.join(name))?;
    }
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", recipe]).current_dir(folder);
    match side {
        Side::Native => {
            shell.envs([("CC", NATIVE_COMPILER), ("HOST", ""), ("WORDS", "")]);
        }
        Side::Coopt => {
            shell.env("CC", format!("{} cc", layout::coopt().display()));
            shell.envs([("HOST", HOST), ("WORDS", program.words)]);
            shell.envs([("AR", "llvm-ar"), ("RANLIB", "llvm-ranlib")]);
        }
    }
    command::run_quietly(&mut shell)
}

fn from_crate(program: &Program, side: Side, folder: &Path) -> Result<()> {
    let mut cargo = command::cargo();
    // What cargo compiles is large, and only the program is kept.
    let scratch = layout::real().join("cargo");
    cargo
        .args(["install", "--quiet", "--locked", "--no-track", program.name])
        .args(["--version", program.version, "--root"])
        .arg(folder)
        .arg("--target-dir")
        .arg(&scratch)
        .current_dir(layout::real());
    if side == Side::Coopt {
        cargo.args(["--target", TARGET]);
        cargo.env(
            "CC_wasm32_wasip1_threads",
            format!("{} cc", layout::coopt().display()),
        );
    }
    command::run_quietly(&mut cargo)?;
    fs::remove_dir_all(&scratch).context("removing what cargo compiled")
}
