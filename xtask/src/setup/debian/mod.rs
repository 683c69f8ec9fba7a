//! Source packages of Debian: fetched with apt, verified, unpacked.
//!
//! apt gets a configuration of its own, because few machines list source
//! packages: the mirror is the machine's, the release is fixed. The tarball is
//! verified against a digest in our sources, so the mirror need not be trusted.

mod mirror;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use self::mirror::Mirror;
use super::announce::announce;
use crate::folder::recreate;
use crate::{command, layout, stamp};

/// A source package of a release. Releases are frozen, so the package never changes.
pub struct SourcePackage {
    /// Name and version of the package, as apt is asked for it.
    pub package: &'static str,
    /// The release of Debian that has the package.
    pub release: &'static str,
    /// The file of the package that we use: what upstream published.
    pub tarball: &'static str,
    /// The digest of `tarball`.
    pub sha256: &'static str,
    /// What the package is needed for: a part of messages and errors.
    pub why: &'static str,
}

impl SourcePackage {
    /// Empties `folder` and unpacks the sources into it. The tarball is fetched
    /// first if it is not here yet.
    ///
    /// # Errors
    /// When the package cannot be fetched, is not what it should be, or cannot
    /// be unpacked.
    pub fn unpack(&self, folder: &Path) -> Result<()> {
        let tarball = downloads().join(self.tarball);
        if !tarball.is_file() {
            self.fetch().with_context(|| self.needed())?;
        }
        self.verify(&tarball)?;
        recreate(folder)?;
        command::run_quietly(
            Command::new("tar")
                .args(["--extract", "--strip-components=1", "--file"])
                .arg(&tarball)
                .arg("--directory")
                .arg(folder),
        )
    }

    fn needed(&self) -> String {
        format!(
            "the source package `{}` is needed {}; where apt cannot fetch it, copy `{}` to `{}`",
            self.package,
            self.why,
            self.tarball,
            downloads().display(),
        )
    }

    fn verify(&self, tarball: &Path) -> Result<()> {
        let found = stamp::sha256(tarball)?;
        if found != self.sha256 {
            bail!(
                "`{}` must have the SHA-256 {} and has {found}; delete it and try again",
                tarball.display(),
                self.sha256,
            );
        }
        Ok(())
    }

    fn fetch(&self) -> Result<()> {
        announce(&format!("fetching {} ({})", self.package, self.why));
        let folder = downloads().join("apt");
        fs::create_dir_all(folder.join("lists/partial"))?;
        fs::create_dir_all(folder.join("cache/archives/partial"))?;
        let sources = folder.join("sources.list");
        let line = Mirror::of_this_machine()?.source_line(self.release);
        fs::write(&sources, line)?;

        command::run_quietly(apt_get(&folder, &sources).arg("update"))?;
        let fetched = command::run_quietly(
            apt_get(&folder, &sources)
                .args(["source", "--download-only", "-qq", self.package])
                .current_dir(downloads()),
        );
        // Some mirrors keep upstream's file and not Debian's beside it, which nobody here uses.
        if !downloads().join(self.tarball).is_file() {
            fetched?;
        }
        // The index of all source packages is large, and of no further use.
        fs::remove_dir_all(&folder).with_context(|| format!("removing `{}`", folder.display()))
    }
}

fn downloads() -> PathBuf {
    layout::made().join("download")
}

/// apt-get with lists, caches and sources below `folder` only.
fn apt_get(folder: &Path, sources: &Path) -> Command {
    let mut command = Command::new("apt-get");
    for (name, value) in [
        ("Dir::Etc::SourceList", sources.to_path_buf()),
        ("Dir::Etc::SourceParts", "/dev/null".into()),
        ("Dir::State::Lists", folder.join("lists")),
        ("Dir::Cache", folder.join("cache")),
    ] {
        command.arg("-o").arg(format!("{name}={}", value.display()));
    }
    // apt's sandbox user cannot write below a home folder.
    command.args([
        "-o",
        "APT::Sandbox::User=root",
        "-o",
        "Acquire::Languages=none",
    ]);
    command
}
