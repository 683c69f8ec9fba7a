//! The functions of `wasi:filesystem`, on a disk in memory.

use coopt_wasi::{Files, Memory as _, Span};
use std::thread;

use super::Script;
use super::disk::{self, Inode, Instant, code};
use super::functions::{Answer, Called, Shape};
use super::handles::{Entry, Kind, Sink, Source};
use super::plan::Name;

/// `descriptor-flags`
const READ: u8 = 1;
const WRITE: u8 = 2;

/// `open-flags`
const CREATE: u8 = 1;
const DIRECTORY: u8 = 2;
const EXCLUSIVE: u8 = 4;
const TRUNCATE: u8 = 8;

/// The size of the result of a stream of `wasi:filesystem`.
const RESULT_SIZE: u32 = 20;

impl Script {
    fn inode(&self, node: u32) -> Inode {
        self.handles.with(node, |handle| match handle.kind {
            Kind::Node { inode, .. } => inode,
            _ => panic!("handle {node} is no node"),
        })
    }

    fn node_flags(&self, node: u32) -> u8 {
        self.handles.with(node, |handle| match handle.kind {
            Kind::Node { flags, .. } => flags,
            _ => panic!("handle {node} is no node"),
        })
    }

    fn add_node(&self, inode: Inode, flags: u8) -> u32 {
        self.handles.add(Kind::Node {
            inode,
            flags,
            lends: 0,
        })
    }

    /// A function of a node that answers no more than `()`.
    fn tell<P: 'static>(
        &self,
        name: Name,
        node: u32,
        to: u32,
        parse: impl FnOnce(&Self) -> P + 'static,
        act: impl FnOnce(&Self, Inode, P) -> Result<(), u8> + 'static,
    ) -> u32 {
        let inode = self.inode(node);
        let called = Called {
            name,
            lent: &[node],
            to,
            shape: Shape::WORDS,
            needs: None,
        };
        self.call(called, parse, move |host, params| {
            act(host, inode, params).map(|()| Answer::Nothing)
        })
    }

    /// A function of a node and a path.
    fn at_path(
        &self,
        (name, shape): (Name, Shape),
        node: u32,
        (path, len): (u32, u32),
        to: u32,
        act: impl FnOnce(&Self, Inode, String) -> Result<Answer, u8> + 'static,
    ) -> u32 {
        let inode = self.inode(node);
        let called = Called {
            name,
            lent: &[node],
            to,
            shape,
            needs: None,
        };
        let parse = move |host: &Self| host.string(path, len);
        self.call(called, parse, move |host, path| act(host, inode, path))
    }

    fn find(&self, from: Inode, path: &str, follow: bool) -> Result<Inode, u8> {
        self.disk.borrow_mut().find(from, path, follow)
    }

    fn file(&self, inode: Inode) -> disk::File {
        self.disk.borrow().get(inode).clone()
    }

    fn remove(&self, from: Inode, path: &str) -> Result<(), u8> {
        let mut disk = self.disk.borrow_mut();
        let (directory, name) = disk.place(from, path)?;
        disk.entries(directory)?.remove(&name);
        Ok(())
    }

    fn insert(&self, from: Inode, path: &str, inode: Inode) -> Result<(), u8> {
        let mut disk = self.disk.borrow_mut();
        let (directory, name) = disk.place(from, path)?;
        disk.entries(directory)?.insert(name, inode);
        Ok(())
    }

    /// Reads a `new-timestamp`: the time that is to be, or `None` when it stays.
    fn new_timestamp(&self, at: u32) -> Option<Instant> {
        match self.load8(at) {
            0 => None,
            1 => Some(self.realtime.get()),
            2 => Some((self.load64(at + 8).cast_signed(), self.load32(at + 16))),
            case => panic!("a new-timestamp has no case {case}"),
        }
    }

    fn new_timestamps(&self, at: u32) -> [Option<Instant>; 2] {
        [at, at + 24].map(|at| self.new_timestamp(at))
    }

    fn change_times(&self, inode: Inode, [access, modification]: [Option<Instant>; 2]) {
        let mut disk = self.disk.borrow_mut();
        let file = disk.get_mut(inode);
        file.access = access.or(file.access);
        file.modification = modification.or(file.modification);
    }

    fn open(&self, from: Inode, open: &Opening) -> Result<Answer, u8> {
        let found = self.find(from, &open.path, open.follow);
        let inode = match found {
            Ok(_) if open.has(CREATE) && open.has(EXCLUSIVE) => return Err(code::EXIST),
            Err(code::NO_ENTRY) if open.has(CREATE) => {
                let kind = disk::Kind::File(Vec::new());
                let inode = self.disk.borrow_mut().add(kind);
                self.insert(from, &open.path, inode)?;
                inode
            }
            found => found?,
        };
        let file = self.file(inode);
        let is_directory = matches!(file.kind, disk::Kind::Directory(_));
        if open.has(DIRECTORY) && !is_directory {
            return Err(code::NOT_DIRECTORY);
        }
        if open.has(TRUNCATE) {
            self.disk.borrow_mut().bytes(inode)?.clear();
        }
        Ok(Answer::Node(self.add_node(inode, open.flags)))
    }
}

