//! The component around the merged module.

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use crate::adapter;
use crate::error::Error;

/// The WIT of what the merged module itself imports and exports: a subset of the
/// WASI 0.3.0 interfaces. The adapter brings its own WIT.
const WIT: &str = "
    package coopt:program;

    world program {
        import wasi:clocks/monotonic-clock@0.3.0;
        import wasi:cli/exit@0.3.0;
        import wasi:cli/stdin@0.3.0;
        export wasi:cli/run@0.3.0;
    }

    package wasi:clocks@0.3.0 {
        interface monotonic-clock {
            type mark = u64;
            now: func() -> mark;
            wait-until: async func(when: mark);
        }
    }

    package wasi:cli@0.3.0 {
        interface types {
            enum error-code { io, illegal-byte-sequence, pipe }
        }
        interface stdin {
            use types.{error-code};
            read-via-stream: func() -> tuple<stream<u8>, future<result<_, error-code>>>;
        }
        interface exit {
            exit-with-code: func(status-code: u8);
        }
        interface run {
            run: async func() -> result;
        }
    }
";

/// Wraps `module` as a component.
pub fn encode(mut module: Vec<u8>) -> Result<Vec<u8>, Error> {
    let mut resolve = Resolve::default();
    let package = resolve
        .push_str("coopt.wit", WIT)
        .map_err(Error::internal)?;
    let world = resolve
        .select_world(&[package], Some("program"))
        .map_err(Error::internal)?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
        .map_err(Error::internal)?;
    let encoded = ComponentEncoder::default()
        .module(&module)
        .and_then(|encoder| encoder.validate(true).adapter(adapter::NAME, adapter::WASM))
        .and_then(|mut encoder| encoder.encode());
    encoded.map_err(|error| Error::internal(format!("{error:#}")))
}
