//! Operations on streams and futures.

use std::collections::VecDeque;
use std::rc::Rc;
use std::thread;

use coopt_wasi::{Memory as _, Span, Waitables};

use super::Script;
use super::disk::code;
use super::functions::{Answer, Shape};
use super::handles::{Entry, Fate, Handle, Kind, Operation, Sink, Source, Subtask};
use super::network::{Id, net_code};
use super::plan::{Name, Step};

const BLOCKED: u32 = u32::MAX;
const DROPPED: u32 = 1;
const CANCELLED: u32 = 2;

/// How much memory an item of directories takes.
const ENTRY_SIZE: u32 = 24;

fn bits(count: usize, is_over: bool) -> u32 {
    (count as u32) << 4 | if is_over { DROPPED } else { 0 }
}

impl Script {
    /// Begins an operation on a stream or a future; what it returns.
    pub fn begin(&self, number: u32, name: Name, room: Span, items: u32) -> u32 {
        self.claim(room);
        self.handles.with(number, |handle| {
            assert!(handle.under_way.is_none(), "{number}: two at a time");
            assert!(
                handle.event.is_none(),
                "{number}: its event has not been taken"
            );
            assert!(!handle.is_done, "{number}: nothing can follow");
        });
        let operation = Operation { name, room, items };
        let ended = match self.plan.next(name) {
            Step::Later | Step::LaterStart => None,
            step => self.transfer(number, operation, step),
        };
        if ended.is_none() {
            self.handles
                .with(number, |handle| handle.under_way = Some(operation));
        }
        ended.unwrap_or(BLOCKED)
    }

    /// Carries an operation out; what it comes to, or `None` when there is nothing yet.
    pub fn transfer(&self, number: u32, operation: Operation, step: Step) -> Option<u32> {
        let mut kind = self.handles.with(number, |handle| {
            std::mem::replace(&mut handle.kind, Kind::Terminal)
        });
        let result = match &mut kind {
            Kind::Input(fate) => self.transfer_input(fate, operation, step),
            Kind::Reader(fate, rest) => Some(self.transfer_read(fate, rest, operation, step)),
            Kind::Entries(fate, rest) => Some(self.transfer_entries(fate, rest, operation, step)),
            Kind::Received(fate, id) => self.transfer_received(fate, *id, operation, step),
            Kind::Accepted(id) => self.transfer_accepted(*id, operation, step),
            Kind::Writer(fate, Some(Sink::Channel(id))) => {
                self.transfer_sent(fate, *id, operation, step)
            }
            Kind::Writer(fate, sink) => {
                let sink = sink.as_mut().expect("the other end was handed over");
                Some(self.transfer_write(fate, sink, operation, step))
            }
            Kind::Future(fate, source) => Some(self.transfer_result(fate, *source, operation)),
            _ => panic!("handle {number} is no stream"),
        };
        let is_future = matches!(kind, Kind::Future(..));
        self.handles.set(number, kind);
        let is_over = result.is_some_and(|bits| bits & 15 == DROPPED);
        self.handles
            .with(number, |handle| handle.is_done |= is_over || is_future);
        result
    }

    fn transfer_input(&self, fate: &Fate, operation: Operation, step: Step) -> Option<u32> {
        let mut input = self.input.borrow_mut();
        let max = step.items_max().min(operation.items) as usize;
        let len = max.min(input.bytes.len());
        let bytes: Vec<u8> = input.bytes.drain(..len).collect();
        self.memory.set(operation.room.address, &bytes);
        let is_last = input.bytes.is_empty() && (len == 0 || input.ends_with_last);
        let end = step.end().or(input.end.filter(|_| is_last));
        if len == 0 && end.is_none() {
            return None;
        }
        self.note_end(fate, end);
        Some(bits(len, end.is_some()))
    }

    fn transfer_read(
        &self,
        fate: &Fate,
        rest: &mut VecDeque<u8>,
        operation: Operation,
        step: Step,
    ) -> u32 {
        let max = step.items_max().min(operation.items) as usize;
        let len = max.min(rest.len());
        let bytes: Vec<u8> = rest.drain(..len).collect();
        self.memory.set(operation.room.address, &bytes);
        let end = step.end().or((len == 0).then_some(fate.result.get()));
        self.note_end(fate, end);
        bits(len, end.is_some())
    }

