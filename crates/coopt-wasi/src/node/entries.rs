//! The entries of a directory: preview 1's `fd_readdir`.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::node::Node;
use crate::object::filetype;
use crate::stream::{Outcome, Source};
use crate::turns::Turns;
use crate::wasi::Wasi;

/// Layout of a `dirent`.
mod dirent {
    pub const SIZE: u32 = 24;
}

/// How many entries the host is asked for at a time.
const BATCH: u32 = 32;
/// The size of a `directory-entry`.
const ENTRY_SIZE: u32 = 24;
/// Where its name is.
const ENTRY_NAME: u32 = 16;

/// The stream of a directory's entries. No operation is under way when it is dropped.
struct Listing<H: Host> {
    end: ListingEnd<H>,
    outcome: Outcome<H>,
}

struct ListingEnd<H: Host> {
    wasi: &'static Wasi<H>,
    stream: u32,
}

impl<H: Host> Drop for ListingEnd<H> {
    fn drop(&mut self) {
        self.wasi.host.entries_drop(self.stream);
    }
}

/// An entry that has been read.
#[derive(Debug)]
struct Entry {
    name: Vec<u8>,
    filetype: u8,
}

/// The entries of a directory. A cookie is how many entries come before.
pub struct Entries<H: Host> {
    listing: Cell<Option<Listing<H>>>,
    /// Entries that have been read and not been taken.
    ahead: RefCell<VecDeque<Entry>>,
    /// The cookie of the first of them.
    first: Cell<u64>,
    turns: Turns,
}

impl<H: Host> Entries<H> {
    /// The entries of a directory that nobody has asked for.
    pub const fn new() -> Self {
        Self {
            listing: Cell::new(None),
            ahead: RefCell::new(VecDeque::new()),
            first: Cell::new(0),
            turns: Turns::new(),
        }
    }
}

impl<H: Host> Node<H> {
    /// Fills `to` with entries from `cookie` on, the last of which may be cut off; how many bytes.
    /// Fewer than there is room for say that no entry follows.
    pub async fn read_entries(&self, to: Span, cookie: u64) -> Result<u32, Errno> {
        let entries = &self.entries;
        let _turn = entries.turns.take().await;
        if cookie == 0 || cookie < entries.first.get() {
            self.rewind()?;
        }
        while entries.first.get() < cookie && self.has_entry().await? {
            self.skip_entry();
        }
        let mut rest = to;
        while rest.len > 0 && self.has_entry().await? {
            let dirent = self.dirent().await?;
            let len = rest.len.min(dirent.len() as u32);
            self.wasi()
                .host
                .write(rest.address, &dirent[..len as usize]);
            rest = rest.after(len);
            if (len as usize) < dirent.len() {
                break;
            }
            self.skip_entry();
        }
        Ok(to.len - rest.len)
    }

    /// Begins again, with the directory itself and its parent, which the host leaves out.
    fn rewind(&self) -> Result<(), Errno> {
        const SIZE: u32 = 8;
        let (wasi, node) = (self.wasi(), self.handle());
        drop(self.entries.listing.take());
        let area = wasi.area(SIZE)?;
        wasi.host.read_directory(node, area.address());
        let stream = wasi.host.load32(area.address());
        let future = wasi.host.load32(area.address() + 4);
        self.entries.listing.set(Some(Listing {
            end: ListingEnd { wasi, stream },
            outcome: Outcome::new(wasi, future, Source::File),
        }));
        let itself = [&b"."[..], b".."].map(|name| Entry {
            name: name.to_vec(),
            filetype: filetype::DIRECTORY,
        });
        self.entries.ahead.replace(VecDeque::from(itself));
        self.entries.first.set(0);
        Ok(())
    }

    fn skip_entry(&self) {
        self.entries.ahead.borrow_mut().pop_front();
        self.entries.first.set(self.entries.first.get() + 1);
    }

    /// Whether there is a next entry; reads some if none is there.
    async fn has_entry(&self) -> Result<bool, Errno> {
        loop {
            if !self.entries.ahead.borrow().is_empty() {
                return Ok(true);
            }
            let Some(Listing { end, outcome }) = self.entries.listing.take() else {
                return Ok(false);
            };
            if self.read_batch(&end).await? {
                self.entries.listing.set(Some(Listing { end, outcome }));
            } else {
                drop(end);
                outcome.get().await?;
            }
        }
    }

    /// Reads some entries; whether more may follow.
    async fn read_batch(&self, end: &ListingEnd<H>) -> Result<bool, Errno> {
        let wasi = self.wasi();
        let area = wasi.area(BATCH * ENTRY_SIZE)?;
        let bits = wasi.host.entries_read(end.stream, area.address(), BATCH);
        let progress = wasi.progress(end.stream, bits).await;
        let mut ahead = self.entries.ahead.borrow_mut();
        for index in 0..progress.count.min(BATCH) {
            let at = area.address() + index * ENTRY_SIZE;
            let name = wasi.take_string(wasi.list_at(at + ENTRY_NAME));
            let filetype = wasi.filetype_at(at);
            ahead.push_back(Entry { name, filetype });
        }
        Ok(!progress.ended)
    }

    /// The next entry as preview 1 has it.
    async fn dirent(&self) -> Result<Vec<u8>, Errno> {
        let (name, filetype) = match self.entries.ahead.borrow().front() {
            Some(entry) => (entry.name.clone(), entry.filetype),
            None => return Ok(Vec::new()),
        };
        let next = self.entries.first.get() + 1;
        let inode = self.inode_of_entry(&name).await?;
        let mut dirent = Vec::with_capacity(dirent::SIZE as usize + name.len());
        dirent.extend_from_slice(&next.to_le_bytes());
        dirent.extend_from_slice(&inode.to_le_bytes());
        dirent.extend_from_slice(&(name.len() as u32).to_le_bytes());
        dirent.extend_from_slice(&u32::from(filetype).to_le_bytes());
        debug_assert_eq!(dirent.len(), dirent::SIZE as usize);
        dirent.extend_from_slice(&name);
        Ok(dirent)
    }

    /// The number of an entry; 0 when it has gone since.
    async fn inode_of_entry(&self, name: &[u8]) -> Result<u64, Errno> {
        const NOT_FOLLOWED: u32 = 0;
        if matches!(name, b"." | b"..") {
            return self.inode().await;
        }
        let area = self.wasi().area(name.len() as u32)?;
        self.wasi().host.write(area.address(), name);
        let path = Span::new(area.address(), name.len() as u32);
        Ok(self.inode_at(NOT_FOLLOWED, path).await.unwrap_or(0))
    }
}
