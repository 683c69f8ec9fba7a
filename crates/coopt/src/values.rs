//! What the values of options look like, and what they mean. What was typed
//! and what it means are two types.

mod build_args;
mod dir;
mod env_var;
mod stack_size;

pub use build_args::BuildArgs;
pub use dir::Dir;
pub use env_var::EnvVar;
pub use stack_size::StackSize;
