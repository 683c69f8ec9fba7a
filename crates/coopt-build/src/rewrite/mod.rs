//! Rewriting the bodies of the program: what a pass is given, and what it is kept from.
//!
//! [`body`] walks a body and offers each instruction to the [passes](crate::passes), in their
//! order. These rules hold:
//!
//! - **W1** What a pass writes is final: it is offered to no pass, nor is it to the one that wrote
//!   it.
//! - **W2** An instruction is offered to each pass until one replaces it. What a pass writes for
//!   an instruction that it keeps stands before it, and before what later passes write.
//! - **W3** The operand stack is as the program has it, before and after what a pass writes.
//! - **W4** A local that a pass asks for serves it until its instruction is done. Then it is free
//!   for the next, so it carries nothing from one instruction to another.
//! - **W5** What no pass changes is copied as bytes, be it between two instructions or the whole
//!   body.
//! - **W6** A pass that spares library code is not offered any (invariant I6).

pub mod body;
pub mod output;
pub mod pass;

pub use body::rewrite;
pub use output::Output;
pub use pass::{Answer, Pass};
