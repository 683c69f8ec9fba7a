//! Threads that read, poll and close standard input.

use coopt_sim::World as Choices;

use super::{Doing, Program, Run, explore_all, explore_some};
use crate::host::{Operation, Step};
use crate::world::{For, Reading, Subscription, World};

const AGAIN: u16 = 6;
const BADF: u16 = 8;
const INTR: u16 = 27;
const NONBLOCK: u32 = 4;

/// What a thread does with standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Reads pieces of up to so many bytes, to the end.
    Reads(u32),
    /// Reads so many times without waiting.
    ReadsAtOnce(u32),
    /// Polls without a time limit, then reads a byte; and so on, to the end.
    PollsAndReads,
    /// Polls once, with a time limit.
    PollsOnce,
    /// Closes it.
    Closes,
}

/// Bytes that a read has got.
struct Taken {
    bytes: Vec<u8>,
    began: u32,
    ended: u32,
}

/// The threads, and what they have seen.
struct Input {
    world: World,
    does: Vec<Does>,
    /// How many calls each thread has begun; the maximum when it does nothing more.
    begun: Vec<u32>,
    is_late: bool,
    /// How many calls have begun and ended.
    now: u32,
    /// When each thread's call began.
    began: Vec<u32>,
    log: Vec<Taken>,
    /// Reads that got nothing because of a close or an interruption: nothing is written to their
    /// buffers.
    failed: Vec<Reading>,
    /// How often threads may be interrupted still.
    interruptions_left: u32,
}

impl Input {
    fn new(does: &[Does], bytes: &[u8]) -> Self {
        let world = World::small(8_192);
        let host = world.host();
        host.input.borrow_mut().bytes.extend(bytes);
        host.input.borrow_mut().end = Some(Ok(()));
        world
            .stays_open_when_closed
            .set(does.contains(&Does::Closes));
        Self {
            world,
            does: does.to_vec(),
            begun: vec![0; does.len()],
            is_late: false,
            now: 0,
            began: vec![0; does.len()],
            log: Vec::new(),
            failed: Vec::new(),
            interruptions_left: 0,
        }
    }

    fn poll(&self, is_limited: bool) -> Option<Doing> {
        let time = Subscription(8, For::Clock(1, 10, 0));
        let input = Subscription(7, For::Readable(0));
        let all = if is_limited {
            &[input, time][..]
        } else {
            &[input]
        };
        Some(Doing::Poll(self.world.begin_poll(all)))
    }

    fn read(&self, len: u32) -> Option<Doing> {
        Some(Doing::Read(self.world.begin_read(0, len)))
    }

    /// Begins a read that does not wait. The description's flag is that of others, too.
    fn read_at_once(&self) -> Option<Doing> {
        // It may be closed.
        let _ = self.world.wasi.fd_fdstat_set_flags(0, NONBLOCK);
        let doing = self.read(2);
        let _ = self.world.wasi.fd_fdstat_set_flags(0, 0);
        doing
    }

    fn note_read(&mut self, thread: usize, reading: Reading) {
        match reading.got(&self.world) {
            Ok(bytes) if bytes.is_empty() => self.begun[thread] = u32::MAX,
            Ok(bytes) => self.log.push(Taken {
                bytes,
                began: self.began[thread],
                ended: self.now,
            }),
            Err(AGAIN) => assert!(matches!(self.does[thread], Does::ReadsAtOnce(_))),
            Err(INTR) => {
                assert!(reading.call.is_interrupted());
                self.failed.push(reading);
            }
            Err(error) => {
                assert_eq!(error, BADF);
                assert!(self.does.contains(&Does::Closes));
                self.begun[thread] = u32::MAX;
                self.failed.push(reading);
            }
        }
    }

    /// The bytes that were read, in their order. No read got later ones that had ended before one
    /// with earlier ones began.
    fn read_by_all(&mut self) -> Vec<u8> {
        self.log.sort_by(|one, other| one.bytes.cmp(&other.bytes));
        for pair in self.log.windows(2) {
            assert!(pair[0].began < pair[1].ended, "bytes overtake others");
        }
        let all = self.log.iter().flat_map(|taken| &taken.bytes);
        all.copied().collect()
    }

