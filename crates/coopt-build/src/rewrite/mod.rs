//! Rewriting the bodies of the program: what a pass is given, and what it may not do.
//!
//! [`body`] walks a body and offers each instruction to the [passes](crate::passes), in their
//! order. These rules hold:
//!
//! - **W1** What a pass writes is final: no pass is offered it, not even the pass that wrote it.
//! - **W2** An instruction is offered to each pass until a pass replaces it. What a pass writes for
//!   an instruction that it keeps stands before the instruction, and before what later passes
//!   write.
//! - **W3** The operand stack is as the program has it, before and after what a pass writes.
//! - **W4** A local serves the pass that asks for it until the instruction is done. Then the local
//!   is free for the next instruction, so it carries no value from one instruction to another. One
//!   that a pass keeps is that pass's for the whole body.
//! - **W5** What no pass changes is copied as bytes, be it between two instructions or the whole
//!   body.
//! - **W6** A pass that spares library code is offered no library code (invariant I6).

pub mod body;
pub mod output;
pub mod pass;

pub use body::{Source, rewrite};
pub use output::Output;
pub use pass::{Answer, Pass};
