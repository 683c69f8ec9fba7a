//! The component around the merged module.

#[cfg(test)]
mod tests;

use std::ops::Range;

use wasmparser::{Parser, Payload};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};

use crate::error::Error;
use crate::wit;

/// The custom section with the names of what is in a component.
const NAMES: &str = "component-name";

/// Whether a component says what its parts are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Kept,
    LeftOut,
}

/// Wraps `module` as a component. It imports what `module` imports, and no more of the WIT.
pub fn encode(mut module: Vec<u8>, names: Names) -> Result<Vec<u8>, Error> {
    let (resolve, world) = wit::world()?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
        .map_err(Error::internal)?;
    let encoded = ComponentEncoder::default()
        .module(&module)
        .and_then(|encoder| encoder.validate(true).encode());
    let mut component = encoded.map_err(|error| Error::internal(format!("{error:#}")))?;
    if names == Names::LeftOut {
        remove_names(&mut component);
    }
    Ok(component)
}

fn remove_names(component: &mut Vec<u8>) {
    if let Some(section) = names_section(component) {
        component.drain(section);
    }
}

/// Where the section of names is, with its header.
fn names_section(component: &[u8]) -> Option<Range<usize>> {
    let mut depth = 0_u32;
    let mut end_before = 0;
    for payload in Parser::new(0).parse_all(component).map_while(Result::ok) {
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(end) => {
                depth = depth.saturating_sub(1);
                end_before = end;
            }
            Payload::CustomSection(custom) if depth == 0 && custom.name() == NAMES => {
                return Some(end_before..custom.range().end);
            }
            other => {
                if let Some((_, range)) = other.as_section() {
                    end_before = range.end;
                }
            }
        }
    }
    None
}
