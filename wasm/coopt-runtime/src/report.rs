//! The deadlock report.

use alloc::string::String;
use core::fmt::{self, Write};

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
    text: String,
    /// How many bytes the host has.
    written: usize,
    stream: u32,
}

impl Report {
    /// The report of the deadlock that has come about.
    pub fn new(scheduler: &mut Scheduler) -> Self {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = compose(scheduler, &mut text);
        let both = stderr::stream_new();
        stderr::open(both as u32);
        Self {
            text,
            written: 0,
            stream: (both >> 32) as u32,
        }
    }

    /// Writes as far as the host takes it. Returns when an event is to come, which
    /// [`note`](Self::note) takes note of; when all is written, the program ends.
    pub fn go_on(&mut self, waitables: u32) {
        loop {
            let rest = &self.text.as_bytes()[self.written..];
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

fn compose(scheduler: &mut Scheduler, text: &mut String) -> fmt::Result {
    let live = scheduler.live_count();
    let all = if live == 1 {
        "the only thread waits"
    } else {
        "every thread waits"
    };
    writeln!(
        text,
        "coopt: deadlock: {all} and nothing is left that could wake one"
    )?;
    for thread in scheduler.threads() {
        let Some(wait) = thread.wait else { continue };
        write!(text, "  {} waits ", Named(&thread))?;
        compose_wait(scheduler, &wait, text)?;
        let turns = scheduler.switches().saturating_sub(wait.since);
        let plural = if turns == 1 { "" } else { "es" };
        writeln!(text, ", for the last {turns} switch{plural}")?;
    }
    compose_cycle(scheduler, text)
}

/// What a thread waits for, and who owns it.
fn compose_wait(scheduler: &Scheduler, wait: &WaitReason, text: &mut String) -> fmt::Result {
    let owner = wait.owner_id(|word| program_memory::load32(word));
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
    text.write_str(what)?;
    match (wait.kind, owner) {
        (WaitKind::Join, Some(owner)) => return compose_thread(scheduler, owner, text),
        (
            WaitKind::Join | WaitKind::Sleep | WaitKind::Signal | WaitKind::Input | WaitKind::Host,
            _,
        ) => {
            return Ok(());
        }
        _ => write!(text, " at {:#x}", wait.address)?,
    }
    match owner {
        None => Ok(()),
        Some(owner) => {
            text.write_str(", owned by")?;
            compose_thread(scheduler, owner, text)
        }
    }
}

/// A thread by its id, also one that has ended.
fn compose_thread(scheduler: &Scheduler, id: ThreadId, text: &mut String) -> fmt::Result {
    match scheduler.threads().find(|thread| thread.id == id) {
        Some(thread) => write!(text, " {}", Named(&thread)),
        None => write!(text, " thread {}, which has ended", id.get()),
    }
}

fn compose_cycle(scheduler: &mut Scheduler, text: &mut String) -> fmt::Result {
    let owner = |wait: &WaitReason| wait.owner_id(|word| program_memory::load32(word));
    let Some(cycle) = scheduler.find_cycle(owner) else {
        return Ok(());
    };
    let mut first = None;
    text.write_str("  in a circle:")?;
    for id in cycle {
        first.get_or_insert(id);
        write!(text, " {} ->", id.get())?;
    }
    writeln!(text, " {}", first.map_or(0, ThreadId::get))
}

/// `thread 3 \`worker\``, and its priority if it was given one.
struct Named<'a>(&'a ThreadInfo<'a>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "thread {}", self.0.id.get())?;
        match core::str::from_utf8(self.0.name) {
            Ok("") if self.0.id == ThreadId::MAIN => f.write_str(" `main`"),
            Ok("") | Err(_) => Ok(()),
            Ok(name) => write!(f, " `{name}`"),
        }?;
        match self.0.priority {
            Priority::LOWEST => Ok(()),
            priority => write!(f, " (priority {})", priority.get()),
        }
    }
}
