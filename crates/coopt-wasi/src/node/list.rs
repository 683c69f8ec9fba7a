//! The entries of a directory: preview 1's `fd_readdir`.
//!
//! They are those that the directory had when a program began to read it, and a cookie is a place
//! among them. So a program may remove what it finds, and go back to where it was.

use alloc::vec::Vec;

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::node::entries::Entry;
use crate::node::open::Node;
use crate::object::filetype;
use crate::stream::{Outcome, Source};
use crate::wasi::Wasi;

/// The size of a `dirent` without its name.
const DIRENT_SIZE: usize = 24;
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

impl<H: Host> Node<H> {
    /// Fills `to` with entries from `cookie` on, the last of which may be cut off; how many bytes.
    /// Fewer than there is room for say that no entry follows.
    pub async fn read_entries(&self, to: Span, cookie: u64) -> Result<u32, Errno> {
        let _turn = self.entries.turns.take().await;
        if cookie == 0 || self.entries.all.borrow().is_empty() {
            let all = self.list().await?;
            self.entries.all.replace(all);
        }
        let mut rest = to;
        let mut next = cookie;
        while rest.len > 0
            && let Some(entry) = self.entry(next)
        {
            next += 1;
            let dirent = match self.dirent(entry, next).await {
                // It has gone since, and has no number any more.
                Err(Errno::NOENT) => continue,
                dirent => dirent?,
            };
            let len = rest.len.min(dirent.len() as u32);
            self.wasi()
                .host
                .write(rest.address, &dirent[..len as usize]);
            rest = rest.after(len);
        }
        Ok(to.len - rest.len)
    }

    fn entry(&self, place: u64) -> Option<Entry> {
        let place = usize::try_from(place).ok()?;
        self.entries.all.borrow().get(place).cloned()
    }

    /// All entries, and first the directory itself and its parent, which the host leaves out.
    ///
    /// A host may give up when an entry goes away while it is listed, so it is asked again.
    async fn list(&self) -> Result<Vec<Entry>, Errno> {
        const ATTEMPTS_MAX: u32 = 100;
        let mut attempts = 1;
        loop {
            let mut all: Vec<Entry> = [&b"."[..], b".."]
                .map(|name| Entry {
                    name: name.to_vec(),
                    filetype: filetype::DIRECTORY,
                })
                .into();
            match self.list_to(&mut all).await {
                Err(Errno::NOENT) if attempts < ATTEMPTS_MAX => attempts += 1,
                listed => return listed.map(|()| all),
            }
        }
    }

    async fn list_to(&self, all: &mut Vec<Entry>) -> Result<(), Errno> {
        let Listing { end, outcome } = self.open_listing()?;
        while self.read_batch(&end, all).await? {}
        drop(end);
        outcome.get().await
    }

    fn open_listing(&self) -> Result<Listing<H>, Errno> {
        const SIZE: u32 = 8;
        let wasi = self.wasi();
        let area = wasi.area(SIZE)?;
        wasi.host.read_directory(self.handle(), area.address());
        let stream = wasi.host.load32(area.address());
        let future = wasi.host.load32(area.address() + 4);
        Ok(Listing {
            end: ListingEnd { wasi, stream },
            outcome: Outcome::new(wasi, future, Source::FILE),
        })
    }

    /// Reads some entries; whether more may follow.
    async fn read_batch(&self, end: &ListingEnd<H>, all: &mut Vec<Entry>) -> Result<bool, Errno> {
        let wasi = self.wasi();
        let area = wasi.area(BATCH * ENTRY_SIZE)?;
        let bits = wasi.host.entries_read(end.stream, area.address(), BATCH);
        let progress = wasi.progress(end.stream, bits).await;
        for index in 0..progress.count.min(BATCH) {
            let at = area.address() + index * ENTRY_SIZE;
            let name = wasi.take_string(wasi.list_at(at + ENTRY_NAME));
            let filetype = wasi.filetype_at(at);
            all.push(Entry { name, filetype });
        }
        Ok(!progress.ended)
    }

    /// An entry as preview 1 has it; `next` is the cookie of the one behind it.
    async fn dirent(&self, entry: Entry, next: u64) -> Result<Vec<u8>, Errno> {
        let Entry { name, filetype } = entry;
        let inode = self.inode_of_entry(&name).await?;
        let mut dirent = Vec::with_capacity(DIRENT_SIZE + name.len());
        dirent.extend_from_slice(&next.to_le_bytes());
        dirent.extend_from_slice(&inode.to_le_bytes());
        dirent.extend_from_slice(&(name.len() as u32).to_le_bytes());
        dirent.extend_from_slice(&u32::from(filetype).to_le_bytes());
        debug_assert_eq!(dirent.len(), DIRENT_SIZE);
        dirent.extend_from_slice(&name);
        Ok(dirent)
    }

    /// The number of an entry.
    async fn inode_of_entry(&self, name: &[u8]) -> Result<u64, Errno> {
        const NOT_FOLLOWED: u32 = 0;
        if matches!(name, b"." | b"..") {
            return self.inode().await;
        }
        let area = self.wasi().area(name.len() as u32)?;
        self.wasi().host.write(area.address(), name);
        let path = Span::new(area.address(), name.len() as u32);
        self.inode_at(NOT_FOLLOWED, path).await
    }
}