    /// Fails when a byte was lost or read twice. The bytes are the alphabet's.
    fn check(&mut self, bytes: &[u8]) {
        let read = self.read_by_all();
        let host = self.world.host();
        let left = host.input.borrow().bytes.len();
        let (taken, _) = bytes.split_at(bytes.len() - left);
        let reads_to_end = |does: &Does| matches!(does, Does::Reads(_) | Does::PollsAndReads);
        let is_closed = self.does.contains(&Does::Closes);
        if !is_closed && self.does.iter().any(reads_to_end) {
            assert_eq!(read, bytes);
        } else if host.reads_ahead.get() {
            // Some may have been read ahead that nobody has asked for.
            assert!(taken.starts_with(&read), "{read:?} of {taken:?}");
        } else {
            assert_eq!(read, taken);
        }
        for reading in &self.failed {
            reading.assert_untouched(&self.world);
        }
    }
}

impl Program for Input {
    fn world(&self) -> &World {
        &self.world
    }

    fn threads(&self) -> usize {
        self.does.len()
    }

    fn begin(&mut self, thread: usize) -> Option<Doing> {
        self.now += 1;
        self.began[thread] = self.now;
        let count = self.begun[thread];
        self.begun[thread] = count.saturating_add(1);
        match self.does[thread] {
            _ if count == u32::MAX => None,
            Does::Reads(len) => self.read(len),
            Does::ReadsAtOnce(times) if count < times => self.read_at_once(),
            Does::PollsAndReads if count.is_multiple_of(2) => self.poll(false),
            Does::PollsAndReads => self.read(1),
            Does::PollsOnce if count == 0 => self.poll(true),
            Does::Closes => {
                assert_eq!(self.world.wasi.fd_close(0), Ok(()));
                None
            }
            Does::ReadsAtOnce(_) | Does::PollsOnce => None,
        }
    }

    fn end(&mut self, thread: usize, doing: Doing) {
        self.now += 1;
        match doing {
            Doing::Read(reading) => self.note_read(thread, reading),
            Doing::Poll(polling) if polling.call.ended() == Err(INTR) => {
                assert!(polling.call.is_interrupted());
            }
            Doing::Poll(polling) => {
                let events = polling.events(&self.world);
                assert!(!events.is_empty(), "an event at least");
                for (_, errno, tag, bytes, flags) in events {
                    let is_closed = self.does.contains(&Does::Closes);
                    assert!(errno == 0 || errno == BADF && is_closed);
                    let says = tag == 0 || errno != 0 || bytes > 0 || flags == 1;
                    assert!(says, "nothing is there");
                }
            }
            Doing::Write(_) | Doing::Accept(_) => unreachable!("nobody does"),
        }
    }

    fn ends(&self, operation: Operation) -> Vec<Step> {
        let left = self.world.host().input.borrow().bytes.len() as u32;
        let max = left.min(operation.items).min(2);
        match operation.name {
            "read" if max > 0 => (1..=max).map(Step::Part).collect(),
            _ => vec![Step::Now],
        }
    }

    fn is_late(&self, thread: usize) -> bool {
        match self.does[thread] {
            Does::ReadsAtOnce(_) => true,
            Does::PollsOnce => self.is_late,
            _ => false,
        }
    }

    fn can_time_pass(&self) -> bool {
        !self.is_late && self.does.contains(&Does::PollsOnce)
    }

    fn time_passes(&mut self) {
        self.is_late = true;
        self.world.host().monotonic.set(5_000);
    }

    fn can_be_interrupted(&self, _: usize) -> bool {
        self.interruptions_left > 0
    }

    fn interrupted(&mut self, _: usize) {
        self.interruptions_left -= 1;
    }
}

