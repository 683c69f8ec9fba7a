//! The source package: fetched with apt, verified, unpacked.
//!
//! apt runs on a configuration of its own, because few machines list source
//! packages: the mirror is the machine's, the release is fixed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::announce;
use crate::{command, layout, stamp};

/// The package. Its release is frozen, so it stays what it is.
const PACKAGE: &str = "wasi-libc=0.0~git20220510.9886d3d-2";
/// The release that has it.
const SUITE: &str = "bookworm";
/// The part of it that we use.
const TARBALL: &str = "wasi-libc_0.0~git20220510.9886d3d.orig.tar.xz";
/// The digest of [`TARBALL`].
pub const SHA256: &str = "8f9b802736a856942839d32966937c389f46e9f156415a549a6675b7535e5f74";

/// Unpacks the sources into `folder`, fetching them first when they are not
/// here yet.
pub fn unpack(folder: &Path) -> Result<()> {
    let tarball = downloads().join(TARBALL);
    if !tarball.is_file() {
        fetch().with_context(|| {
            format!(
                "the source package `{PACKAGE}` is needed for the C library; copy `{TARBALL}` to \
                 `{}` where apt cannot fetch it, or use wasi-sdk's library: set `WASI_SDK_PATH`",
                downloads().display(),
            )
        })?;
    }
    verify(&tarball)?;
    recreate(folder)?;
    command::run_quietly(
        Command::new("tar")
            .args(["--extract", "--xz", "--strip-components=1", "--file"])
            .arg(&tarball)
            .arg("--directory")
            .arg(folder),
    )
}

/// Empties `folder`, or makes it.
pub fn recreate(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying `{}`", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("making `{}`", folder.display()))
}

fn verify(tarball: &Path) -> Result<()> {
    let found = stamp::sha256(tarball)?;
    if found != SHA256 {
        bail!(
            "`{}` must have the SHA-256 {SHA256} and has {found}; delete it and try again",
            tarball.display(),
        );
    }
    Ok(())
}

fn downloads() -> PathBuf {
    layout::made().join("download")
}

fn fetch() -> Result<()> {
    announce("fetching the sources of wasi-libc");
    let folder = downloads().join("apt");
    fs::create_dir_all(folder.join("lists/partial"))?;
    fs::create_dir_all(folder.join("cache/archives/partial"))?;
    let sources = folder.join("sources.list");
    fs::write(&sources, Mirror::of_this_machine()?.source_line())?;

    command::run_quietly(apt_get(&folder, &sources).arg("update"))?;
    command::run_quietly(
        apt_get(&folder, &sources)
            .args(["source", "--download-only", "-qq", PACKAGE])
            .current_dir(downloads()),
    )?;
    // The index of all source packages is large, and of no use from here on.
    fs::remove_dir_all(&folder).with_context(|| format!("removing `{}`", folder.display()))
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
    // No second user for the download: it could not write below a home folder.
    command.args([
        "-o",
        "APT::Sandbox::User=root",
        "-o",
        "Acquire::Languages=none",
    ]);
    command
}

/// Where this machine gets its packages.
#[derive(Debug, PartialEq, Eq)]
struct Mirror {
    uri: String,
    signed_by: Option<String>,
}

impl Mirror {
    fn of_this_machine() -> Result<Self> {
        let mut texts = Vec::new();
        for file in source_lists() {
            texts.push(
                fs::read_to_string(&file)
                    .with_context(|| format!("reading `{}`", file.display()))?,
            );
        }
        let mirrors: Vec<Self> = texts.iter().flat_map(|text| Self::all_in(text)).collect();
        let is_debian = |mirror: &Self| mirror.uri.trim_end_matches('/').ends_with("/debian");
        mirrors
            .into_iter()
            .find(is_debian)
            .context("apt must have a mirror of Debian to fetch from; /etc/apt names none")
    }

    /// The mirrors of a sources file, in either of apt's two formats.
    fn all_in(text: &str) -> Vec<Self> {
        let lines = || {
            text.lines()
                .map(str::trim)
                .filter(|line| !line.starts_with('#'))
        };
        if lines().any(|line| line.starts_with("URIs:")) {
            let without_comments: Vec<&str> = lines().collect();
            without_comments
                .join("\n")
                .split("\n\n")
                .filter_map(Self::of_stanza)
                .collect()
        } else {
            lines().filter_map(Self::of_line).collect()
        }
    }

    fn of_stanza(stanza: &str) -> Option<Self> {
        let field = |name: &str| {
            stanza
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .map(str::trim)
        };
        let uri = field("URIs:")?.split_whitespace().next()?.to_owned();
        // A key may also stand here itself, on lines of its own.
        let signed_by = field("Signed-By:")
            .filter(|key| key.starts_with('/'))
            .map(str::to_owned);
        Some(Self { uri, signed_by })
    }

    /// `deb [signed-by=KEY ...] URI SUITE COMPONENT...`
    fn of_line(line: &str) -> Option<Self> {
        let rest = line.strip_prefix("deb ")?.trim_start();
        let (options, rest) = match rest.strip_prefix('[') {
            Some(rest) => rest.split_once(']')?,
            None => ("", rest),
        };
        let signed_by = options
            .split_whitespace()
            .find_map(|option| option.strip_prefix("signed-by="))
            .map(str::to_owned);
        let uri = rest.split_whitespace().next()?.to_owned();
        Some(Self { uri, signed_by })
    }

    fn source_line(&self) -> String {
        let options = match &self.signed_by {
            Some(key) => format!("[signed-by={key}] "),
            None => String::new(),
        };
        format!("deb-src {options}{} {SUITE} main\n", self.uri)
    }
}

/// apt's own list, and the files beside it.
fn source_lists() -> Vec<PathBuf> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    if let Ok(entries) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(entries.flatten().map(|entry| entry.path()));
    }
    files.retain(|file| file.is_file());
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mirror(uri: &str, signed_by: Option<&str>) -> Mirror {
        Mirror {
            uri: uri.to_owned(),
            signed_by: signed_by.map(str::to_owned),
        }
    }

    #[test]
    fn both_formats_are_read() {
        let one_line = "# comment\ndeb [arch=amd64 signed-by=/k.gpg] http://a/debian trixie main\n\
                        deb-src http://b/debian trixie main\ndeb http://c/debian trixie main\n";
        assert_eq!(
            Mirror::all_in(one_line),
            [
                mirror("http://a/debian", Some("/k.gpg")),
                mirror("http://c/debian", None)
            ],
        );
        let stanzas = "Types: deb\n# an aside\nURIs: http://a/debian\nSuites: s\nSigned-By: /k.gpg\n\n\
                       Types: deb\nURIs: http://b/debian-security\nSuites: s\n";
        assert_eq!(
            Mirror::all_in(stanzas),
            [
                mirror("http://a/debian", Some("/k.gpg")),
                mirror("http://b/debian-security", None)
            ],
        );
    }

    #[test]
    fn the_source_line_names_the_fixed_release() {
        assert_eq!(
            mirror("http://a/debian", Some("/k.gpg")).source_line(),
            "deb-src [signed-by=/k.gpg] http://a/debian bookworm main\n",
        );
    }

    #[test]
    fn nonsense_is_no_mirror() {
        assert_eq!(
            Mirror::all_in("deb [half http://a/debian s main\ndeb\nURIs\n"),
            []
        );
    }
}
