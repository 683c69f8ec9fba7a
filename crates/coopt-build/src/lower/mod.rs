//! Lowering: what becomes of an instruction that assumes real threads.

mod atomics;
mod body;

pub use atomics::{AtomicUses, Int};
pub use body::{Callee, InPlace, WaitFunctions, lower_body};