    fn transfer_received(
        &self,
        fate: &Fate,
        id: Id,
        operation: Operation,
        step: Step,
    ) -> Option<u32> {
        let channel = &mut self.network.borrow_mut().channels[id];
        let max = step.items_max().min(operation.items) as usize;
        let len = max.min(channel.bytes.len());
        let bytes: Vec<u8> = channel.bytes.drain(..len).collect();
        self.memory.set(operation.room.address, &bytes);
        let is_over = len == 0 && channel.is_sender_gone;
        let end = step.end().or(is_over.then_some(Ok(())));
        if len == 0 && end.is_none() {
            return None;
        }
        self.note_end(fate, end);
        Some(bits(len, end.is_some()))
    }

    fn transfer_sent(&self, fate: &Fate, id: Id, operation: Operation, step: Step) -> Option<u32> {
        let capacity = self.network.borrow().capacity;
        let channel = &mut self.network.borrow_mut().channels[id];
        let free = capacity.saturating_sub(channel.bytes.len());
        let max = step.items_max().min(operation.items) as usize;
        let broken = channel.is_receiver_gone.then_some(Err(net_code::BROKEN));
        let len = if broken.is_some() { 0 } else { max.min(free) };
        let bytes = self.memory.bytes(operation.room.address, len as u32);
        channel.bytes.extend(bytes);
        let end = step.end().or(broken);
        if end.is_none() && free == 0 {
            return None;
        }
        self.note_end(fate, end);
        Some(bits(len, end.is_some()))
    }

    fn transfer_accepted(&self, id: Id, operation: Operation, step: Step) -> Option<u32> {
        let mut network = self.network.borrow_mut();
        let incoming = network.sockets[id].incoming.as_mut().expect("it listens");
        let max = step.items_max().min(operation.items) as usize;
        let mut len = 0;
        while let Some(id) = (len < max).then(|| incoming.pop_front()).flatten() {
            let number = self.handles.add(Kind::Socket { id, lends: 0 });
            self.store32(operation.room.address + 4 * len as u32, number);
            len += 1;
        }
        if len == 0 && step.end().is_none() {
            return None;
        }
        Some(bits(len, step.end().is_some()))
    }

    /// Whether there is something to end an operation with.
    pub fn can_end(&self, number: u32) -> bool {
        self.handles.with(number, |handle| {
            let network = self.network.borrow();
            match &handle.kind {
                Kind::Received(_, id) => {
                    let channel = &network.channels[*id];
                    !channel.bytes.is_empty() || channel.is_sender_gone
                }
                Kind::Writer(_, Some(Sink::Channel(id))) => {
                    let channel = &network.channels[*id];
                    channel.is_receiver_gone || channel.bytes.len() < network.capacity
                }
                Kind::Accepted(id) => {
                    let incoming = &network.sockets[*id].incoming;
                    incoming.as_ref().is_some_and(|all| !all.is_empty())
                }
                Kind::Subtask {
                    state: Subtask::Started(_),
                    needs,
                    ..
                } => self.has_datagram(*needs),
                _ => true,
            }
        })
    }

    /// Whether the socket has a datagram, if there is one that needs it.
    pub fn has_datagram(&self, socket: Option<Id>) -> bool {
        let network = self.network.borrow();
        socket.is_none_or(|id| !network.sockets[id].datagrams.is_empty())
    }

    /// Takes the operation that is under way on a stream or a future; or the event of its end.
    fn give_up(&self, number: u32) -> Result<Operation, u32> {
        self.handles.with(number, |handle| {
            assert!(!handle.is_watched, "{number} is cancelled while in a set");
            match handle.event.take() {
                Some(event) => Err(event),
                None => Ok(handle.under_way.take().expect("an operation is under way")),
            }
        })
    }

    /// Cancels an operation on a stream or a future; what it has come to.
    pub fn cancel(&self, stream: u32) -> u32 {
        let operation = match self.give_up(stream) {
            Ok(operation) => operation,
            Err(event) => return event,
        };
        let moved = match self.moves_on_cancel.get() {
            0 => None,
            items => self.transfer(stream, operation, Step::Part(items)),
        };
        match moved {
            None => CANCELLED,
            Some(bits) if bits & 15 == DROPPED => bits,
            Some(bits) => bits | CANCELLED,
        }
    }

    fn transfer_entries(
        &self,
        fate: &Fate,
        rest: &mut VecDeque<Entry>,
        operation: Operation,
        step: Step,
    ) -> u32 {
        let max = step.items_max().min(operation.items) as usize;
        let len = max.min(rest.len());
        for (index, entry) in (0..).zip(rest.drain(..len)) {
            let at = operation.room.address + index * ENTRY_SIZE;
            self.store_type(at, entry.descriptor_type);
            self.store_string(at + 16, entry.name.as_bytes());
        }
        let end = step.end().or((len == 0).then_some(fate.result.get()));
        self.note_end(fate, end);
        bits(len, end.is_some())
    }

