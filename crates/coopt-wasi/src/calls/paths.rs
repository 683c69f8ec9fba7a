//! What is done with a path below a directory.

use alloc::rc::Rc;
use alloc::vec;

use crate::answer::Shape;
use crate::calls::times::Times;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::node::{Handle, Node};
use crate::object::{Begun, Call, Rights, flags};
use crate::table::Entry;
use crate::wasi::Wasi;

/// A path, and the directory that it starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The descriptor of the directory.
    pub fd: u32,
    /// The bytes of the path.
    pub path: Span,
}

/// How a file is to be opened: what `path_open` takes beside the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenAt {
    /// Whether to follow symbolic links: `lookupflags`.
    pub lookup: u32,
    /// Whether to create or to truncate: `oflags`.
    pub oflags: u32,
    /// What is to be done with the descriptor.
    pub rights: Rights,
    /// `fdflags`
    pub fdflags: u32,
}

/// WASI 0.3's `descriptor-flags`.
mod descriptor_flags {
    pub const READ: u32 = 1;
    pub const WRITE: u32 = 2;
    pub const FILE_INTEGRITY_SYNC: u32 = 4;
    pub const DATA_INTEGRITY_SYNC: u32 = 8;
    pub const REQUESTED_WRITE_SYNC: u32 = 16;
}

impl OpenAt {
    /// The `descriptor-flags` that give these rights.
    fn descriptor_flags(self) -> Result<u32, Errno> {
        let fdflags = u16::try_from(self.fdflags).map_err(|_| Errno::INVAL)?;
        let map = [
            (
                fdflags & flags::SYNC != 0,
                descriptor_flags::FILE_INTEGRITY_SYNC,
            ),
            (
                fdflags & flags::DSYNC != 0,
                descriptor_flags::DATA_INTEGRITY_SYNC,
            ),
            (
                fdflags & flags::RSYNC != 0,
                descriptor_flags::REQUESTED_WRITE_SYNC,
            ),
            (self.rights.base & Rights::READ != 0, descriptor_flags::READ),
            (
                self.rights.base & Rights::WRITE != 0,
                descriptor_flags::WRITE,
            ),
        ];
        Ok(map
            .iter()
            .filter(|(has, _)| *has)
            .map(|(_, flag)| flag)
            .sum())
    }
}

/// Two paths as a record that the host takes: where each part is.
#[derive(Clone, Copy, Debug)]
struct TwoPaths {
    size: u32,
    old: u32,
    /// Where the second directory is, if there is one.
    directory: Option<u32>,
    new: u32,
}

impl TwoPaths {
    const LINK: Self = Self {
        size: 28,
        old: 8,
        directory: Some(16),
        new: 20,
    };
    const RENAME: Self = Self {
        size: 24,
        old: 4,
        directory: Some(12),
        new: 16,
    };
    const SYMLINK: Self = Self {
        size: 20,
        old: 4,
        directory: None,
        new: 12,
    };
}

/// Where the `path-flags` of a record are, behind the node.
const PATH_FLAGS: u32 = 4;

impl<H: Host> Wasi<H> {
    /// The directory of a path, and the path when the host may see it.
    fn resolve(&'static self, path: Path) -> Result<(Rc<Node<H>>, Span), Errno> {
        let node = self.node(path.fd, Errno::NOTDIR)?;
        self.check_path(path.path)?;
        Ok((node, path.path))
    }

    /// POSIX, "Pathname Resolution". A host traps on what is not UTF-8 (Component Model, Canonical
    /// ABI, "String Loading").
    fn check_path(&self, path: Span) -> Result<(), Errno> {
        /// `PATH_MAX`, which counts the zero behind a path.
        const LEN_MAX: u32 = 4095;
        const NOT_ASCII: u64 = 0x8080_8080_8080_8080;
        match path.len {
            0 => return Err(Errno::NOENT),
            1..=LEN_MAX => {}
            _ => return Err(Errno::NAMETOOLONG),
        }
        let whole = path.len & !7;
        let words = (0..whole)
            .step_by(8)
            .map(|at| self.host.load64(path.address + at));
        let bytes = (whole..path.len).map(|at| u64::from(self.host.load8(path.address + at)));
        if words.chain(bytes).all(|word| word & NOT_ASCII == 0) {
            return Ok(());
        }
        let mut bytes = vec![0; path.len as usize];
        self.host.read(path.address, &mut bytes);
        core::str::from_utf8(&bytes).map_or(Err(Errno::ILSEQ), |_| Ok(()))
    }

    /// Begins what takes a path and tells an error only.
    fn tell_path(
        &'static self,
        path: Path,
        start: impl FnOnce(&H, u32, Span, u32) -> u32 + 'static,
    ) -> Begun {
        let (node, path) = self.resolve(path)?;
        Ok(Call::new(async move {
            let start = |host: &H, to| start(host, node.handle(), path, to);
            self.tell(start).await
        }))
    }

    /// `path_create_directory`
    pub fn path_create_directory(&'static self, path: Path) -> Begun {
        self.tell_path(path, |host, node, path, to| {
            host.create_directory_at(node, path.address, path.len, to)
        })
    }

    /// `path_remove_directory`
    pub fn path_remove_directory(&'static self, path: Path) -> Begun {
        self.tell_path(path, |host, node, path, to| {
            host.remove_directory_at(node, path.address, path.len, to)
        })
    }

    /// `path_unlink_file`
    pub fn path_unlink_file(&'static self, path: Path) -> Begun {
        self.tell_path(path, |host, node, path, to| {
            host.unlink_file_at(node, path.address, path.len, to)
        })
    }

