//! The WIT of what the merged module itself imports and exports: a subset of the WASI 0.3.0
//! interfaces, in the folder `wit`.

#[cfg(test)]
mod tests;

use wit_parser::{Resolve, WorldId};

use crate::error::Error;

/// The files, each behind those that it uses.
const FILES: [(&str, &str); 6] = [
    ("clocks.wit", include_str!("../wit/clocks.wit")),
    ("random.wit", include_str!("../wit/random.wit")),
    ("filesystem.wit", include_str!("../wit/filesystem.wit")),
    ("sockets.wit", include_str!("../wit/sockets.wit")),
    ("cli.wit", include_str!("../wit/cli.wit")),
    ("program.wit", include_str!("../wit/program.wit")),
];

/// The interfaces whose functions return strings or lists, be it in an error.
const REALLOCATING: [&str; 6] = [
    "wasi:random/random@0.3.0",
    "wasi:filesystem/types@0.3.0",
    "wasi:filesystem/preopens@0.3.0",
    "wasi:sockets/types@0.3.0",
    "wasi:sockets/ip-name-lookup@0.3.0",
    "wasi:cli/environment@0.3.0",
];

/// Whether the host may ask for room in the program's memory, for what imports of the core module
/// `module` return.
pub fn needs_realloc(module: &str) -> bool {
    REALLOCATING.contains(&module)
}

/// Parses the files; the world `program`.
pub fn world() -> Result<(Resolve, WorldId), Error> {
    let mut resolve = Resolve::default();
    let mut last = None;
    for (name, text) in FILES {
        last = Some(resolve.push_str(name, text).map_err(Error::internal)?);
    }
    let packages: Vec<_> = last.into_iter().collect();
    let world = resolve.select_world(&packages, Some("program"));
    let world = world.map_err(Error::internal)?;
    Ok((resolve, world))
}