/// A run in which threads do this with standard input, to which `bytes` come in pieces.
fn run<'a>(does: &'a [Does], bytes: &'a [u8]) -> impl Fn(&Choices) + 'a {
    run_interrupted(does, bytes, 0)
}

/// Such a run, in which threads are interrupted so many times at most.
fn run_interrupted<'a>(
    does: &'a [Does],
    bytes: &'a [u8],
    interruptions: u32,
) -> impl Fn(&Choices) + 'a {
    move |choices| {
        let mut program = Input::new(does, bytes);
        program.interruptions_left = interruptions;
        Run::new(&mut program).go(choices);
        program.check(bytes);
    }
}

#[test]
fn two_readers() {
    explore_all("readers", &run(&[Does::Reads(1), Does::Reads(2)], b"ab"));
}

#[test]
fn three_readers() {
    explore_some("three-readers", &run(&[Does::Reads(1); 3], b"ab"));
}

#[test]
fn a_reader_beside_one_that_polls() {
    let does = [Does::Reads(2), Does::PollsAndReads];
    explore_all("reader-and-poller", &run(&does, b"a"));
    explore_some("reader-and-poller-of-more", &run(&does, b"abc"));
}

#[test]
fn two_that_poll() {
    explore_some("pollers", &run(&[Does::PollsAndReads; 2], b"ab"));
}

#[test]
fn a_poll_that_ends_by_its_time_beside_a_reader() {
    let does = [Does::PollsOnce, Does::Reads(1)];
    explore_all("limited-poll", &run(&does, b"a"));
    explore_some("limited-poll-of-more", &run(&does, b"abc"));
}

#[test]
fn one_of_each_kind() {
    let does = [Does::PollsOnce, Does::PollsAndReads, Does::Reads(2)];
    explore_some("each-kind", &run(&does, b"ab"));
}

#[test]
fn reads_that_do_not_wait_beside_one_that_does() {
    let does = [Does::ReadsAtOnce(2), Does::Reads(2)];
    explore_all("at-once", &run(&does, b"a"));
    explore_some("at-once-of-more", &run(&does, b"abc"));
}

#[test]
fn a_close_beside_a_reader() {
    explore_all(
        "close-reader",
        &run(&[Does::Closes, Does::Reads(2)], b"abc"),
    );
}

#[test]
fn a_close_beside_two_readers() {
    let does = [Does::Closes, Does::Reads(1), Does::Reads(2)];
    explore_some("close-readers", &run(&does, b"ab"));
}

#[test]
fn a_close_beside_one_that_polls_and_one_that_reads() {
    let does = [Does::Closes, Does::PollsAndReads, Does::Reads(2)];
    explore_some("close-poller", &run(&does, b"ab"));
}

#[test]
fn a_close_beside_reads_that_do_not_wait() {
    let does = [Does::Closes, Does::ReadsAtOnce(2), Does::PollsOnce];
    explore_some("close-at-once", &run(&does, b"ab"));
}

#[test]
fn a_reader_that_is_interrupted_goes_on_with_the_next_byte() {
    let does = [Does::Reads(2)];
    explore_all("interrupted", &run_interrupted(&does, b"abcde", 2));
}

#[test]
fn one_of_two_readers_is_interrupted() {
    let does = [Does::Reads(1), Does::Reads(2)];
    explore_some("interrupted-readers", &run_interrupted(&does, b"abc", 2));
}

#[test]
fn a_reader_or_one_that_polls_is_interrupted() {
    let does = [Does::PollsAndReads, Does::Reads(2)];
    explore_some("interrupted-poller", &run_interrupted(&does, b"abc", 2));
}

#[test]
fn an_interruption_and_a_close_beside_a_reader() {
    let does = [Does::Closes, Does::Reads(2)];
    explore_all("interrupted-close", &run_interrupted(&does, b"abc", 1));
}

#[test]
fn an_interruption_beside_reads_that_do_not_wait() {
    let does = [Does::Reads(2), Does::ReadsAtOnce(1), Does::PollsOnce];
    explore_some("interrupted-at-once", &run_interrupted(&does, b"ab", 2));
}