/// What `open-at` takes.
#[derive(Debug)]
struct Opening {
    follow: bool,
    path: String,
    open_flags: u8,
    flags: u8,
}

impl Opening {
    fn has(&self, flag: u8) -> bool {
        self.open_flags & flag != 0
    }
}

/// How a file is called by the numbers that tell files apart.
pub fn hash(inode: Inode) -> u64 {
    0x1234_5678_0000_0000 + inode as u64
}

/// Streams.
impl Script {
    fn reader_of(&self, node: u32, offset: u64, to: u32) {
        let inode = self.inode(node);
        let is_readable = self.node_flags(node) & READ != 0;
        self.open_stream(to, Source::File, |fate| {
            // What a reader can see is what is there now: the host reads ahead as far as can be.
            let rest = match self.disk.borrow_mut().bytes(inode) {
                Ok(bytes) if is_readable => bytes.iter().skip(offset as usize).copied().collect(),
                Ok(_) => {
                    fate.result.set(Err(2));
                    std::collections::VecDeque::new()
                }
                Err(error) => {
                    fate.result.set(Err(error));
                    std::collections::VecDeque::new()
                }
            };
            Kind::Reader(fate, rest)
        });
    }

    fn entries_of(&self, node: u32, to: u32) {
        let inode = self.inode(node);
        self.open_stream(to, Source::File, |fate| {
            let mut disk = self.disk.borrow_mut();
            let entries = disk.entries(inode).cloned();
            let entries = entries.unwrap_or_else(|error| {
                fate.result.set(Err(error));
                std::collections::BTreeMap::new()
            });
            let entry = |(name, inode): (String, Inode)| Entry {
                descriptor_type: disk.get(inode).kind.descriptor_type(),
                name,
            };
            let entries = entries.into_iter().map(entry).collect();
            Kind::Entries(fate, entries)
        });
    }

    fn writer_to(&self, node: u32, stream: u32, sink: Sink) -> u32 {
        assert!(self.node_flags(node) & WRITE != 0, "{node} is not written");
        self.take_stream(stream, Source::File, sink)
    }
}

impl Files for Script {
    fn preopens(&self, to: u32) {
        let all = self.preopens.borrow();
        let list = self.realloc(4, 12 * all.len() as u32);
        for (index, (inode, path)) in (0..).zip(&*all) {
            self.store32(list + 12 * index, self.add_node(*inode, READ));
            self.store_string(list + 12 * index + 4, path.as_bytes());
        }
        self.store32(to, list);
        self.store32(to + 4, all.len() as u32);
    }

    fn node_drop(&self, node: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        match self.handles.remove(node) {
            Kind::Node { lends: 0, .. } => {}
            _ => panic!("handle {node} is no node, or lent"),
        }
    }

    fn read_via_stream(&self, node: u32, offset: u64, to: u32) {
        self.plan.note("read-via-stream");
        self.reader_of(node, offset, to);
    }

    fn write_via_stream(&self, node: u32, stream: u32, offset: u64) -> u32 {
        self.plan.note("write-via-stream");
        self.writer_to(node, stream, Sink::FileAt(self.inode(node), offset))
    }

    fn append_via_stream(&self, node: u32, stream: u32) -> u32 {
        self.plan.note("append-via-stream");
        self.writer_to(node, stream, Sink::FileEnd(self.inode(node)))
    }

