//! From the bytes of a file to code that can run.

use std::borrow::Cow;
use std::error::Error as StdError;

use wasmtime::component::Component;

use crate::cache::{Cache, Source};
use crate::error::Error;
use crate::host::Host;

/// A program that is ready to run.
pub struct Loaded {
    /// The code of the program.
    pub component: Component,
    /// Where the code came from.
    pub origin: Origin,
}

/// Where the code of a program came from.
#[derive(Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the cache.
    Cached,
    /// The code was compiled for this load and put into the cache.
    Stored,
    /// The code was compiled for this load and is in no cache. The text says why
    /// the cache could not be used; `None` when the cache is off.
    Compiled(Option<String>),
}

impl Host {
    /// The code of `source`. When the cache does not have the code, `convert`
    /// makes the bytes of a component of `source` (H2).
    ///
    /// # Errors
    ///
    /// [`Error::Convert`] with the error of `convert`, or [`Error::Compile`].
    /// A cache that cannot be used is not an error.
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
