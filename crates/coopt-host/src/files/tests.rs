//! Our functions on real folders, and Wasmtime's beside them.

#[cfg(target_os = "linux")]
mod description;
mod listing;
#[cfg(target_os = "linux")]
mod program;
#[cfg(target_os = "linux")]
mod removal;
mod scratch;
