//! What was found last at a path (invariant F4 of `files`).
//!
//! `stat` of POSIX is two questions in WASI: what is at a path, and which number
//! the file has. Both answers come from one look, so the second costs nothing, and
//! cannot be about another file than the first.
//!
//! A program that uses WASI itself may do anything between the two. What was
//! found is told only if no answer that the program can have had since may
//! disagree. That is so when
//!
//! - the question is about the same folder (which is known by its handle's
//!   allocation, as a number may be given away again), flags and path,
//! - it has not been told already,
//! - the program has not removed or renamed anything through us. Nothing else that
//!   a program does lets a path that was found lead elsewhere: what is new has a
//!   name that nothing had,
//! - it is fresh. Other processes may have changed something, and only time bounds
//!   that: an answer is as old at most as one may be whose thread the kernel puts
//!   aside before the program sees it.

use std::fs::File;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use wasmtime_wasi::p3::bindings::filesystem::types::PathFlags;

use super::whole::Metadata;

/// How old an answer may be. The second question of a `stat` comes after about
/// 1 us.
const FRESH: Duration = Duration::from_micros(20);

/// What was found last, unless it has been told.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    found: Option<Found>,
    /// Where it was found. Room that is used again and again.
    path: String,
}

#[derive(Debug)]
struct Found {
    folder: Weak<File>,
    flags: PathFlags,
    metadata: Metadata,
    at: Instant,
}

impl Recent {
    /// Keeps what was found at `now`.
    pub fn keep(
        &mut self,
        folder: &Arc<File>,
        flags: PathFlags,
        path: &str,
        metadata: Metadata,
        now: Instant,
    ) {
        path.clone_into(&mut self.path);
        self.found = Some(Found {
            folder: Arc::downgrade(folder),
            flags,
            metadata,
            at: now,
        });
    }

    /// Tells what was found there, if that was shortly before `now`. It tells once.
    pub fn take(
        &mut self,
        folder: &Arc<File>,
        flags: PathFlags,
        path: &str,
        now: Instant,
    ) -> Option<Metadata> {
        let found = self.found.take()?;
        let same = Weak::as_ptr(&found.folder) == Arc::as_ptr(folder)
            && found.flags == flags
            && self.path == path;
        (same && now.saturating_duration_since(found.at) < FRESH).then_some(found.metadata)
    }

    /// Forgets it, since something may change.
    pub fn forget(&mut self) {
        self.found = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> PathFlags {
        PathFlags::empty()
    }

    struct Case {
        recent: Recent,
        folder: Arc<File>,
        at: Instant,
    }

    /// What is known after something was found at `a`.
    fn found() -> Case {
        let folder = Arc::new(File::open(".").expect("a folder"));
        let metadata = Metadata::new(rustix::fs::fstat(&folder).expect("it is open"));
        let at = Instant::now();
        let mut recent = Recent::default();
        recent.keep(&folder, plain(), "a", metadata, at);
        Case { recent, folder, at }
    }

    #[test]
    fn it_is_told_once() {
        let Case {
            mut recent,
            folder,
            at,
        } = found();
        assert!(recent.take(&folder, plain(), "a", at).is_some());
        assert!(recent.take(&folder, plain(), "a", at).is_none());
    }

    #[test]
    fn it_is_told_of_its_own_place_only() {
        let other = Arc::new(File::open(".").expect("a folder"));
        for (folder, flags, path) in [
            (None, plain(), "b"),
            (None, PathFlags::SYMLINK_FOLLOW, "a"),
            (Some(&other), plain(), "a"),
        ] {
            let Case {
                mut recent,
                folder: own,
                at,
            } = found();
            let folder = folder.unwrap_or(&own);
            assert!(recent.take(folder, flags, path, at).is_none());
            // Another question has come first.
            assert!(recent.take(&own, plain(), "a", at).is_none());
        }
    }

    #[test]
    fn it_is_told_while_it_is_fresh() {
        let mut case = found();
        let old = case.at + FRESH;
        assert!(case.recent.take(&case.folder, plain(), "a", old).is_none());
        let mut case = found();
        let fresh = case.at + FRESH / 2;
        assert!(
            case.recent
                .take(&case.folder, plain(), "a", fresh)
                .is_some()
        );
    }

    #[test]
    fn it_can_be_forgotten() {
        let mut case = found();
        case.recent.forget();
        assert!(
            case.recent
                .take(&case.folder, plain(), "a", case.at)
                .is_none()
        );
    }

    #[test]
    fn it_keeps_no_folder_open() {
        let Case { recent, folder, .. } = found();
        assert_eq!(Arc::strong_count(&folder), 1);
        drop(recent);
    }
}
