//! A program, its layer and its host.

use std::cell::Cell;
use std::thread;

use coopt_wasi::{
    Begun, Buffers, Errno, Memory as _, OpenAt, Path, Rights, Span, Transfer, Wasi, Ways,
};

use crate::call::{Call, Ended};
use crate::host::disk::{Inode, Kind};
use crate::host::{GARBAGE, Script, Step};

/// The descriptor of the directory that is open from the start.
pub const ROOT: u32 = 3;

/// What a program asks for that reads and writes.
pub const READ_WRITE: OpenAt = OpenAt {
    lookup: 0,
    oflags: 0,
    rights: Rights {
        base: Rights::ALL,
        inheriting: Rights::ALL,
    },
    fdflags: 0,
};

/// The flag of a description whose writes go to the end.
pub const APPEND: u32 = 1;

/// The flag of a description whose reads and writes do not wait.
pub const NONBLOCK: u32 = 4;

/// How many bytes standard input is read ahead by.
const AHEAD: u32 = 16_384;

/// A program, its layer and its host. As it goes, nothing is left over.
pub struct World {
    pub wasi: &'static Wasi<Script>,
    /// Where the next room of the program is.
    next: Cell<u32>,
    /// Whether the stream of standard input may stay: a read ahead may have been under way as it
    /// was closed.
    pub stays_open_when_closed: Cell<bool>,
}

impl World {
    /// A program with much memory, and its root directory.
    pub fn new() -> Self {
        let world = Self::small(4 * 65_536);
        world.wasi.open_preopens().expect("the directories open");
        world
    }

    /// A program with so much memory, and no directory.
    pub fn small(program_len: u32) -> Self {
        let wasi = &*Box::leak(Box::new(Wasi::new(Script::new(program_len))));
        wasi.host().serve(wasi);
        Self {
            wasi,
            next: Cell::new(1024),
            stays_open_when_closed: Cell::new(false),
        }
    }

    pub fn host(&self) -> &'static Script {
        self.wasi.host()
    }

    /// Room of the program, which holds garbage. There is as much behind it that nobody may touch.
    pub fn room(&self, len: u32) -> u32 {
        let at = self.next.get();
        self.next.set(at + len.next_multiple_of(8) + 16);
        assert!(
            self.next.get() <= self.host().memory.program_len,
            "room for a test"
        );
        self.host()
            .memory
            .set(at, &vec![GARBAGE; len as usize + 16]);
        at
    }

    /// Bytes of the program.
    pub fn bytes(&self, bytes: &[u8]) -> Span {
        let at = self.room(bytes.len() as u32);
        self.host().memory.set(at, bytes);
        Span::new(at, bytes.len() as u32)
    }

    /// Frees all of the program's room.
    pub fn free_room(&self) {
        self.next.set(1024);
    }

    /// Has the host end what a call waits for, until the call ends.
    pub fn drive(&self, call: &mut Call) -> Ended {
        while !call.has_ended() {
            if !call.is_woken() {
                let under_way = self.host().under_way();
                let mut may_end = under_way
                    .iter()
                    .filter(|(waitable, _)| self.host().can_end(*waitable));
                let (waitable, _) = may_end.next().expect("the call waits for nothing");
                self.host().end(*waitable, Step::Now);
            }
            call.goes_on();
        }
        call.ended()
    }

    /// Calls, and has the host end what the call waits for.
    pub fn run(&self, begun: Begun) -> Ended {
        self.drive(&mut Call::begin(begun))
    }
}

/// Reads and writes.
impl World {
    pub fn buffers(&self, spans: &[Span]) -> Buffers {
        let address = self.room(8 * spans.len() as u32);
        for (index, span) in (0..).zip(spans) {
            self.host().store32(address + 8 * index, span.address);
            self.host().store32(address + 8 * index + 4, span.len);
        }
        Buffers {
            address,
            count: spans.len() as u32,
        }
    }

    pub fn transfer(&self, spans: &[Span], offset: Option<u64>) -> Transfer {
        Transfer {
            buffers: self.buffers(spans),
            count_at: self.room(4),
            offset,
        }
    }

