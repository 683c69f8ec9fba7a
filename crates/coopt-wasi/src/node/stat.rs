//! What is known of a file: preview 1's `filestat`.

use crate::answer::{Answer, Shape};
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::node::open::Node;
use crate::object::filetype;
use crate::wasi::Wasi;

/// Layout of a `descriptor-stat`.
mod descriptor_stat {
    pub const TYPE: u32 = 0;
    pub const LINK_COUNT: u32 = 16;
    pub const SIZE: u32 = 24;
    pub const ACCESS: u32 = 32;
    pub const MODIFICATION: u32 = 56;
    pub const STATUS_CHANGE: u32 = 80;
}

/// Layout of a `filestat`.
mod filestat {
    pub const DEVICE: u32 = 0;
    pub const INODE: u32 = 8;
    pub const FILETYPE: u32 = 16;
    pub const LINK_COUNT: u32 = 24;
    pub const SIZE: u32 = 32;
    pub const ACCESS: u32 = 40;
    pub const MODIFICATION: u32 = 48;
    pub const STATUS_CHANGE: u32 = 56;
}

/// Nanoseconds of a second.
const SECOND: u64 = 1_000_000_000;

impl<H: Host> Node<H> {
    /// Its type: preview 1's `filetype`.
    pub async fn filetype(&self) -> Result<u8, Errno> {
        let node = self.handle();
        let ask = |host: &H, to| host.get_type(node, to);
        let answer = self.wasi().ask(Shape::WORDS, ask).await?;
        Ok(self.wasi().filetype_at(answer.payload()))
    }

    /// How many bytes the file has.
    pub async fn size(&self) -> Result<u64, Errno> {
        let node = self.handle();
        let ask = |host: &H, to| host.stat(node, to);
        let wasi = self.wasi();
        let answer = wasi.ask(Shape::STAT, ask).await?;
        let from = answer.payload();
        wasi.give_text_of_type(from + descriptor_stat::TYPE);
        Ok(wasi.host.load64(from + descriptor_stat::SIZE))
    }

    /// Stores the `filestat` of the node itself.
    pub async fn stat(&self, to: u32) -> Result<(), Errno> {
        let (wasi, node) = (self.wasi(), self.handle());
        let inode = self.inode().await?;
        let ask = |host: &H, to| host.stat(node, to);
        let answer = wasi.ask(Shape::STAT, ask).await?;
        wasi.store_filestat(to, &answer, inode);
        Ok(())
    }

    /// Stores the `filestat` of what is at `path`. A host may answer the second question from what it
    /// found for the first.
    pub async fn stat_at(&self, flags: u32, path: Span, to: u32) -> Result<(), Errno> {
        let (wasi, node) = (self.wasi(), self.handle());
        let ask = |host: &H, to| host.stat_at(node, flags, path.address, path.len, to);
        let answer = wasi.ask(Shape::STAT, ask).await?;
        let inode = self.inode_at(flags, path).await.inspect_err(|_| {
            wasi.give_text_of_type(answer.payload() + descriptor_stat::TYPE);
        })?;
        wasi.store_filestat(to, &answer, inode);
        Ok(())
    }

    /// Stores the `filestat` of the directory at `path`, also behind a symbolic link.
    pub async fn stat_directory_at(&self, path: Span, to: u32) -> Result<(), Errno> {
        const FOLLOWED: u32 = 1;
        match self.filetype_of(FOLLOWED, path).await? {
            filetype::DIRECTORY => self.stat_at(FOLLOWED, path, to).await,
            _ => Err(Errno::NOTDIR),
        }
    }

    /// Why the file at `path`, which the program calls a directory, cannot be unlinked.
    pub async fn refuse_unlink(&self, path: Span) -> Result<(), Errno> {
        const NOT_FOLLOWED: u32 = 0;
        match self.filetype_of(NOT_FOLLOWED, path).await? {
            filetype::DIRECTORY => Err(Errno::ISDIR),
            _ => Err(Errno::NOTDIR),
        }
    }

    /// The type of what is at `path`.
    async fn filetype_of(&self, flags: u32, path: Span) -> Result<u8, Errno> {
        let (wasi, node) = (self.wasi(), self.handle());
        let ask = |host: &H, to| host.stat_at(node, flags, path.address, path.len, to);
        let answer = wasi.ask(Shape::STAT, ask).await?;
        Ok(wasi.filetype_at(answer.payload() + descriptor_stat::TYPE))
    }