    fn read_directory(&self, node: u32, to: u32) {
        self.plan.note("read-directory");
        self.entries_of(node, to);
    }

    fn entries_read(&self, stream: u32, to: u32, count: u32) -> u32 {
        self.read_entries(stream, to, count)
    }

    fn entries_drop(&self, stream: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        self.drop_entries(stream);
    }

    fn file_result_read(&self, future: u32, to: u32) -> u32 {
        self.read_result(future, Source::File, Span::new(to, RESULT_SIZE))
    }

    fn file_result_cancel(&self, future: u32) -> u32 {
        self.cancel(future)
    }

    fn file_result_drop(&self, future: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        self.drop_result(future, Source::File);
    }

    fn advise(&self, node: u32, offset: u64, len: u64, advice: u32, to: u32) -> u32 {
        self.tell(
            "advise",
            node,
            to,
            |_| (),
            move |host, _, ()| {
                host.params.replace(format!("{offset} {len} {advice}"));
                Ok(())
            },
        )
    }

    fn sync_data(&self, node: u32, to: u32) -> u32 {
        self.tell("sync-data", node, to, |_| (), |_, _, ()| Ok(()))
    }

    fn sync(&self, node: u32, to: u32) -> u32 {
        self.tell("sync", node, to, |_| (), |_, _, ()| Ok(()))
    }

    fn get_type(&self, node: u32, to: u32) -> u32 {
        let inode = self.inode(node);
        let called = Called {
            name: "get-type",
            lent: &[node],
            to,
            shape: Shape::WORDS,
            needs: None,
        };
        let get = move |host: &Self, ()| Ok(Answer::Type(host.file(inode).kind.descriptor_type()));
        self.call(called, |_| (), get)
    }

    fn set_size(&self, node: u32, size: u64, to: u32) -> u32 {
        self.tell(
            "set-size",
            node,
            to,
            |_| (),
            move |host, inode, ()| {
                host.disk
                    .borrow_mut()
                    .bytes(inode)?
                    .resize(size as usize, 0);
                Ok(())
            },
        )
    }

    fn set_times(&self, params: u32, to: u32) -> u32 {
        let node = self.load32(params);
        let parse = move |host: &Self| host.new_timestamps(params + 8);
        self.tell("set-times", node, to, parse, |host, inode, times| {
            host.change_times(inode, times);
            Ok(())
        })
    }

    fn stat(&self, node: u32, to: u32) -> u32 {
        let inode = self.inode(node);
        let called = Called {
            name: "stat",
            lent: &[node],
            to,
            shape: Shape::STAT,
            needs: None,
        };
        let get = move |host: &Self, ()| Ok(Answer::Stat(Box::new(host.file(inode))));
        self.call(called, |_| (), get)
    }

    fn metadata_hash(&self, node: u32, to: u32) -> u32 {
        let inode = self.inode(node);
        let called = Called {
            name: "metadata-hash",
            lent: &[node],
            to,
            shape: Shape::HASH,
            needs: None,
        };
        self.call(called, |_| (), move |_, ()| Ok(Answer::Hash(hash(inode))))
    }

