//! The official preview1 adapter, which provides the WASI calls that coopt does not take over.

use std::collections::HashMap;
use std::sync::OnceLock;

pub use wasi_preview1_component_adapter_provider::{
    WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME as NAME, WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER as WASM,
};
use wasmparser::FuncType;

use crate::module::Module;

/// The adapter's function `name` and its type.
pub fn export(name: &str) -> Option<(&'static str, &'static FuncType)> {
    static EXPORTS: OnceLock<HashMap<&'static str, FuncType>> = OnceLock::new();
    let exports = EXPORTS.get_or_init(|| {
        let Ok(adapter) = Module::parse(WASM) else {
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
