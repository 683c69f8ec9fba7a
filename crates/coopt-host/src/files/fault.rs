//! Why a function of ours does not do what it is asked for.

use wasmtime::Error;
use wasmtime::component::ResourceTableError;
use wasmtime_wasi::p3::bindings::filesystem::types::ErrorCode;

/// Why a function of ours does not do what it is asked for.
#[derive(Debug)]
pub(super) enum Fault {
    /// The program is told this.
    Refused(ErrorCode),
    /// The kernel does not decide, so Wasmtime's function has to (F2).
    Undecided,
    /// The program has no such handle, which ends it.
    Trap(Error),
}

impl From<ErrorCode> for Fault {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code)
    }
}

impl From<rustix::io::Errno> for Fault {
    /// The code that Wasmtime has for the error.
    fn from(error: rustix::io::Errno) -> Self {
        Self::Refused(std::io::Error::from(error).into())
    }
}

impl From<ResourceTableError> for Fault {
    fn from(error: ResourceTableError) -> Self {
        Self::Trap(error.into())
    }
}
