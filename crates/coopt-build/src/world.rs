//! The component around the merged module.

use std::collections::HashMap;
use std::sync::OnceLock;

use wasi_preview1_component_adapter_provider::{
    WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME as ADAPTER_NAME,
    WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER as ADAPTER,
};
use wasmparser::FuncType;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use crate::Error;
use crate::module::Module;

/// The core export that becomes `wasi:cli/run`. A plain synchronous lift of
/// a function whose type is `async` may block, so no callback is needed.
pub const RUN_EXPORT: &str = "wasi:cli/run@0.3.0#run";

/// The WIT of what the runtime itself imports and exports, and nothing else;
/// the adapter brings its own. It is a subset of the WASI 0.3.0 interfaces.
const WIT: &str = "
    package coopt:program;

    world program {
        import wasi:clocks/monotonic-clock@0.3.0;
        import wasi:cli/exit@0.3.0;
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
        .and_then(|encoder| encoder.validate(true).adapter(ADAPTER_NAME, ADAPTER))
        .and_then(|mut encoder| encoder.encode());
    encoded.map_err(|error| Error::internal(format!("{error:#}")))
}

/// The adapter's function `name` and its type.
pub fn adapter_export(name: &str) -> Option<(&'static str, &'static FuncType)> {
    static EXPORTS: OnceLock<HashMap<&'static str, FuncType>> = OnceLock::new();
    let exports = EXPORTS.get_or_init(|| {
        let Ok(adapter) = Module::parse(ADAPTER) else {
            return HashMap::new();
        };
        let functions = adapter.exports.iter().filter_map(|export| {
            let is_function = export.kind == wasmparser::ExternalKind::Func;
            let ty = adapter
                .function_type(export.index)
                .filter(|_| is_function)?;
            Some((export.name, ty.clone()))
        });
        functions.collect()
    });
    exports.get_key_value(name).map(|(name, ty)| (*name, ty))
}