    fn stat_at(&self, node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32 {
        let of = ("stat-at", Shape::STAT);
        self.at_path(of, node, (path, len), to, move |host, from, path| {
            let inode = host.find(from, &path, flags & 1 != 0)?;
            Ok(Answer::Stat(Box::new(host.file(inode))))
        })
    }

    fn metadata_hash_at(&self, node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32 {
        let of = ("metadata-hash-at", Shape::HASH);
        self.at_path(of, node, (path, len), to, move |host, from, path| {
            let inode = host.find(from, &path, flags & 1 != 0)?;
            Ok(Answer::Hash(hash(inode)))
        })
    }

    fn set_times_at(&self, params: u32, to: u32) -> u32 {
        let node = self.load32(params);
        let parse = move |host: &Self| {
            let follow = host.load8(params + 4) == 1;
            (
                follow,
                host.string_at(params + 8),
                host.new_timestamps(params + 16),
            )
        };
        self.tell("set-times-at", node, to, parse, |host, from, params| {
            let (follow, path, times) = params;
            let inode = host.find(from, &path, follow)?;
            host.change_times(inode, times);
            Ok(())
        })
    }

    fn open_at(&self, params: u32, to: u32) -> u32 {
        let node = self.load32(params);
        let inode = self.inode(node);
        let called = Called {
            name: "open-at",
            lent: &[node],
            to,
            shape: Shape::WORDS,
            needs: None,
        };
        let parse = move |host: &Self| Opening {
            follow: host.load8(params + 4) == 1,
            path: host.string_at(params + 8),
            open_flags: host.load8(params + 16),
            flags: host.load8(params + 17),
        };
        self.call(called, parse, move |host, opening: Opening| {
            host.params.replace(format!("{opening:?}"));
            host.open(inode, &opening)
        })
    }

    fn create_directory_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32 {
        let of = ("create-directory-at", Shape::WORDS);
        self.at_path(of, node, (path, len), to, |host, from, path| {
            if host.find(from, &path, false).is_ok() {
                return Err(code::EXIST);
            }
            let inode = host
                .disk
                .borrow_mut()
                .add(disk::Kind::Directory(Default::default()));
            host.insert(from, &path, inode).map(|()| Answer::Nothing)
        })
    }

    fn remove_directory_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32 {
        let of = ("remove-directory-at", Shape::WORDS);
        self.at_path(of, node, (path, len), to, |host, from, path| {
            let inode = host.find(from, &path, false)?;
            if !host.disk.borrow_mut().entries(inode)?.is_empty() {
                return Err(code::NOT_EMPTY);
            }
            host.remove(from, &path).map(|()| Answer::Nothing)
        })
    }

    fn unlink_file_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32 {
        let of = ("unlink-file-at", Shape::WORDS);
        self.at_path(of, node, (path, len), to, |host, from, path| {
            let inode = host.find(from, &path, false)?;
            if matches!(host.file(inode).kind, disk::Kind::Directory(_)) {
                return Err(code::IS_DIRECTORY);
            }
            host.remove(from, &path).map(|()| Answer::Nothing)
        })
    }

    fn readlink_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32 {
        let of = ("readlink-at", Shape::WORDS);
        self.at_path(of, node, (path, len), to, |host, from, path| {
            let inode = host.find(from, &path, false)?;
            match host.file(inode).kind {
                disk::Kind::Link(target) => Ok(Answer::Text(target)),
                _ => Err(code::INVALID),
            }
        })
    }

    fn link_at(&self, params: u32, to: u32) -> u32 {
        let (old_node, new_node) = (self.load32(params), self.load32(params + 16));
        let (from, into) = (self.inode(old_node), self.inode(new_node));
        let called = Called {
            name: "link-at",
            lent: &[old_node, new_node],
            to,
            shape: Shape::WORDS,
            needs: None,
        };
        let parse = move |host: &Self| {
            let follow = host.load8(params + 4) == 1;
            (
                follow,
                host.string_at(params + 8),
                host.string_at(params + 20),
            )
        };
        self.call(called, parse, move |host, (follow, old, new)| {
            let inode = host.find(from, &old, follow)?;
            host.insert(into, &new, inode)?;
            host.disk.borrow_mut().get_mut(inode).links += 1;
            Ok(Answer::Nothing)
        })
    }

    fn rename_at(&self, params: u32, to: u32) -> u32 {
        let (old_node, new_node) = (self.load32(params), self.load32(params + 12));
        let (from, into) = (self.inode(old_node), self.inode(new_node));
        let called = Called {
            name: "rename-at",
            lent: &[old_node, new_node],
            to,
            shape: Shape::WORDS,
            needs: None,
        };
        let parse = move |host: &Self| (host.string_at(params + 4), host.string_at(params + 16));
        self.call(called, parse, move |host, (old, new)| {
            let inode = host.find(from, &old, false)?;
            host.remove(from, &old)?;
            host.insert(into, &new, inode).map(|()| Answer::Nothing)
        })
    }

    fn symlink_at(&self, params: u32, to: u32) -> u32 {
        let node = self.load32(params);
        let parse = move |host: &Self| (host.string_at(params + 4), host.string_at(params + 12));
        self.tell("symlink-at", node, to, parse, |host, from, (old, new)| {
            let inode = host.disk.borrow_mut().add(disk::Kind::Link(old));
            host.insert(from, &new, inode)
        })
    }
}