    fn transfer_write(
        &self,
        fate: &Fate,
        sink: &mut Sink,
        operation: Operation,
        step: Step,
    ) -> u32 {
        let len = step.items_max().min(operation.items);
        let bytes = self.memory.bytes(operation.room.address, len);
        let end = match self.take_in(sink, &bytes) {
            Ok(()) => step.end(),
            Err(error) => {
                self.note_end(fate, Some(Err(error)));
                return bits(0, true);
            }
        };
        self.note_end(fate, end);
        bits(bytes.len(), end.is_some())
    }

    /// Takes bytes that were written.
    fn take_in(&self, sink: &mut Sink, bytes: &[u8]) -> Result<(), u8> {
        match sink {
            Sink::Stdout => self.stdout.borrow_mut().extend(bytes),
            Sink::Stderr => self.stderr.borrow_mut().extend(bytes),
            Sink::Channel(_) => unreachable!("it may be full"),
            Sink::FileEnd(inode) => self.disk.borrow_mut().bytes(*inode)?.extend(bytes),
            Sink::FileAt(inode, offset) => {
                let mut disk = self.disk.borrow_mut();
                let file = disk.bytes(*inode)?;
                let (begin, end) = (*offset as usize, *offset as usize + bytes.len());
                if file.len() < end {
                    file.resize(end, 0);
                }
                file[begin..end].copy_from_slice(bytes);
                *offset += bytes.len() as u64;
            }
        }
        Ok(())
    }

    fn transfer_result(&self, fate: &Fate, source: Source, operation: Operation) -> u32 {
        assert!(fate.is_over.get(), "the result would never come");
        let to = operation.room.address;
        match (fate.result.get(), source) {
            (result, Source::File | Source::Socket) => {
                let shape = match source {
                    Source::Socket => Shape::SOCKET,
                    Source::File | Source::Stdio => Shape::WORDS,
                };
                self.store_result(to, shape, result.map(|()| Answer::Nothing));
            }
            (Ok(()), Source::Stdio) => self.store8(to, 0),
            (Err(error), Source::Stdio) => {
                self.store8(to, 1);
                self.store8(to + 1, error);
            }
        }
        0
    }

    fn note_end(&self, fate: &Fate, end: Option<Result<(), u8>>) {
        if let Some(result) = end {
            fate.is_over.set(true);
            fate.result.set(result);
        }
    }

    /// Opens a readable stream and its future, and stores both at `to`.
    pub fn open_stream(&self, to: u32, source: Source, kind: impl FnOnce(Rc<Fate>) -> Kind) {
        let fate = Fate::new();
        let stream = self.handles.add(kind(Rc::clone(&fate)));
        let future = self.handles.add(Kind::Future(fate, source));
        self.store32(to, stream);
        self.store32(to + 4, future);
    }

    /// Takes the readable end of a stream that the program writes to; the future of its result.
    pub fn take_stream(&self, readable: u32, source: Source, goes_to: Sink) -> u32 {
        let Kind::Loose(writable) = self.handles.remove(readable) else {
            panic!("handle {readable} is no readable end of the program's");
        };
        let fate = self
            .handles
            .with(writable, |handle| match &mut handle.kind {
                Kind::Writer(fate, sink) => {
                    *sink = Some(goes_to);
                    Rc::clone(fate)
                }
                _ => panic!("handle {writable} is no writable end"),
            });
        self.handles.add(Kind::Future(fate, source))
    }

    /// Reads the result of a stream, by its future.
    pub fn read_result(&self, future: u32, source: Source, room: Span) -> u32 {
        self.handles.with(future, |handle| {
            let fits = matches!(handle.kind, Kind::Future(_, other) if other == source);
            assert!(fits, "handle {future} is no such future");
        });
        self.begin(future, "result", room, 0)
    }

    pub fn drop_result(&self, future: u32, source: Source) {
        let kind = self.handles.remove(future);
        let fits = matches!(kind, Kind::Future(_, other) if other == source);
        assert!(fits, "handle {future} is no such future");
    }

    pub fn read_entries(&self, stream: u32, to: u32, count: u32) -> u32 {
        self.handles.with(stream, |handle| {
            let fits = matches!(handle.kind, Kind::Entries(..));
            assert!(fits, "handle {stream} is no listing");
        });
        self.begin(stream, "entries", Span::new(to, count * ENTRY_SIZE), count)
    }