    /// Begins a read into buffers of these lengths.
    pub fn begin_read_at(&self, fd: u32, lens: &[u32], offset: Option<u64>) -> Reading {
        let spans: Vec<_> = lens
            .iter()
            .map(|len| Span::new(self.room(*len), *len))
            .collect();
        let transfer = self.transfer(&spans, offset);
        Reading {
            count_at: transfer.count_at,
            spans,
            call: Call::begin(self.wasi.fd_read(fd, transfer)),
        }
    }

    /// Begins a read at the offset.
    pub fn begin_read(&self, fd: u32, len: u32) -> Reading {
        self.begin_read_at(fd, &[len], None)
    }

    pub fn read_at(&self, fd: u32, lens: &[u32], offset: Option<u64>) -> Ended<Vec<u8>> {
        let mut reading = self.begin_read_at(fd, lens, offset);
        self.drive(&mut reading.call).ok();
        reading.got(self)
    }

    pub fn read(&self, fd: u32, len: u32) -> Ended<Vec<u8>> {
        self.read_at(fd, &[len], None)
    }

    /// Begins a write of buffers with these bytes.
    pub fn begin_write_at(&self, fd: u32, pieces: &[&[u8]], offset: Option<u64>) -> Writing {
        let spans: Vec<_> = pieces.iter().map(|piece| self.bytes(piece)).collect();
        let transfer = self.transfer(&spans, offset);
        Writing {
            count_at: transfer.count_at,
            call: Call::begin(self.wasi.fd_write(fd, transfer)),
        }
    }

    pub fn begin_write(&self, fd: u32, bytes: &[u8]) -> Writing {
        self.begin_write_at(fd, &[bytes], None)
    }

    pub fn write_at(&self, fd: u32, pieces: &[&[u8]], offset: Option<u64>) -> Ended<u32> {
        let mut writing = self.begin_write_at(fd, pieces, offset);
        self.drive(&mut writing.call).ok();
        writing.took(self)
    }

    pub fn write(&self, fd: u32, bytes: &[u8]) -> Ended<u32> {
        self.write_at(fd, &[bytes], None)
    }

    pub fn seek(&self, fd: u32, offset: i64, whence: u32) -> Ended<u64> {
        let to = self.room(8);
        self.run(self.wasi.fd_seek(fd, offset, whence, to))?;
        Ok(self.host().load64(to))
    }

    pub fn tell(&self, fd: u32) -> Ended<u64> {
        let to = self.room(8);
        self.run(self.wasi.fd_tell(fd, to))?;
        Ok(self.host().load64(to))
    }
}

/// A read that has begun.
pub struct Reading {
    pub call: Call,
    pub spans: Vec<Span>,
    pub count_at: u32,
}

impl Reading {
    /// What has been read. Nothing else has been written to the buffers.
    pub fn got(&self, world: &World) -> Ended<Vec<u8>> {
        self.call
            .ended()
            .inspect_err(|_| self.assert_untouched(world))?;
        let count = world.host().load32(self.count_at) as usize;
        let mut all = self.all(world);
        assert!(count <= all.len(), "more than was asked for");
        let rest = all.split_off(count);
        assert!(
            rest.iter().all(|byte| *byte == GARBAGE),
            "behind the count: {rest:?}"
        );
        Ok(all)
    }

    /// Fails when something has been written to the buffers.
    pub fn assert_untouched(&self, world: &World) {
        let all = self.all(world);
        assert!(all.iter().all(|byte| *byte == GARBAGE), "written: {all:?}");
        let count = world.host().load32(self.count_at);
        assert_eq!(count.to_le_bytes(), [GARBAGE; 4], "the count");
    }

    fn all(&self, world: &World) -> Vec<u8> {
        let bytes = |span: &Span| world.host().memory.bytes(span.address, span.len);
        self.spans.iter().flat_map(bytes).collect()
    }
}

/// A write that has begun.
pub struct Writing {
    pub call: Call,
    pub count_at: u32,
}

impl Writing {
    /// How many bytes were written.
    pub fn took(&self, world: &World) -> Ended<u32> {
        self.call.ended()?;
        Ok(world.host().load32(self.count_at))
    }
}

