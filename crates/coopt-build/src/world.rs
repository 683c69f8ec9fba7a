//! The component around the merged module.

#[cfg(test)]
mod tests;

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};

use crate::error::Error;
use crate::wit;

/// Wraps `module` as a component. It imports what `module` imports, and no more of the WIT.
pub fn encode(mut module: Vec<u8>) -> Result<Vec<u8>, Error> {
    let (resolve, world) = wit::world()?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
        .map_err(Error::internal)?;
    let encoded = ComponentEncoder::default()
        .module(&module)
        .and_then(|encoder| encoder.validate(true).encode());
    encoded.map_err(|error| Error::internal(format!("{error:#}")))
}
