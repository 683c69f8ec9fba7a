//! Where this machine gets its packages. apt's configuration says where, so
//! set-up uses the mirror that the owner of the machine has chosen.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// Where this machine gets its packages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mirror {
    uri: String,
    signed_by: Option<String>,
}

impl Mirror {
    /// The first mirror of Debian that the machine's own apt knows.
    pub(super) fn of_this_machine() -> Result<Self> {
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
        // The field may also hold the key itself, on further lines.
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

    /// The line of a sources file that names the source packages of `release`.
    pub(super) fn source_line(&self, release: &str) -> String {
        let options = match &self.signed_by {
            Some(key) => format!("[signed-by={key}] "),
            None => String::new(),
        };
        format!("deb-src {options}{} {release} main\n", self.uri)
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
    fn the_source_line_names_the_release_asked_for() {
        assert_eq!(
            mirror("http://a/debian", Some("/k.gpg")).source_line("bookworm"),
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
