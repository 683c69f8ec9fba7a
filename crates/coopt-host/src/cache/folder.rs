//! The folder of the cache: whose it is (C1), and how large it may grow.

use std::cmp::Reverse;
use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use coopt_files::is_temporary;

use super::key::EXTENSION;

/// How large all files of the cache may be together, in bytes.
const SIZE_MAX: u64 = 512 << 20;

/// An older temporary file was left behind by a process that has ended.
const TEMPORARY_AGE_MAX: Duration = Duration::from_secs(3600);

/// The folder of the user, when the environment names one.
pub(super) fn of_user() -> Option<PathBuf> {
    let absolute = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let caches = absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache")))?;
    Some(caches.join("coopt"))
}

/// Makes the folder when it is not there, and checks rule C1. The error says why
/// the folder cannot be used.
pub(super) fn prepare(folder: &Path) -> Result<(), String> {
    let metadata = match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create(folder).and_then(|()| fs::metadata(folder))
        }
        other => other,
    };
    let text = match metadata {
        Ok(metadata) if !metadata.is_dir() => "is not a folder".to_owned(),
        Ok(metadata) => match trusted(&metadata) {
            Ok(()) => return Ok(()),
            Err(reason) => reason.to_owned(),
        },
        Err(error) => error.to_string(),
    };
    Err(format!("`{}`: {text}", folder.display()))
}

#[cfg(unix)]
fn create(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(folder)
}

/// Whether the file or folder belongs to the user and no other user can write it.
/// The error says what is wrong.
#[cfg(unix)]
#[expect(unsafe_code, reason = "the standard library does not tell the user id")]
pub(super) fn trusted(metadata: &Metadata) -> Result<(), &'static str> {
    use std::os::unix::fs::MetadataExt;
    const WRITABLE_BY_OTHERS: u32 = 0o022;
    // SAFETY: `geteuid` takes nothing, touches no memory and cannot fail.
    let user = unsafe { libc::geteuid() };
    if metadata.uid() != user {
        return Err("belongs to another user");
    }
    if metadata.mode() & WRITABLE_BY_OTHERS != 0 {
        return Err("can be written by other users");
    }
    Ok(())
}

/// Other systems keep the folders of a user private themselves.
#[cfg(not(unix))]
pub(super) fn trusted(_: &Metadata) -> Result<(), &'static str> {
    Ok(())
}

/// Removes temporary files that were left behind, then the files whose last use
/// is longest ago, until the others fit into [`SIZE_MAX`]. Errors are ignored:
/// another process may remove the same files.
pub(super) fn prune(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut kept = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        if path
            .extension()
            .is_some_and(|extension| extension == EXTENSION)
        {
            kept.push((used, metadata.len(), path));
        } else if is_left_behind(&path, used) {
            let _ = fs::remove_file(path);
        }
    }
    for path in beyond(kept, SIZE_MAX) {
        let _ = fs::remove_file(path);
    }
}

fn is_left_behind(path: &Path, written: SystemTime) -> bool {
    is_temporary(path) && written.elapsed().is_ok_and(|age| age > TEMPORARY_AGE_MAX)
}

/// The files that do not fit into `size_max` beside those that were used later.
fn beyond(mut files: Vec<(SystemTime, u64, PathBuf)>, size_max: u64) -> Vec<PathBuf> {
    files.sort_by_key(|&(used, ..)| Reverse(used));
    let mut total = 0_u64;
    files.retain(|(_, size, _)| {
        total = total.saturating_add(*size);
        total > size_max
    });
    files.into_iter().map(|(_, _, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unused_files_go_first() {
        let file = |age_secs: u64, size, name: &str| {
            (
                SystemTime::UNIX_EPOCH + Duration::from_secs(100 - age_secs),
                size,
                PathBuf::from(name),
            )
        };
        let files = vec![
            file(3, 10, "old"),
            file(1, 10, "new"),
            file(2, 10, "middle"),
        ];
        assert_eq!(beyond(files.clone(), 30), Vec::<PathBuf>::new());
        assert_eq!(beyond(files.clone(), 29), vec![PathBuf::from("old")]);
        assert_eq!(
            beyond(files, 10),
            vec![PathBuf::from("middle"), PathBuf::from("old")]
        );
    }
}
