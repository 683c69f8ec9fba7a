//! Linking: guest, runtime and generated functions become one module.

mod generated;
pub mod imports;
mod limits;
pub mod merge;
pub mod plan;
mod reencode;
