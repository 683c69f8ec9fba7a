//! Compiled programs, kept between runs.
//!
//! A file of the cache holds native code, so whoever can write one can run code
//! as the user. Three rules keep it safe:
//!
//! - **C1** The folder and its files belong to the user, and no other user can
//!   write them. Each use checks this rule ([`folder`]).
//! - **C2** A file appears whole ([`coopt_files`]) and its contents never
//!   change. It ends with a checksum ([`checksum`]); a damaged file is removed.
//! - **C3** The name of a file is a hash of everything that its contents depend
//!   on ([`key`]): the program, how it is converted, the build of coopt, and
//!   Wasmtime's compatibility hash.

mod checksum;
mod folder;
mod key;

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::SystemTime;

use wasmtime::Engine;
use wasmtime::component::Component;

pub use self::key::Source;

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

    /// A cache in `folder`, which is made when it is needed.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: Some(folder.into()),
        }
    }

    /// The cache of the user: `$XDG_CACHE_HOME/coopt`, or `~/.cache/coopt`. No
    /// cache when neither is known.
    #[must_use]
    pub fn of_user() -> Self {
        Self {
            folder: folder::of_user(),
        }
    }

    /// The place of one program in the cache.
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
    /// The user wants no cache.
    Off,
    /// The text says what is wrong with the cache.
    Because(String),
}

impl Unusable {
    /// What is wrong with the cache; `None` when the user wants no cache.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Off => None,
            Self::Because(text) => Some(text),
        }
    }
}

/// The file of one program in the cache, which may not be there yet.
pub(crate) struct Slot {
    path: PathBuf,
}

impl Slot {
    /// The code, when the file is there and is whole.
    #[expect(
        unsafe_code,
        reason = "Wasmtime trusts compiled code, which rules C1 to C3 permit"
    )]
    pub fn load(&self, engine: &Engine) -> Option<Component> {
        let file = File::open(&self.path).ok()?;
        folder::trusted(&file.metadata().ok()?).ok()?;
        let component = checksum::holds(&file).then(|| {
            // SAFETY: the file holds what `Component::serialize` returned for an
            // engine of this compatibility hash. No other user can have written
            // it (C1, checked by `prepare` and `trusted`), `store` gave it the
            // name that it has (C3), and its mapping does not change (C2).
            unsafe { Component::deserialize_file(engine, &self.path) }
        });
        match component {
            Some(Ok(component)) => {
                // `prune` removes the files first whose last use is longest ago.
                let _ = file.set_modified(SystemTime::now());
                Some(component)
            }
            Some(Err(_)) | None => {
                let _ = fs::remove_file(&self.path);
                None
            }
        }
    }

    /// Puts the code into the cache.
    pub fn store(&self, component: &Component) -> Result<(), Unusable> {
        let because = |error: &dyn std::fmt::Display| {
            Unusable::Because(format!("`{}`: {error}", self.path.display()))
        };
        let mut code = component.serialize().map_err(|error| because(&error))?;
        checksum::add(&mut code);
        coopt_files::write(&self.path, &code).map_err(|error| because(&error))?;
        if let Some(folder) = self.path.parent() {
            folder::prune(folder);
        }
        Ok(())
    }
}
