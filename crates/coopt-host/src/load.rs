//! From bytes to code that can run: converted and compiled, or remembered.

use std::borrow::Cow;
use std::error::Error as StdError;

use wasmtime::component::Component;

use crate::cache::Cache;
use crate::error::Error;
use crate::host::Host;

/// What identifies a program to the cache.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file as it was read: a core module or a component.
    pub wasm: &'a [u8],
    /// Whatever else the conversion depends on, in any form that differs
    /// when the outcome may.
    pub build: &'a [u8],
}

/// A program ready to run.
pub struct Loaded {
    /// Compiled.
    pub component: Component,
    /// Where from.
    pub origin: Origin,
}

/// Where the code of a program came from.
#[derive(Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was compiled before; nothing was converted or compiled.
    Cached,
    /// It was compiled now, and will be found next time.
    Stored,
    /// It was compiled now and will be again: the cache is off, or the text
    /// says why it could not be used.
    Compiled(Option<String>),
}

impl Host {
    /// The code of `source`. On a miss `convert` makes a component of it; on
    /// a hit it is not called (H2).
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] with what `convert` returned, or [`Error::Compile`].
    /// A cache that does not work is not an error.
    pub fn load<'a, B, E>(
        &self,
        source: Source<'_>,
        cache: &Cache,
        convert: impl FnOnce() -> Result<B, E>,
    ) -> Result<Loaded, Error>
    where
        B: Into<Cow<'a, [u8]>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let slot = cache.slot(&self.engine, source);
        if let Some(component) = slot.as_ref().ok().and_then(|slot| slot.load(&self.engine)) {
            return Ok(Loaded {
                component,
                origin: Origin::Cached,
            });
        }
        let wasm = convert().map_err(|error| Error::Convert(error.into()))?;
        let component =
            Component::from_binary(&self.engine, &wasm.into()).map_err(Error::compile)?;
        let origin = match slot.and_then(|slot| slot.store(&component)) {
            Ok(()) => Origin::Stored,
            Err(reason) => Origin::Compiled(reason.text()),
        };
        Ok(Loaded { component, origin })
    }
}
