//! Functions of WASI that are asynchronous, and answered at once.
//!
//! A call that blocks stops every thread of the program, on the thread that runs
//! it as on any other, so the calling thread makes it.

use std::future::{Future, ready};
use std::pin::Pin;

use wasmtime::component::{Accessor, Resource, ResourceTable};
use wasmtime_wasi::filesystem::{Descriptor, Dir, WasiFilesystem, WasiFilesystemView as _};
use wasmtime_wasi::p3::bindings::filesystem::types::ErrorCode;
use wasmtime_wasi::p3::filesystem::FilesystemResult;

use super::fault::Fault;
use crate::state::State;

/// The `result` that a function returns.
pub(super) type Answer<T> = wasmtime::Result<(Result<T, ErrorCode>,)>;

/// An answer, which may take its time if it is Wasmtime's.
pub(super) type Answering<'a, T> = Pin<Box<dyn Future<Output = Answer<T>> + Send + 'a>>;

/// Answers with what was found, or else with what Wasmtime finds.
pub(super) fn answer<'a, T, F>(
    found: Result<T, Fault>,
    accessor: &'a Accessor<State>,
    of_wasmtime: impl FnOnce(Accessor<State, WasiFilesystem>) -> F,
) -> Answering<'a, T>
where
    T: Send + 'a,
    F: Future<Output = FilesystemResult<T>> + Send + 'a,
{
    let found = match found {
        Ok(found) => Ok((Ok(found),)),
        Err(Fault::Refused(code)) => Ok((Err(code),)),
        Err(Fault::Trap(error)) => Err(error),
        Err(Fault::Undecided) => {
            let answer = of_wasmtime(accessor.with_getter::<WasiFilesystem>(State::filesystem));
            return Box::pin(async move {
                Ok((match answer.await {
                    Ok(found) => Ok(found),
                    Err(error) => Err(error.downcast()?),
                },))
            });
        }
    };
    Box::pin(ready(found))
}

/// The folder behind a handle of the program.
pub(super) fn folder<'a>(
    table: &'a ResourceTable,
    handle: &Resource<Descriptor>,
) -> Result<&'a Dir, Fault> {
    match table.get(handle)? {
        Descriptor::Dir(folder) => Ok(folder),
        Descriptor::File(_) => Err(ErrorCode::NotDirectory.into()),
    }
}
