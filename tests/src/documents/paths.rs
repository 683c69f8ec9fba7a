//! Which words are paths, and whether there is such a file.
//!
//! A document names a file by as much of its path as the reader needs: in a
//! text about coopt-build, `plan/imports.rs` is enough. So a path is right when
//! the path of some file or folder ends with it. `*` and `<words>` stand for any
//! part of a name.

use std::path::Path;

/// Extensions of files that are in the repository wherever a document names one. A
/// bare `main.c` or `app.wasm` is a file of the reader.
const OUR_ENDINGS: [&str; 7] = ["rs", "md", "txt", "toml", "s", "patch", "csv"];

/// How files end that may be headers of the C library.
const LIBRARY_ENDING: &str = ".h";

/// The first parts of paths to files that are not in the repository, because they
/// are built or the user's.
const ELSEWHERE: [&str; 3] = ["target", "~", "$XDG_CACHE_HOME"];

/// The paths of files and folders, relative to the folders they were found in.
pub struct Files(Vec<String>);

impl Files {
    /// The files and folders below each of `folders`, without build folders.
    ///
    /// # Errors
    /// A text, when a folder cannot be listed.
    pub fn below(folders: &[&Path]) -> Result<Self, String> {
        let mut files = Vec::new();
        for folder in folders {
            add(folder, "", &mut files)?;
        }
        Ok(Self(files))
    }

    /// Whether `path` is the path of a file or folder, or the end of such a path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let pattern: Vec<String> = path
            .trim_start_matches("../")
            .trim_end_matches('/')
            .split('/')
            .map(wildcards)
            .collect();
        self.0.iter().any(|file| {
            let parts: Vec<&str> = file.split('/').collect();
            let end = parts.len().checked_sub(pattern.len());
            let end = end.map(|start| &parts[start..]);
            end.is_some_and(|end| end.iter().zip(&pattern).all(|(part, of)| matches(of, part)))
        })
    }

    /// Whether `text` is meant to be the path of a file of ours.
    #[must_use]
    pub fn concerns(&self, text: &str) -> bool {
        let in_path = |c: char| c.is_ascii_alphanumeric() || "_-./*<>".contains(c);
        let is_path = text.chars().all(in_path) && !text.starts_with('/');
        let (first, rest) = text.split_once('/').unwrap_or((text, ""));
        if !is_path || ELSEWHERE.contains(&first) {
            return false;
        }
        let is_top = self.0.iter().any(|file| file == first);
        if text.contains('/') {
            return !rest.ends_with(LIBRARY_ENDING) || is_top;
        }
        let (stem, ending) = text.rsplit_once('.').unwrap_or_default();
        !stem.is_empty() && OUR_ENDINGS.contains(&ending)
    }
}

fn add(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<(), String> {
    let listing = |error| format!("listing `{}`: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(listing)? {
        let entry = entry.map_err(listing)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "target" || name == ".git" {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            add(&entry.path(), &format!("{path}/"), files)?;
        }
        files.push(path);
    }
    Ok(())
}

/// A name with `*` for each `<words>`.
fn wildcards(name: &str) -> String {
    let mut pattern = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('<') {
        pattern.push_str(before);
        pattern.push('*');
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    pattern + rest
}

/// Whether `name` matches `pattern`, in which `*` stands for anything.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        let files = ["src", "src/link", "src/link/plan.rs", "runs/1-a.csv"];
        Files(files.map(str::to_owned).to_vec())
    }

    #[test]
    fn the_end_of_a_path_is_enough_and_must_be_whole() {
        for path in [
            "link/plan.rs",
            "plan.rs",
            "src/",
            "<date>-<commit>.csv",
            "runs/1-*",
        ] {
            assert!(files().has(path), "{path}");
        }
        for path in ["an.rs", "link/other.rs", "plan", "src/plan.rs", "<date>.md"] {
            assert!(!files().has(path), "{path}");
        }
    }

    #[test]
    fn what_is_built_or_someone_elses_is_no_concern() {
        for path in ["link/plan.rs", "gone.rs", "gone/", "src/gone.h"] {
            assert!(files().concerns(path), "{path}");
        }
        for text in [
            "target/coopt",
            "~/.cache/coopt",
            "/a",
            "main.c",
            "wasi/libc.h",
            "wasi:cli/run",
            ".md",
            "word",
        ] {
            assert!(!files().concerns(text), "{text}");
        }
    }
}
