//! What is known of a file: `stat`, `get-type` and `metadata-hash`.

use std::time::Instant;

use wasmtime::component::{Accessor, LinkerInstance, Resource};
use wasmtime_wasi::filesystem::{Descriptor, WasiFilesystem};
use wasmtime_wasi::p3::bindings::filesystem::types::{
    DescriptorStat, DescriptorType, HostDescriptorWithStore as _, MetadataHashValue, PathFlags,
};

use super::answer::{Answering, answer, folder};
use super::fault::Fault;
use super::lookup;
use crate::metadata::Metadata;
use crate::state::State;

type Handle = Resource<Descriptor>;
type Place = (Handle, PathFlags, String);

pub(super) fn add_to(types: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    types.func_wrap_concurrent("[method]descriptor.stat", stat)?;
    types.func_wrap_concurrent("[method]descriptor.get-type", get_type)?;
    types.func_wrap_concurrent("[method]descriptor.metadata-hash", metadata_hash)?;
    types.func_wrap_concurrent("[method]descriptor.stat-at", stat_at)?;
    types.func_wrap_concurrent("[method]descriptor.metadata-hash-at", metadata_hash_at)
}

pub(super) fn stat(store: &Accessor<State>, (of,): (Handle,)) -> Answering<'_, DescriptorStat> {
    let found = describe(store, &of).map(|found| found.stat());
    answer(found, store, async move |store| {
        WasiFilesystem::stat(&store, of).await
    })
}

/// Of a folder the kind is known. A program asks for it before it opens a file there.
pub(super) fn get_type(store: &Accessor<State>, (of,): (Handle,)) -> Answering<'_, DescriptorType> {
    let found = store.with(|mut access| match access.data_mut().table.get(&of)? {
        Descriptor::File(file) => Ok(lookup::of(&file.file)?.kind()),
        Descriptor::Dir(_) => Ok(DescriptorType::Directory),
    });
    answer(found, store, async move |store| {
        WasiFilesystem::get_type(&store, of).await
    })
}

pub(super) fn metadata_hash(
    store: &Accessor<State>,
    (of,): (Handle,),
) -> Answering<'_, MetadataHashValue> {
    let found = describe(store, &of).map(|found| found.hash());
    answer(found, store, async move |store| {
        WasiFilesystem::metadata_hash(&store, of).await
    })
}

/// What is at a path. It is kept for the question that may follow.
pub(super) fn stat_at(
    store: &Accessor<State>,
    (in_, flags, path): Place,
) -> Answering<'_, DescriptorStat> {
    let found = store.with(|mut access| {
        let State { table, recent, .. } = access.data_mut();
        let folder = &folder(table, &in_)?.dir;
        recent.forget();
        let found = lookup::find(folder, flags, &path)?;
        recent.keep(folder, flags, &path, found, Instant::now());
        Ok(found.stat())
    });
    answer(found, store, async move |store| {
        WasiFilesystem::stat_at(&store, in_, flags, path).await
    })
}

/// The number of what is at a path, which may have been found just now.
pub(super) fn metadata_hash_at(
    store: &Accessor<State>,
    (in_, flags, path): Place,
) -> Answering<'_, MetadataHashValue> {
    let found = store.with(|mut access| {
        let State { table, recent, .. } = access.data_mut();
        let folder = &folder(table, &in_)?.dir;
        let found = match recent.take(folder, flags, &path, Instant::now()) {
            Some(found) => found,
            None => lookup::find(folder, flags, &path)?,
        };
        Ok(found.hash())
    });
    answer(found, store, async move |store| {
        WasiFilesystem::metadata_hash_at(&store, in_, flags, path).await
    })
}

/// What the file behind a handle is.
fn describe(store: &Accessor<State>, handle: &Handle) -> Result<Metadata, Fault> {
    store.with(|mut access| {
        let file = match access.data_mut().table.get(handle)? {
            Descriptor::File(file) => &file.file,
            Descriptor::Dir(folder) => &folder.dir,
        };
        lookup::of(file)
    })
}
