//! Linking: guest, runtime and generated functions become one module.

mod generated;
pub mod imports;
pub mod merge;
pub mod plan;
mod reencode;