    /// A number that tells files apart.
    pub async fn inode(&self) -> Result<u64, Errno> {
        if let Some(inode) = self.inode.get() {
            return Ok(inode);
        }
        let node = self.handle();
        let ask = |host: &H, to| host.metadata_hash(node, to);
        let answer = self.wasi().ask(Shape::HASH, ask).await?;
        let inode = self.wasi().host.load64(answer.payload());
        self.inode.set(Some(inode));
        Ok(inode)
    }

    /// The number of what is at `path`.
    pub async fn inode_at(&self, flags: u32, path: Span) -> Result<u64, Errno> {
        let node = self.handle();
        let ask = |host: &H, to| host.metadata_hash_at(node, flags, path.address, path.len, to);
        let answer = self.wasi().ask(Shape::HASH, ask).await?;
        Ok(self.wasi().host.load64(answer.payload()))
    }
}

impl<H: Host> Wasi<H> {
    /// The `filetype` behind the `descriptor-type` at `at`.
    pub(crate) fn filetype_at(&self, at: u32) -> u8 {
        const BLOCK_DEVICE: u8 = 1;
        const CHARACTER_DEVICE: u8 = 2;
        const DIRECTORY: u8 = 3;
        const REGULAR_FILE: u8 = 4;
        const SOCKET_STREAM: u8 = 6;
        const SYMBOLIC_LINK: u8 = 7;
        const UNKNOWN: u8 = 0;
        self.give_text_of_type(at);
        match self.host.load8(at) {
            0 => BLOCK_DEVICE,
            1 => CHARACTER_DEVICE,
            2 => DIRECTORY,
            4 => SYMBOLIC_LINK,
            5 => REGULAR_FILE,
            6 => SOCKET_STREAM,
            // A pipe, or what the host puts in words: preview 1 has no number for it.
            _ => UNKNOWN,
        }
    }

    /// Gives back the text by which the host may say which type it means.
    fn give_text_of_type(&self, at: u32) {
        const OTHER: u8 = 7;
        if self.host.load8(at) == OTHER && self.host.load8(at + 4) == 1 {
            self.scratch.give(self.list_at(at + 8));
        }
    }

    fn store_filestat(&self, to: u32, answer: &Answer<'_>, inode: u64) {
        /// One device: paths of a program do not say which one they are on.
        const DEVICE: u64 = 1;
        let from = answer.payload();
        let host = &self.host;
        host.store64(to + filestat::DEVICE, DEVICE);
        host.store64(to + filestat::INODE, inode);
        let filetype = self.filetype_at(from + descriptor_stat::TYPE);
        host.store64(to + filestat::FILETYPE, filetype.into());
        let links = host.load64(from + descriptor_stat::LINK_COUNT);
        host.store64(to + filestat::LINK_COUNT, links);
        host.store64(
            to + filestat::SIZE,
            host.load64(from + descriptor_stat::SIZE),
        );
        let time = |at, from| host.store64(to + at, self.time_at(from));
        time(filestat::ACCESS, from + descriptor_stat::ACCESS);
        time(filestat::MODIFICATION, from + descriptor_stat::MODIFICATION);
        time(
            filestat::STATUS_CHANGE,
            from + descriptor_stat::STATUS_CHANGE,
        );
    }

    /// Nanoseconds since 1970 of the `option<instant>` at `at`; 0 for none.
    fn time_at(&self, at: u32) -> u64 {
        match self.host.load8(at) {
            0 => 0,
            _ => self.instant_at(at + 8),
        }
    }

    /// Nanoseconds since 1970 of the `instant` at `at`. What is before that, or does not fit, is at
    /// the end of what does.
    pub(crate) fn instant_at(&self, at: u32) -> u64 {
        let Ok(seconds) = u64::try_from(self.host.load64(at).cast_signed()) else {
            return 0;
        };
        let nanoseconds = self.host.load32(at + 8);
        seconds
            .saturating_mul(SECOND)
            .saturating_add(nanoseconds.into())
    }

    /// Stores the `instant` that is so many nanoseconds after 1970.
    pub(crate) fn store_instant(&self, to: u32, nanoseconds: u64) {
        self.host.store64(to, nanoseconds / SECOND);
        self.host.store32(to + 8, (nanoseconds % SECOND) as u32);
    }
}