    pub fn drop_entries(&self, stream: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        match self.handles.remove(stream) {
            Kind::Entries(fate, _) => fate.is_over.set(true),
            _ => panic!("handle {stream} is no listing"),
        }
    }
}

impl Waitables for Script {
    fn watch(&self, waitable: u32) {
        self.handles.with(waitable, |handle| {
            assert!(
                handle.under_way.is_some(),
                "{waitable}: nothing is under way"
            );
            handle.is_watched = true;
        });
    }

    fn unwatch(&self, waitable: u32) {
        self.handles
            .with(waitable, |handle| handle.is_watched = false);
    }

    fn subtask_drop(&self, subtask: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        let kind = self.handles.remove(subtask);
        assert!(
            matches!(kind, Kind::Subtask { .. }),
            "{subtask} is no subtask"
        );
    }

    fn subtask_cancel(&self, subtask: u32) -> u32 {
        self.cancel_subtask(subtask)
    }

    fn stream_cancel_write(&self, stream: u32) -> u32 {
        self.handles.with(stream, |handle| {
            let fits = matches!(handle.kind, Kind::Writer(_, Some(_)));
            assert!(fits, "handle {stream} is no writable end");
        });
        self.cancel(stream)
    }

    fn stream_new(&self) -> u64 {
        let writable = self.handles.add(Kind::Writer(Fate::new(), None));
        let readable = self.handles.add(Kind::Loose(writable));
        u64::from(writable) << 32 | u64::from(readable)
    }

    fn stream_read(&self, stream: u32, to: u32, len: u32) -> u32 {
        assert!(len > 0, "a read of no bytes says nothing");
        self.handles.with(stream, |handle| {
            let fits = matches!(
                handle.kind,
                Kind::Input(_) | Kind::Reader(..) | Kind::Received(..)
            );
            assert!(fits, "handle {stream} is no readable end");
            if matches!(handle.kind, Kind::Input(_)) && to >= self.memory.program_len {
                self.reads_ahead.set(true);
            }
        });
        let is_received = |handle: &mut Handle| matches!(handle.kind, Kind::Received(..));
        let name = match self.handles.with(stream, is_received) {
            true => "receive",
            false => "read",
        };
        self.begin(stream, name, Span::new(to, len), len)
    }

    fn stream_cancel_read(&self, stream: u32) -> u32 {
        let is_received = |handle: &mut Handle| matches!(handle.kind, Kind::Received(..));
        if self.handles.with(stream, is_received) {
            return self.cancel(stream);
        }
        let operation = match self.give_up(stream) {
            Ok(operation) => operation,
            Err(event) => return event,
        };
        let bytes = self.input.borrow_mut().on_cancel.split_off(0);
        assert!(
            bytes.len() <= operation.items as usize,
            "more than was asked for"
        );
        self.memory.set(operation.room.address, &bytes);
        (bytes.len() as u32) << 4 | CANCELLED
    }

    fn stream_write(&self, stream: u32, from: u32, len: u32) -> u32 {
        let name = self
            .handles
            .with(stream, |handle| match (&handle.kind, len) {
                (Kind::Writer(_, Some(Sink::FileAt(..) | Sink::FileEnd(_))), 0) => {
                    panic!("a write of no bytes to a file says nothing")
                }
                (Kind::Writer(..), 0) => "probe",
                (Kind::Writer(_, Some(Sink::Channel(_))), _) => "send",
                (Kind::Writer(..), _) => "write",
                _ => panic!("handle {stream} is no writable end"),
            });
        self.begin(stream, name, Span::new(from, len), len)
    }

    fn stream_drop_readable(&self, stream: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        match self.handles.remove(stream) {
            Kind::Input(fate) | Kind::Reader(fate, _) => fate.is_over.set(true),
            Kind::Received(fate, id) => {
                fate.is_over.set(true);
                self.network.borrow_mut().channels[id].is_receiver_gone = true;
            }
            _ => panic!("handle {stream} is no readable end"),
        }
    }

    fn stream_drop_writable(&self, stream: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        match self.handles.remove(stream) {
            Kind::Writer(fate, Some(sink)) => {
                fate.is_over.set(true);
                if let Sink::Channel(id) = sink {
                    self.network.borrow_mut().channels[id].is_sender_gone = true;
                }
            }
            _ => panic!("handle {stream} is no writable end in use"),
        }
    }
}

/// The errors of `wasi:cli`: the case, and the errno.
pub const STDIO_ERRORS: [(u8, u16); 3] = [(0, 29), (1, 25), (2, 64)];

/// What a host that has no room left says.
pub const FULL: Step = Step::Fail(code::NO_SPACE);
