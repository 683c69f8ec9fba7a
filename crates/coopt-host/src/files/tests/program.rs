//! A program that asks our functions and Wasmtime's.

use std::fmt::Debug;
use std::fs::File;
use std::sync::Arc;

use wasmtime::Store;
use wasmtime::component::{Accessor, Resource, ResourceTable};
use wasmtime_wasi::filesystem::{
    Descriptor, Dir, File as OpenFile, OpenMode, WasiFilesystem, WasiFilesystemView as _,
};
use wasmtime_wasi::p3::bindings::filesystem::types::{
    DescriptorStat, DescriptorType, ErrorCode, HostDescriptorWithStore as _, MetadataHashValue,
    PathFlags,
};
use wasmtime_wasi::p3::filesystem::FilesystemResult;
use wasmtime_wasi::{FsPerms, WasiCtx};

use super::scratch::Scratch;
use crate::clock::Clock;
use crate::executor;
use crate::files::answer::Answer;
use crate::files::{description, removal};
use crate::host::Host;
use crate::metadata::Recent;
use crate::network::Network;
use crate::options::Options;
use crate::state::State;
use crate::timers::Timers;

type Said<T> = Result<T, ErrorCode>;

/// What our function says, and what Wasmtime's says.
pub(super) struct Both<T> {
    pub ours: Said<T>,
    pub theirs: Said<T>,
}

impl<T: Debug> Both<T> {
    fn new(ours: Answer<T>, theirs: FilesystemResult<T>) -> Self {
        let (ours,) = ours.expect("our function does not end the program");
        let theirs = theirs.map_err(|error| {
            let code = error.downcast();
            code.expect("Wasmtime's function does not end the program")
        });
        Self { ours, theirs }
    }

    /// Both in words.
    pub fn words(&self) -> [String; 2] {
        [&self.ours, &self.theirs].map(|said| format!("{said:?}"))
    }
}

/// Numbers of handles of a program, and what is behind them.
pub(super) struct Program(Store<State>);

fn borrow(handle: u32) -> Resource<Descriptor> {
    Resource::new_borrow(handle)
}

fn theirs(store: &Accessor<State>) -> Accessor<State, WasiFilesystem> {
    store.with_getter::<WasiFilesystem>(State::filesystem)
}

impl Program {
    pub fn new() -> Self {
        let host = Host::new(&Options::default()).expect("the machine runs components");
        let state = State {
            limits: wasmtime::StoreLimits::default(),
            wasi: WasiCtx::builder().build(),
            table: ResourceTable::new(),
            clock: Clock::new(Arc::new(Timers::default())),
            network: Network::default(),
            recent: Recent::default(),
        };
        Self(Store::new(&host.engine, state))
    }

    fn push(&mut self, descriptor: Descriptor) -> u32 {
        let handle = self.0.data_mut().table.push(descriptor);
        handle.expect("the table has room").rep()
    }

    /// A handle to the folder.
    pub fn folder(&mut self, scratch: &Scratch, perms: FsPerms) -> u32 {
        let mode = OpenMode::READ | OpenMode::WRITE;
        let folder = Dir::new(scratch.open(), perms, mode, true);
        self.push(Descriptor::Dir(folder))
    }

    /// A handle to a file.
    pub fn file(&mut self, file: File) -> u32 {
        let file = OpenFile::new(file, FsPerms::ReadWrite, OpenMode::READ, true);
        self.push(Descriptor::File(file))
    }

    fn ask<T>(&mut self, ask: impl AsyncFnOnce(&Accessor<State>) -> T) -> T {
        let asked = self.0.run_concurrent(ask);
        executor::block_on(&Timers::default(), asked).expect("the functions answer")
    }

    pub fn stat(&mut self, handle: u32) -> Both<DescriptorStat> {
        let ours = self.ask(async |store| description::stat(store, (borrow(handle),)).await);
        let theirs =
            self.ask(async |store| WasiFilesystem::stat(&theirs(store), borrow(handle)).await);
        Both::new(ours, theirs)
    }

    pub fn get_type(&mut self, handle: u32) -> Both<DescriptorType> {
        let ours = self.ask(async |store| description::get_type(store, (borrow(handle),)).await);
        let theirs =
            self.ask(async |store| WasiFilesystem::get_type(&theirs(store), borrow(handle)).await);
        Both::new(ours, theirs)
    }

    pub fn metadata_hash(&mut self, handle: u32) -> Both<MetadataHashValue> {
        let ours =
            self.ask(async |store| description::metadata_hash(store, (borrow(handle),)).await);
        let theirs = self
            .ask(async |store| WasiFilesystem::metadata_hash(&theirs(store), borrow(handle)).await);
        Both::new(ours, theirs)
    }

    pub fn stat_at(&mut self, handle: u32, flags: PathFlags, path: &str) -> Both<DescriptorStat> {
        let ours = self.ask(async |store| {
            description::stat_at(store, (borrow(handle), flags, path.into())).await
        });
        let theirs = self.ask(async |store| {
            WasiFilesystem::stat_at(&theirs(store), borrow(handle), flags, path.into()).await
        });
        Both::new(ours, theirs)
    }

    pub fn metadata_hash_at(
        &mut self,
        handle: u32,
        flags: PathFlags,
        path: &str,
    ) -> Both<MetadataHashValue> {
        let ours = self.ask(async |store| {
            description::metadata_hash_at(store, (borrow(handle), flags, path.into())).await
        });
        let theirs = self.ask(async |store| {
            let store = theirs(store);
            WasiFilesystem::metadata_hash_at(&store, borrow(handle), flags, path.into()).await
        });
        Both::new(ours, theirs)
    }

    /// Removes twice, so it is for what cannot be removed.
    pub fn unlink_file_at(&mut self, handle: u32, path: &str) -> Both<()> {
        let ours = self
            .ask(async |store| removal::unlink_file_at(store, (borrow(handle), path.into())).await);
        let theirs = self.ask(async |store| {
            WasiFilesystem::unlink_file_at(&theirs(store), borrow(handle), path.into()).await
        });
        Both::new(ours, theirs)
    }

    /// Removes twice, so it is for what cannot be removed.
    pub fn remove_directory_at(&mut self, handle: u32, path: &str) -> Both<()> {
        let ours = self.ask(async |store| {
            removal::remove_directory_at(store, (borrow(handle), path.into())).await
        });
        let theirs = self.ask(async |store| {
            WasiFilesystem::remove_directory_at(&theirs(store), borrow(handle), path.into()).await
        });
        Both::new(ours, theirs)
    }

    pub fn rename_at(&mut self, handle: u32, old: &str, new: &str) -> Said<()> {
        let renamed = self.ask(async |store| {
            let places = (borrow(handle), old.into(), borrow(handle), new.into());
            removal::rename_at(store, places).await
        });
        renamed.expect("our function does not end the program").0
    }
}