/// Files.
impl World {
    /// Puts a file where a path from the root says.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Inode {
        let kind = Kind::File(bytes.to_vec());
        self.host().disk.borrow_mut().put(path, kind)
    }

    /// The bytes of a file.
    pub fn on_disk(&self, inode: Inode) -> Vec<u8> {
        let mut disk = self.host().disk.borrow_mut();
        disk.bytes(inode).expect("a file").clone()
    }

    /// A path from a directory.
    pub fn path(&self, fd: u32, path: &str) -> Path {
        Path {
            fd,
            path: self.bytes(path.as_bytes()),
        }
    }

    pub fn open_at(&self, fd: u32, path: &str, open: OpenAt) -> Ended<u32> {
        let to = self.room(4);
        self.run(self.wasi.path_open(self.path(fd, path), open, to))?;
        Ok(self.host().load32(to))
    }

    /// Opens a file that is there.
    pub fn open(&self, path: &str) -> u32 {
        self.open_at(ROOT, path, READ_WRITE)
            .expect("the file opens")
    }

    /// Puts a file, and opens it.
    pub fn file(&self, bytes: &[u8]) -> (Inode, u32) {
        let inode = self.put("file", bytes);
        (inode, self.open("file"))
    }
}

/// Pipes, and further descriptors.
impl World {
    /// Opens both ends of a pipe: the one that is read first.
    pub fn pipe_of(&self, ways: Ways, fdflags: u32) -> Ended<[u32; 2]> {
        let at = self.room(8);
        let opened = self.wasi.fd_pipe(ways, fdflags, at);
        opened.map_err(Errno::get)?;
        Ok([at, at + 4].map(|at| self.host().load32(at)))
    }

    /// Opens a pipe whose reads and writes wait.
    pub fn pipe(&self) -> [u32; 2] {
        self.pipe_of(Ways::One, 0).expect("there is room for two")
    }

    pub fn dup_from(&self, fd: u32, least: u32) -> Ended<u32> {
        let to = self.room(4);
        let opened = self.wasi.fd_dup(fd, least, to);
        opened.map_err(Errno::get)?;
        Ok(self.host().load32(to))
    }

    pub fn dup(&self, fd: u32) -> u32 {
        self.dup_from(fd, 0).expect("there is room for one")
    }

    pub fn dup_to(&self, fd: u32, to: u32) -> Ended {
        self.wasi.fd_dup_to(fd, to).map_err(Errno::get)
    }

    pub fn close(&self, fd: u32) {
        assert_eq!(self.wasi.fd_close(fd), Ok(()), "{fd} is open");
    }

    /// Has reads and writes of a description wait, or not.
    pub fn set_flags(&self, fd: u32, flags: u32) {
        assert_eq!(self.wasi.fd_fdstat_set_flags(fd, flags), Ok(()));
    }
}

/// Interruption.
impl World {
    /// Interrupts a thread in its call, which goes on; whether it has ended.
    pub fn interrupt(&self, call: &mut Call) -> bool {
        call.interrupt(&self.wasi.interrupted);
        call.goes_on()
    }
}

/// What a poll waits for: user data, and what for.
#[derive(Clone, Copy, Debug)]
pub struct Subscription(pub u64, pub For);

/// What for.
#[derive(Clone, Copy, Debug)]
pub enum For {
    /// A clock, a time, and flags.
    Clock(u32, u64, u16),
    Readable(u32),
    Writable(u32),
    /// A tag that means nothing.
    /// That the other side is gone.
    Hangup(u32),
    Nothing(u8),
}

/// An event: user data, errno, tag, bytes and flags.
pub type Event = (u64, u16, u8, u64, u16);

impl World {
    fn store_subscription(&self, at: u32, Subscription(userdata, awaited): Subscription) {
        let host = self.host();
        let (tag, subject) = match awaited {
            For::Clock(id, ..) => (0, id),
            For::Readable(fd) => (1, fd),
            For::Writable(fd) => (2, fd),
            For::Hangup(fd) => (3, fd),
            For::Nothing(tag) => (tag, 0),
        };
        host.store64(at, userdata);
        host.store8(at + 8, tag);
        host.store32(at + 16, subject);
        if let For::Clock(_, timeout, flags) = awaited {
            host.store64(at + 24, timeout);
            host.memory.set(at + 40, &flags.to_le_bytes());
        }
    }

