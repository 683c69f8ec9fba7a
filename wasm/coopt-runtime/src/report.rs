//! The deadlock report.

use alloc::vec::Vec;

use coopt_abi::status;
use coopt_abi::wait::WaitKind;
use coopt_sched::{Priority, Scheduler, ThreadId, ThreadInfo, WaitReason};
use coopt_wasi::Progress;

use crate::wasi::stderr;
use crate::{host, program_memory};

/// Of the program's first page, where the report goes for the host to read. The program is over, so
/// its memory may be written over.
const TEXT: u32 = 1024;
/// How much of the report the host is given at a time.
const CHUNK: usize = 32 * 1024;

/// A deadlock report on its way to standard error, by a stream of its own: the program may have
/// closed its own. While the host is slow, nobody runs.
pub struct Report {
    text: Vec<u8>,
    /// How many bytes the host has.
    written: usize,
    stream: u32,
}

impl Report {
    /// The report of the deadlock that has come about.
    pub fn new(scheduler: &mut Scheduler) -> Self {
        let mut text = Text(Vec::new());
        compose(scheduler, &mut text);
        let both = stderr::stream_new();
        stderr::open(both as u32);
        Self {
            text: text.0,
            written: 0,
            stream: (both >> 32) as u32,
        }
    }

    /// Writes as far as the host takes it. Returns when an event is to come, which
    /// [`note`](Self::note) takes note of; when all is written, the program ends.
    pub fn go_on(&mut self, waitables: u32) {
        loop {
            let rest = &self.text[self.written..];
            if rest.is_empty() {
                host::exit(status::DEADLOCK.into());
            }
            let chunk = &rest[..rest.len().min(CHUNK)];
            program_memory::write(TEXT, chunk);
            let bits = stderr::write(self.stream, TEXT, chunk.len() as u32);
            match Progress::from_bits(bits) {
                Some(progress) => self.advance(progress),
                None => {
                    host::waitable_join(self.stream, waitables);
                    return;
                }
            }
        }
    }

    /// Takes note of an event.
    pub fn note(&mut self, waitable: u32, payload: u32) {
        if waitable == self.stream
            && let Some(progress) = Progress::from_bits(payload)
        {
            self.advance(progress);
        }
    }

    fn advance(&mut self, progress: Progress) {
        self.written += progress.count as usize;
        if progress.ended {
            // Nobody reads the report.
            self.written = self.text.len();
        }
    }
}

fn compose(scheduler: &mut Scheduler, text: &mut Text) {
    text.write(b"coopt: deadlock: ");
    text.write(match scheduler.live_count() {
        1 => b"the only thread waits",
        _ => b"every thread waits",
    });
    text.write(b" and nothing is left that could wake one\n");
    for thread in scheduler.threads() {
        let Some(wait) = thread.wait else { continue };
        text.write(b"  ");
        compose_name(&thread, text);
        text.write(b" waits ");
        compose_wait(scheduler, &wait, text);
        let turns = scheduler.switches().saturating_sub(wait.since);
        text.write(b", for the last ");
        text.write_number(turns);
        text.write(if turns == 1 {
            b" switch\n"
        } else {
            b" switches\n"
        });
    }
    compose_cycle(scheduler, text);
}

/// The word that names an owner. A requeue may have moved a waiter to an address where no memory is.
fn owner_word(address: u32) -> u32 {
    program_memory::load32_within(program_memory::size(), address).unwrap_or(0)
}

/// What a thread waits for, and who owns it.
fn compose_wait(scheduler: &Scheduler, wait: &WaitReason, text: &mut Text) {
    let owner = wait.owner_id(owner_word);
    let what = match wait.kind {
        WaitKind::Futex => "on the futex",
        WaitKind::Mutex => "for the mutex",
        WaitKind::Cond => "on the condition variable",
        // The main thread has ended itself, and waits for the others.
        WaitKind::Join if owner.is_none() => "for the other threads to end",
        WaitKind::Join => "to join",
        WaitKind::Semaphore => "for the semaphore",
        WaitKind::RwLockRead => "to read the rwlock",
        WaitKind::RwLockWrite => "to write the rwlock",
        WaitKind::Barrier => "at the barrier",
        WaitKind::Once => "for the once",
        WaitKind::Sleep => "for a point in time",
        WaitKind::LibcLock => "for the C library's lock",
        WaitKind::SpinLock => "for the spin lock",
        WaitKind::Signal => "for a signal",
        WaitKind::Input => "for input",
        WaitKind::Host => "for the host",
    };
    text.write(what.as_bytes());
    match (wait.kind, owner) {
        (WaitKind::Join, Some(owner)) => return compose_thread(scheduler, owner, text),
        (
            WaitKind::Join | WaitKind::Sleep | WaitKind::Signal | WaitKind::Input | WaitKind::Host,
            _,
        ) => return,
        _ => {}
    }
    text.write(b" at 0x");
    text.write_hexadecimal(wait.address);
    if let Some(owner) = owner {
        text.write(b", owned by");
        compose_thread(scheduler, owner, text);
    }
}

/// A thread by its id, also one that has ended.
fn compose_thread(scheduler: &Scheduler, id: ThreadId, text: &mut Text) {
    text.write(b" ");
    match scheduler.threads().find(|thread| thread.id == id) {
        Some(thread) => compose_name(&thread, text),
        None => {
            text.write(b"thread ");
            text.write_number(id.get().into());
            text.write(b", which has ended");
        }
    }
}

fn compose_cycle(scheduler: &mut Scheduler, text: &mut Text) {
    let owner = |wait: &WaitReason| wait.owner_id(owner_word);
    let Some(cycle) = scheduler.find_cycle(owner) else {
        return;
    };
    text.write(b"  in a circle: ");
    let mut first = None;
    for id in cycle {
        first.get_or_insert(id);
        text.write_number(id.get().into());
        text.write(b" -> ");
    }
    text.write_number(first.map_or(0, ThreadId::get).into());
    text.write(b"\n");
}

/// `thread 3 \`worker\``, and its priority if it was given one.
fn compose_name(thread: &ThreadInfo<'_>, text: &mut Text) {
    text.write(b"thread ");
    text.write_number(thread.id.get().into());
    let name = match thread.name {
        b"" if thread.id == ThreadId::MAIN => b"main",
        name => name,
    };
    if !name.is_empty() {
        text.write(b" `");
        text.write(name);
        text.write(b"`");
    }
    if thread.priority != Priority::LOWEST {
        text.write(b" (priority ");
        text.write_number(thread.priority.get().into());
        text.write(b")");
    }
}

/// A text in the making. The machinery of `core::fmt` would be a tenth of a small component.
struct Text(Vec<u8>);

impl Text {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn write_number(&mut self, number: u64) {
        self.write_digits(number, 10);
    }

    fn write_hexadecimal(&mut self, number: u32) {
        self.write_digits(number.into(), 16);
    }

    fn write_digits(&mut self, mut number: u64, base: u64) {
        let at = self.0.len();
        loop {
            let digit = b"0123456789abcdef"[(number % base) as usize];
            self.0.insert(at, digit);
            number /= base;
            if number == 0 {
                return;
            }
        }
    }
}
