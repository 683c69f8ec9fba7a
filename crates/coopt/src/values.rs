//! The values of options: what may be typed, and what it means. Each is a file.

mod build_args;
mod dir;
mod env_var;
mod listen;
mod net;
mod size;

pub use build_args::BuildArgs;
pub use dir::Dir;
pub use env_var::EnvVar;
pub use listen::Listen;
pub use net::Net;
pub use size::Size;