    /// Begins a poll.
    pub fn begin_poll(&self, all: &[Subscription]) -> Polling {
        let count = all.len() as u32;
        let subscriptions_at = self.room(48 * count);
        for (index, one) in (0..).zip(all) {
            self.store_subscription(subscriptions_at + 48 * index, *one);
        }
        let (events_at, count_at) = (self.room(32 * count), self.room(4));
        let begun = self
            .wasi
            .poll_oneoff(subscriptions_at, events_at, count, count_at);
        let poll = begun.expect("there is something to wait for");
        // What a poll waits for was read as it began.
        self.host()
            .memory
            .set(subscriptions_at, &vec![0xFF; 48 * all.len()]);
        Polling {
            deadline: poll.deadline,
            asks_host: poll.asks_host,
            call: Call::begin(Ok(poll.call)),
            events_at,
            count_at,
        }
    }
}

/// A poll that has begun.
pub struct Polling {
    pub deadline: Option<u64>,
    pub asks_host: bool,
    pub call: Call,
    events_at: u32,
    count_at: u32,
}

impl Polling {
    /// What has come about.
    pub fn events(&self, world: &World) -> Vec<Event> {
        let host = world.host();
        assert_eq!(self.call.ended(), Ok(()));
        let event = |at: u32| {
            let bytes = host.memory.bytes(at, 32);
            let half = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
            let tag = bytes[10];
            // Those of a clock say nothing more.
            let (count, flags) = match tag {
                0 => (0, 0),
                _ => (host.load64(at + 16), half(24)),
            };
            (host.load64(at), half(8), tag, count, flags)
        };
        let count = host.load32(self.count_at);
        (0..count)
            .map(|index| event(self.events_at + 32 * index))
            .collect()
    }
}

/// Standard input.
impl World {
    /// Bytes come by standard input. A read that is under way ends.
    pub fn arrive(&self, bytes: &[u8]) {
        self.host().input.borrow_mut().bytes.extend(bytes);
        self.end_reads();
    }

    /// Standard input ends. A read that is under way ends.
    pub fn input_ends(&self, result: Result<(), u8>) {
        self.host().input.borrow_mut().end = Some(result);
        self.end_reads();
    }

    fn end_reads(&self) {
        let under_way = self.host().under_way();
        if let Some((stream, _)) = under_way.iter().find(|(_, of)| of.name == "read") {
            self.host().end(*stream, Step::Now);
        }
    }
}

/// What is left at the end.
impl World {
    fn assert_nothing_is_left(&self) {
        const DESCRIPTORS: u32 = 40;
        let host = self.host();
        host.plan.assert_taken();
        for fd in 0..DESCRIPTORS {
            // One that is not open is none.
            let _ = self.wasi.fd_close(fd);
        }
        // A read ahead whose poll has ended goes on: its stream and its future stay.
        let ahead = host.under_way().len() + host.undelivered().len();
        let is_ahead_only = ahead == 0 || ahead == 1 && host.reads_ahead.get();
        assert!(is_ahead_only, "under way: {:?}", host.under_way());
        assert_eq!(self.wasi.events.under_way() as usize, ahead);
        let may_stay = self.stays_open_when_closed.get() && host.reads_ahead.get();
        let open = host.open_count();
        assert!(
            open == 2 * ahead || open == 2 && may_stay,
            "{open} handles are left"
        );
        // The room stays with the stream that it is read ahead from.
        self.assert_room_is_free(if open > 0 { AHEAD } else { 0 });
        host.discard();
    }

    /// Fails when not all of the layer's room but `kept` bytes has been given back. Takes all of it to
    /// see that.
    fn assert_room_is_free(&self, kept: u32) {
        let host = self.host();
        host.memory.pages_left.set(0);
        let added = host.memory.added();
        let take = |len| self.wasi.scratch.realloc(host, Span::EMPTY, 8, len);
        let mut free = 0;
        let mut len = added;
        while len >= 8 {
            while take(len).is_some() {
                free += len;
            }
            len = (len / 2) & !7;
        }
        assert_eq!(free + kept, added, "room is not given back");
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.assert_nothing_is_left();
        }
    }
}
