//! `unlink-file-at`, `remove-directory-at` and `rename-at`.
//!
//! Wasmtime does them. Ours note that what was found at a path may be elsewhere
//! now ([`crate::metadata`]), and read paths that end in a slash, which name folders,
//! as POSIX does: Wasmtime refuses to remove `folder/`, and calls `link/` a folder.

use wasmtime::component::{Accessor, LinkerInstance, Resource};
use wasmtime_wasi::filesystem::{Descriptor, WasiFilesystem};
use wasmtime_wasi::p3::bindings::filesystem::types::{
    ErrorCode, HostDescriptorWithStore as _, PathFlags,
};

use super::answer::{Answering, answer, folder};
use super::fault::Fault;
use super::lookup;
use crate::state::State;

type Handle = Resource<Descriptor>;

pub(super) fn add_to(types: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    types.func_wrap_concurrent("[method]descriptor.unlink-file-at", unlink_file_at)?;
    types.func_wrap_concurrent(
        "[method]descriptor.remove-directory-at",
        remove_directory_at,
    )?;
    types.func_wrap_concurrent("[method]descriptor.rename-at", rename_at)
}

/// Removes what is no folder. A path that ends in a slash says that it is one.
pub(super) fn unlink_file_at(
    store: &Accessor<State>,
    (in_, path): (Handle, String),
) -> Answering<'_, ()> {
    let refused = store.with(|mut access| {
        let State { table, recent, .. } = access.data_mut();
        recent.forget();
        let folder = folder(table, &in_)?;
        let Some(name) = without_slashes(&path) else {
            return Err(Fault::Undecided);
        };
        if folder.perms.write_not_permitted() {
            return Err(ErrorCode::NotPermitted.into());
        }
        let found = lookup::find(&folder.dir, PathFlags::empty(), name)?;
        Err(if found.is_folder() {
            ErrorCode::IsDirectory.into()
        } else {
            ErrorCode::NotDirectory.into()
        })
    });
    answer(refused, store, async move |store| {
        WasiFilesystem::unlink_file_at(&store, in_, path).await
    })
}

/// Removes a folder, with or without slashes at the end.
pub(super) fn remove_directory_at(
    store: &Accessor<State>,
    (in_, mut path): (Handle, String),
) -> Answering<'_, ()> {
    store.with(|mut access| access.data_mut().recent.forget());
    if let Some(name) = without_slashes(&path) {
        path.truncate(name.len());
    }
    answer(Err(Fault::Undecided), store, async move |store| {
        WasiFilesystem::remove_directory_at(&store, in_, path).await
    })
}

pub(super) fn rename_at(
    store: &Accessor<State>,
    (from, old, to, new): (Handle, String, Handle, String),
) -> Answering<'_, ()> {
    store.with(|mut access| access.data_mut().recent.forget());
    answer(Err(Fault::Undecided), store, async move |store| {
        WasiFilesystem::rename_at(&store, from, old, to, new).await
    })
}

/// The path without the slashes it ends in; `None` when there are none, or
/// nothing else.
fn without_slashes(path: &str) -> Option<&str> {
    let name = path.trim_end_matches('/');
    (name.len() < path.len() && !name.is_empty()).then_some(name)
}