    /// `path_filestat_get`
    pub fn path_filestat_get(&'static self, lookup: u32, path: Path, to: u32) -> Begun {
        let (node, path) = self.resolve(path)?;
        Ok(Call::new(async move {
            node.stat_at(lookup & 1, path, to).await
        }))
    }

    /// `path_filestat_set_times`
    pub fn path_filestat_set_times(&'static self, lookup: u32, path: Path, times: Times) -> Begun {
        const SIZE: u32 = 64;
        const PATH: u32 = 8;
        const TIMES: u32 = 16;
        let (node, path) = self.resolve(path)?;
        times.check()?;
        Ok(Call::new(async move {
            let params = self.area(SIZE)?;
            let at = params.address();
            self.host.store32(at, node.handle());
            self.host.store32(at + PATH_FLAGS, lookup & 1);
            self.store_span(at + PATH, path);
            self.store_times(at + TIMES, times);
            self.tell(|host, to| host.set_times_at(at, to)).await
        }))
    }

    /// `path_link`
    pub fn path_link(&'static self, lookup: u32, old: Path, new: Path) -> Begun {
        self.tell_paths(TwoPaths::LINK, lookup, old, new, |host, params, to| {
            host.link_at(params, to)
        })
    }

    /// `path_rename`
    pub fn path_rename(&'static self, old: Path, new: Path) -> Begun {
        self.tell_paths(TwoPaths::RENAME, 0, old, new, |host, params, to| {
            host.rename_at(params, to)
        })
    }

    /// `path_symlink`: `target` is what the link says, and starts from nowhere.
    pub fn path_symlink(&'static self, target: Span, new: Path) -> Begun {
        let old = Path {
            fd: new.fd,
            path: target,
        };
        self.tell_paths(TwoPaths::SYMLINK, 0, old, new, |host, params, to| {
            host.symlink_at(params, to)
        })
    }

    /// Begins what takes two paths and tells an error only.
    fn tell_paths(
        &'static self,
        record: TwoPaths,
        lookup: u32,
        old: Path,
        new: Path,
        start: impl FnOnce(&H, u32, u32) -> u32 + 'static,
    ) -> Begun {
        let (old_node, old) = self.resolve(old)?;
        let (new_node, new) = self.resolve(new)?;
        Ok(Call::new(async move {
            let params = self.area(record.size)?;
            let at = params.address();
            self.host.store32(at, old_node.handle());
            if record.old > PATH_FLAGS {
                self.host.store32(at + PATH_FLAGS, lookup & 1);
            }
            self.store_span(at + record.old, old);
            if let Some(directory) = record.directory {
                self.host.store32(at + directory, new_node.handle());
            }
            self.store_span(at + record.new, new);
            self.tell(|host, to| start(host, at, to)).await
        }))
    }

    /// `path_readlink`; how many bytes were filled is stored at `used_at`.
    pub fn path_readlink(&'static self, path: Path, to: Span, used_at: u32) -> Begun {
        let (node, path) = self.resolve(path)?;
        Ok(Call::new(async move {
            let ask = |host: &H, to| host.readlink_at(node.handle(), path.address, path.len, to);
            let answer = self.ask(Shape::WORDS, ask).await?;
            let target = self.list_at(answer.payload());
            let used = to.len.min(target.len);
            self.host.copy(to.address, target.address, used);
            self.scratch.give(target);
            self.host.store32(used_at, used);
            Ok(())
        }))
    }

    /// `path_open`; the new descriptor is stored at `fd_at`.
    pub fn path_open(&'static self, path: Path, open: OpenAt, fd_at: u32) -> Begun {
        const SIZE: u32 = 20;
        const PATH: u32 = 8;
        /// Of `open-flags`, which are preview 1's `oflags`, and `descriptor-flags` behind them.
        const FLAGS: u32 = 16;
        const DESCRIPTOR_FLAGS_SHIFT: u32 = 8;
        const OFLAGS: u32 = 15;
        const TRUNCATE: u32 = 8;
        let inherited = self.table().get(path.fd)?.rights.inheriting;
        let (node, path) = self.resolve(path)?;
        let descriptor_flags = open.descriptor_flags()?;
        if open.oflags & !OFLAGS != 0 {
            return Err(Errno::INVAL);
        }
        Ok(Call::new(async move {
            let params = self.area(SIZE)?;
            let at = params.address();
            self.host.store32(at, node.handle());
            self.host.store32(at + PATH_FLAGS, open.lookup & 1);
            self.store_span(at + PATH, path);
            let flags = open.oflags | descriptor_flags << DESCRIPTOR_FLAGS_SHIFT;
            self.host.store32(at + FLAGS, flags);
            let ask = |host: &H, to| host.open_at(at, to);
            let answer = self.ask(Shape::WORDS, ask).await?;
            if open.oflags & TRUNCATE != 0 {
                self.note_change_of_file();
            }
            let handle = Handle::new(self, self.host.load32(answer.payload()));
            let object = Rc::new(Node::new(handle, open.fdflags as u16));
            let rights = Rights {
                base: open.rights.base & inherited,
                inheriting: open.rights.inheriting & inherited,
            };
            let fd = self.table().open(Entry { object, rights })?;
            self.host.store32(fd_at, fd);
            Ok(())
        }))
    }

    fn store_span(&self, to: u32, span: Span) {
        self.host.store32(to, span.address);
        self.host.store32(to + 4, span.len);
    }
}
