//! Compiled programs, kept between runs.
//!
//! A file holds native code, and loading it trusts it: whoever can write one
//! can run code as the user. So the folder is the user's alone (mode 0700,
//! checked on each use), each file appears whole ([`crate::atomic`]), and its
//! name is a hash of everything its contents depend on: the input, how it is
//! converted, the build of coopt that converts it, and Wasmtime's own
//! compatibility hash.

mod folder;
mod key;

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::SystemTime;

use wasmtime::Engine;
use wasmtime::component::Component;

use crate::atomic;
use crate::load::Source;

/// Where compiled programs are kept.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// No cache.
    #[must_use]
    pub fn off() -> Self {
        Self { folder: None }
    }

    /// A cache in `folder`, which is created when it is first needed.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: Some(folder.into()),
        }
    }

    /// The cache of the user: `$XDG_CACHE_HOME/coopt`, or `~/.cache/coopt`;
    /// none when neither is known.
    #[must_use]
    pub fn of_user() -> Self {
        Self {
            folder: folder::of_user(),
        }
    }

    /// The place of one program, when there is a cache and it can be trusted.
    pub(crate) fn slot(&self, engine: &Engine, source: Source<'_>) -> Result<Slot, Unusable> {
        let folder = self.folder.as_deref().ok_or(Unusable::Off)?;
        folder::prepare(folder).map_err(Unusable::Because)?;
        let path = folder.join(key::file_name(engine, source));
        Ok(Slot { path })
    }
}

/// Why the cache does not serve this run.
#[derive(Debug)]
pub(crate) enum Unusable {
    Off,
    Because(String),
}

impl Unusable {
    pub fn text(self) -> Option<String> {
        match self {
            Self::Off => None,
            Self::Because(text) => Some(text),
        }
    }
}

/// Where the code of one program is, or goes.
pub(crate) struct Slot {
    path: PathBuf,
}

impl Slot {
    /// The code, when it is there and whole.
    #[expect(
        unsafe_code,
        reason = "Wasmtime trusts compiled code, as this module explains"
    )]
    pub fn load(&self, engine: &Engine) -> Option<Component> {
        let file = File::open(&self.path).ok()?;
        folder::trusted(&file.metadata().ok()?).ok()?;
        // SAFETY: the file is what `Component::serialize` returned for an
        // engine of this compatibility hash: the folder and the file are
        // owned by this user and writable by nobody else (`prepare` and
        // `trusted`), only `store` writes there, atomically, and no file is
        // changed after it got its name, so the mapping stays as it is.
        match unsafe { Component::deserialize_file(engine, &self.path) } {
            Ok(component) => {
                // The time of the last use decides who is pruned first.
                let _ = file.set_modified(SystemTime::now());
                Some(component)
            }
            Err(_) => {
                let _ = fs::remove_file(&self.path);
                None
            }
        }
    }

    pub fn store(&self, component: &Component) -> Result<(), Unusable> {
        let because = |error: &dyn std::fmt::Display| {
            Unusable::Because(format!("`{}`: {error}", self.path.display()))
        };
        let code = component.serialize().map_err(|error| because(&error))?;
        atomic::write(&self.path, &code).map_err(|error| because(&error))?;
        if let Some(folder) = self.path.parent() {
            folder::prune(folder);
        }
        Ok(())
    }
}
