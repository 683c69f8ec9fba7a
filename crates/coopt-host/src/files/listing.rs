//! What is in a folder: `read-directory`.
//!
//! The kernel says the kind of an entry with its name, so nothing is asked of the
//! entry itself, and an entry that goes away meanwhile does no harm. Where the
//! kernel does not say the kind, the entry is asked, and left out if it has gone.
//!
//! WASI has no words for a name that is not UTF-8, so the program cannot have it.
//! Leaving it out in silence would be a trap for a program that copies a folder and
//! then removes it. Stopping there, as Wasmtime does, keeps from the program what
//! it could have had, and how much depends on the order of the folder. So all other
//! entries are listed, and then the stream ends with `illegal-byte-sequence`.

use std::ffi::CStr;
use std::fs::File;
use std::iter;
use std::pin::Pin;
use std::task::{Context, Poll};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, openat, statat};
use rustix::io::Errno;
use tokio::sync::oneshot::{self, Sender};
use wasmtime::StoreContextMut;
use wasmtime::component::{
    Destination, FutureReader, LinkerInstance, Resource, StreamProducer, StreamReader,
    StreamResult, VecBuffer,
};
use wasmtime_wasi::filesystem::Descriptor;
use wasmtime_wasi::p3::bindings::filesystem::types::{DescriptorType, DirectoryEntry, ErrorCode};

use crate::metadata::kind;
use crate::state::State;

type Outcome = Result<(), ErrorCode>;

/// How many entries are read at a time for a reader that does not say how many it
/// takes.
const BATCH: usize = 32;

pub(super) fn add_to(types: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    types.func_wrap("[method]descriptor.read-directory", read_directory)
}

fn read_directory(
    mut store: StoreContextMut<'_, State>,
    (handle,): (Resource<Descriptor>,),
) -> wasmtime::Result<((StreamReader<DirectoryEntry>, FutureReader<Outcome>),)> {
    let listing = match store.data().table.get(&handle)? {
        Descriptor::Dir(folder) => Listing::open(&folder.dir),
        Descriptor::File(_) => Err(ErrorCode::NotDirectory),
    };
    let (sender, outcome) = oneshot::channel();
    let entries = match listing {
        Ok(listing) => StreamReader::new(&mut store, Producer::new(listing, sender))?,
        Err(error) => {
            // Whoever drops the other end does not want to know.
            let _ = sender.send(Err(error));
            StreamReader::new(&mut store, iter::empty())?
        }
    };
    let outcome = FutureReader::new(&mut store, outcome)?;
    Ok(((entries, outcome),))
}

/// The entries of a folder that have not been read, and at last an error if a name
/// was left out.
pub(super) struct Listing {
    folder: Dir,
    left_out: bool,
}

impl Listing {
    /// All entries, whoever else reads the folder.
    pub fn open(folder: &File) -> Result<Self, ErrorCode> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = openat(folder, ".", flags, Mode::empty())
            .and_then(Dir::new)
            .map_err(code)?;
        Ok(Self {
            folder,
            left_out: false,
        })
    }
}

/// The kind of an entry, of which the folder says that it is `said`; `None` when
/// it has gone.
pub(super) fn kind_of(
    folder: &Dir,
    name: &CStr,
    said: FileType,
) -> Result<Option<DescriptorType>, Errno> {
    if said != FileType::Unknown {
        return Ok(Some(kind(said)));
    }
    match statat(folder.fd()?, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(found) => Ok(Some(kind(FileType::from_raw_mode(found.st_mode)))),
        Err(Errno::NOENT) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Iterator for Listing {
    type Item = Result<DirectoryEntry, ErrorCode>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(entry) = self.folder.read() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Some(Err(code(error))),
            };
            let name = match entry.file_name().to_str() {
                Ok("." | "..") => continue,
                Ok(name) => name.to_owned(),
                Err(_) => {
                    self.left_out = true;
                    continue;
                }
            };
            match kind_of(&self.folder, entry.file_name(), entry.file_type()) {
                Ok(Some(type_)) => return Some(Ok(DirectoryEntry { type_, name })),
                Ok(None) => {}
                Err(error) => return Some(Err(code(error))),
            }
        }
        let left_out = std::mem::take(&mut self.left_out);
        left_out.then_some(Err(ErrorCode::IllegalByteSequence))
    }
}

/// Hands a listing to the program, as many entries at a time as it takes.
struct Producer {
    listing: Listing,
    /// Where to say how it ended, until that has been said.
    outcome: Option<Sender<Outcome>>,
}

impl Producer {
    const fn new(listing: Listing, outcome: Sender<Outcome>) -> Self {
        Self {
            listing,
            outcome: Some(outcome),
        }
    }

    fn end(&mut self, outcome: Outcome) {
        if let Some(sender) = self.outcome.take() {
            // Whoever drops the other end does not want to know.
            let _ = sender.send(outcome);
        }
    }
}

impl<D> StreamProducer<D> for Producer {
    type Item = DirectoryEntry;
    type Buffer = VecBuffer<DirectoryEntry>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        mut store: StoreContextMut<'a, D>,
        mut to: Destination<'a, Self::Item, Self::Buffer>,
        _: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let room = to.remaining(&mut store).unwrap_or(BATCH);
        let mut entries = Vec::new();
        let mut result = StreamResult::Completed;
        while entries.len() < room {
            match self.listing.next() {
                Some(Ok(entry)) => entries.push(entry),
                end => {
                    self.end(end.map_or(Ok(()), |error| error.map(drop)));
                    result = StreamResult::Dropped;
                    break;
                }
            }
        }
        to.set_buffer(entries.into());
        Poll::Ready(Ok(result))
    }
}

impl Drop for Producer {
    fn drop(&mut self) {
        // The program has read as much as it wants.
        self.end(Ok(()));
    }
}

/// The code that Wasmtime has for the error.
fn code(error: Errno) -> ErrorCode {
    std::io::Error::from(error).into()
}
