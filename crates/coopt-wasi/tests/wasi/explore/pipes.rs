//! Threads that read, write, poll and close the ends of one pipe.

use coopt_sim::World as Choices;

use super::{Doing, Program, Run, explore_all, explore_some, explore_up_to};
use crate::host::{Operation, Step};
use crate::world::{For, NONBLOCK, Subscription, World};

const AGAIN: u16 = 6;
const BADF: u16 = 8;
const INTR: u16 = 27;
const PIPE: u16 = 64;

/// How many bytes a pipe holds.
const CAPACITY: usize = 65_536;
/// A write of so many bytes at most is never torn.
const WHOLE_MAX: usize = 4096;

/// What fills a pipe before the threads begin.
const FILLER: u8 = 0xFF;

/// What a thread does with its descriptor of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Writes records of these lengths, and closes its descriptor.
    Writes(&'static [usize]),
    /// Reads up to so many bytes, the last number over and over, to the end.
    Reads(&'static [u32]),
    /// Reads so many times without waiting.
    ReadsAtOnce(u32),
    /// Polls, then reads up to so many bytes; and so on, to the end.
    PollsAndReads(u32),
    /// Polls until a small write would not wait, and writes a record.
    PollsAndWrites(usize),
    /// Closes all descriptors of the end that is read.
    ClosesReading,
    /// Closes all descriptors of the end that is written.
    ClosesWriting,
}

impl Does {
    fn is_reader(self) -> bool {
        matches!(
            self,
            Self::Reads(_) | Self::ReadsAtOnce(_) | Self::PollsAndReads(_)
        )
    }

    fn is_writer(self) -> bool {
        matches!(self, Self::Writes(_) | Self::PollsAndWrites(_))
    }
}

/// What threads do with a pipe.
struct Plan {
    does: &'static [Does],
    /// How much room is left in the pipe, if it is not empty.
    room: Option<usize>,
    /// How often threads are interrupted at most.
    interruptions: u32,
}

impl Plan {
    /// The threads with an empty pipe.
    fn of(does: &'static [Does]) -> Self {
        Self {
            does,
            room: None,
            interruptions: 0,
        }
    }

    fn with_room(self, room: usize) -> Self {
        Self {
            room: Some(room),
            ..self
        }
    }

    fn interrupted(self, interruptions: u32) -> Self {
        Self {
            interruptions,
            ..self
        }
    }

    fn has(&self, does: Does) -> bool {
        self.does.contains(&does)
    }

    fn filler_len(&self) -> usize {
        self.room.map_or(0, |room| CAPACITY - room)
    }
}

/// A record, and how much of it has been written.
struct Record {
    id: u8,
    writer: usize,
    len: usize,
    written: usize,
}

impl Record {
    const PLACES: usize = 16;

    /// Its bytes: each says of which record it is, and a little of where in it.
    fn bytes(&self) -> Vec<u8> {
        (0..self.len).map(|place| self.byte(place)).collect()
    }

    fn byte(&self, place: usize) -> u8 {
        self.id * Self::PLACES as u8 + (place % Self::PLACES) as u8
    }
}

/// The threads, and what they have moved.
struct Pipes<'p> {
    plan: &'p Plan,
    world: World,
    /// The descriptor of each thread.
    fds: Vec<u32>,
    /// How many calls each thread has begun.
    begun: Vec<usize>,
    has_ended: Vec<bool>,
    records: Vec<Record>,
    /// All bytes that were read, in the order in which the reads ended.
    read: Vec<u8>,
    interruptions_left: u32,
}

impl<'p> Pipes<'p> {
    fn new(plan: &'p Plan) -> Self {
        let pages = if plan.room.is_some() { 6 } else { 1 };
        let world = World::small(pages * 65_536);
        let [reads, writes] = world.pipe();
        let filler = vec![FILLER; plan.filler_len()];
        assert_eq!(world.write(writes, &filler), Ok(filler.len() as u32));
        // Every thread has a descriptor of its own, and no end has another.
        let fd = |does: &Does| world.dup(if does.is_reader() { reads } else { writes });
        let fds: Vec<_> = plan.does.iter().map(fd).collect();
        for fd in [reads, writes] {
            world.close(fd);
        }
        for (does, fd) in plan.does.iter().zip(&fds) {
            if !does.is_reader() && !does.is_writer() {
                world.close(*fd);
            }
        }
        world.free_room();
        Self {
            plan,
            world,
            fds,
            begun: vec![0; plan.does.len()],
            has_ended: vec![false; plan.does.len()],
            records: Vec::new(),
            read: Vec::new(),
            interruptions_left: plan.interruptions,
        }
    }

    fn poll(&self, awaited: For) -> Doing {
        Doing::Poll(self.world.begin_poll(&[Subscription(7, awaited)]))
    }

    fn read(&self, thread: usize, len: u32) -> Doing {
        Doing::Read(self.world.begin_read(self.fds[thread], len))
    }

    /// Begins a read that does not wait. The description's flag is that of others, too.
    fn read_at_once(&self, thread: usize) -> Doing {
        let fd = self.fds[thread];
        // It may be closed.
        let _ = self.world.wasi.fd_fdstat_set_flags(fd, NONBLOCK);
        let doing = self.read(thread, 2);
        assert!(doing.as_call().has_ended(), "it waits");
        let _ = self.world.wasi.fd_fdstat_set_flags(fd, 0);
        doing
    }

    /// Goes on with the record that the thread has begun, or begins one of this length; `None` when
    /// it is to begin none.
    fn write(&mut self, thread: usize, next: Option<usize>) -> Option<Doing> {
        let begun = self
            .records
            .iter()
            .position(|record| record.writer == thread && record.written < record.len);
        let place = begun.or_else(|| {
            self.records.push(Record {
                id: self.records.len() as u8,
                writer: thread,
                len: next?,
                written: 0,
            });
            Some(self.records.len() - 1)
        })?;
        let record = &self.records[place];
        let rest = &record.bytes()[record.written..];
        Some(Doing::Write(self.world.begin_write(self.fds[thread], rest)))
    }

    /// The length of the record that a thread begins next.
    fn next_len(&self, thread: usize, lens: &[usize]) -> Option<usize> {
        let of_thread = self.records.iter().filter(|record| record.writer == thread);
        lens.get(of_thread.count()).copied()
    }

    fn close_all(&self, is_of_end: fn(Does) -> bool) {
        for (does, fd) in self.plan.does.iter().zip(&self.fds) {
            if is_of_end(*does) {
                // The thread may have closed it.
                let _ = self.world.wasi.fd_close(*fd);
            }
        }
    }

    /// A thread has nothing more to do.
    fn ended(&mut self, thread: usize) {
        self.has_ended[thread] = true;
        // Another may have closed it.
        let _ = self.world.wasi.fd_close(self.fds[thread]);
    }

    fn note_error(&mut self, thread: usize, error: u16, is_interrupted: bool) {
        let does = self.plan.does[thread];
        match error {
            INTR => assert!(is_interrupted),
            AGAIN => assert!(matches!(does, Does::ReadsAtOnce(_))),
            BADF => {
                let closes = if does.is_reader() {
                    Does::ClosesReading
                } else {
                    Does::ClosesWriting
                };
                assert!(self.plan.has(closes));
                self.ended(thread);
            }
            PIPE => {
                assert!(does.is_writer() && self.plan.has(Does::ClosesReading));
                self.ended(thread);
            }
            error => panic!("{error}"),
        }
    }

    fn note_written(&mut self, thread: usize, written: usize) {
        let mut of_thread = self.records.iter_mut().rev();
        let record = of_thread.find(|record| record.writer == thread);
        let record = record.expect("the thread has begun one");
        record.written += written;
        assert!(written > 0 && record.written <= record.len);
        let is_whole = record.len <= WHOLE_MAX;
        assert!(!is_whole || record.written == record.len, "it is torn");
    }

    /// Fails when a byte was lost, or read twice, or is between those of a small record.
    fn check(&self) {
        let filler_len = self.plan.filler_len();
        let (filler, rest) = self.read.split_at(self.read.len().min(filler_len));
        assert!(filler.iter().all(|byte| *byte == FILLER));
        let is_closed = self.plan.has(Does::ClosesReading);
        let mut before = vec![None; self.plan.does.len()];
        for record in &self.records {
            let own = |byte: &u8| usize::from(*byte) / Record::PLACES == usize::from(record.id);
            let read: Vec<u8> = rest.iter().copied().filter(own).collect();
            assert!(read.len() == record.written || is_closed, "bytes are lost");
            assert!(record.bytes().starts_with(&read), "bytes have mixed");
            let Some(first) = rest.iter().position(own) else {
                continue;
            };
            let is_whole = rest[first..].iter().take(read.len()).all(own);
            assert!(is_whole || record.len > WHOLE_MAX, "a record is torn");
            // Those of one writer come in their order.
            assert!(before[record.writer].replace(first) < Some(first));
        }
        let all: usize = self.records.iter().map(|record| record.written).sum();
        assert!(filler.len() + rest.len() == filler_len + all || is_closed);
    }
}

impl Program for Pipes<'_> {
    fn world(&self) -> &World {
        &self.world
    }

    fn threads(&self) -> usize {
        self.plan.does.len()
    }

    fn begin(&mut self, thread: usize) -> Option<Doing> {
        if self.has_ended[thread] {
            return None;
        }
        let count = self.begun[thread];
        self.begun[thread] += 1;
        let fd = self.fds[thread];
        let doing = match self.plan.does[thread] {
            Does::Writes(lens) => self.write(thread, self.next_len(thread, lens)),
            Does::Reads(lens) => {
                let len = lens.get(count).or(lens.last()).copied();
                len.map(|len| self.read(thread, len))
            }
            Does::ReadsAtOnce(times) => (count < times as usize).then(|| self.read_at_once(thread)),
            Does::PollsAndReads(_) if count.is_multiple_of(2) => Some(self.poll(For::Readable(fd))),
            Does::PollsAndReads(len) => Some(self.read(thread, len)),
            Does::PollsAndWrites(_) if count == 0 => Some(self.poll(For::Writable(fd))),
            Does::PollsAndWrites(len) => self.write(thread, self.next_len(thread, &[len])),
            Does::ClosesReading => {
                self.close_all(Does::is_reader);
                None
            }
            Does::ClosesWriting => {
                self.close_all(Does::is_writer);
                None
            }
        };
        if doing.is_none()
            && (self.plan.does[thread].is_reader() || self.plan.does[thread].is_writer())
        {
            self.ended(thread);
        }
        doing
    }

    fn end(&mut self, thread: usize, doing: Doing) {
        let is_interrupted = doing.as_call().is_interrupted();
        let result = match doing {
            Doing::Read(reading) => reading.got(&self.world).map(|bytes| {
                if bytes.is_empty() {
                    self.ended(thread);
                }
                self.read.extend(bytes);
            }),
            Doing::Write(writing) => {
                let taken = writing.took(&self.world);
                taken.map(|written| self.note_written(thread, written as usize))
            }
            Doing::Poll(polling) => polling.call.ended().map(|()| {
                // An error of its own is told by the call behind it.
                assert_eq!(polling.events(&self.world).len(), 1);
            }),
            Doing::Accept(_) => unreachable!("nobody accepts"),
        };
        if let Err(error) = result {
            self.note_error(thread, error, is_interrupted);
        }
    }

    fn ends(&self, operation: Operation) -> Vec<Step> {
        unreachable!("the host knows nothing of a pipe: {operation:?}")
    }

    fn can_be_interrupted(&self, _: usize) -> bool {
        self.interruptions_left > 0
    }

    fn interrupted(&mut self, _: usize) {
        self.interruptions_left -= 1;
    }
}

/// A run of a plan, which is checked.
fn run(plan: &Plan) -> impl Fn(&Choices) {
    move |choices| {
        let mut program = Pipes::new(plan);
        Run::new(&mut program).go(choices);
        program.check();
    }
}

/// More than a small record.
const LARGE: usize = WHOLE_MAX + 1;
/// As many runs as there is time for when a pipe is filled for each.
const FULL_RUNS_MAX: u64 = 250;

#[test]
fn a_writer_and_two_readers() {
    let plan = Plan::of(&[Does::Writes(&[3]), Does::Reads(&[2]), Does::Reads(&[1])]);
    explore_all("pipe-readers", &run(&plan));
}

#[test]
fn two_writers_and_a_reader() {
    let plan = Plan::of(&[Does::Writes(&[2]), Does::Writes(&[3]), Does::Reads(&[3])]);
    explore_all("pipe-writers", &run(&plan));
    let plan = Plan::of(&[
        Does::Writes(&[2, 1]),
        Does::Writes(&[1, 2]),
        Does::Reads(&[2]),
    ]);
    explore_some("pipe-writers-of-more", &run(&plan));
}

#[test]
fn two_writers_that_wait_for_room_and_a_reader() {
    let does = &[
        Does::Writes(&[4, LARGE]),
        Does::Writes(&[3, 2]),
        Does::Reads(&[3, 1, 65_536, 5_000]),
    ];
    for room in [0, 3] {
        let plan = Plan::of(does).with_room(room);
        explore_up_to(FULL_RUNS_MAX, "pipe-full", &run(&plan));
    }
}

#[test]
fn two_large_writers_and_a_reader() {
    let does = &[
        Does::Writes(&[LARGE]),
        Does::Writes(&[WHOLE_MAX, LARGE]),
        Does::Reads(&[2, 61_440, 5_000]),
    ];
    let plan = Plan::of(does).with_room(1);
    explore_up_to(FULL_RUNS_MAX, "pipe-large", &run(&plan));
}

#[test]
fn a_close_beside_a_reader() {
    let plan = Plan::of(&[
        Does::ClosesReading,
        Does::Writes(&[2, 2]),
        Does::Reads(&[3]),
    ]);
    explore_all("pipe-close-reader", &run(&plan));
    let plan = Plan::of(&[
        Does::ClosesReading,
        Does::Reads(&[1]),
        Does::PollsAndReads(1),
    ]);
    explore_all("pipe-close-readers", &run(&plan));
}

#[test]
fn a_close_beside_writers() {
    let plan = Plan::of(&[
        Does::ClosesWriting,
        Does::Writes(&[2, 2]),
        Does::Reads(&[3]),
    ]);
    explore_all("pipe-close-writer", &run(&plan));
    let does = &[
        Does::ClosesWriting,
        Does::Writes(&[LARGE]),
        Does::Writes(&[5]),
        Does::Reads(&[2, 65_536, 5_000]),
    ];
    let plan = Plan::of(does).with_room(3);
    explore_up_to(FULL_RUNS_MAX, "pipe-close-writers", &run(&plan));
}

#[test]
fn a_close_of_the_reading_end_beside_writers_that_wait() {
    let does = &[
        Does::ClosesReading,
        Does::Writes(&[LARGE, 2]),
        Does::PollsAndWrites(5),
        Does::Reads(&[2, 65_536, 5_000]),
    ];
    let plan = Plan::of(does).with_room(3);
    explore_up_to(FULL_RUNS_MAX, "pipe-close-reading", &run(&plan));
}

#[test]
fn one_that_polls_beside_a_reader_and_a_writer() {
    let plan = Plan::of(&[
        Does::PollsAndReads(2),
        Does::Reads(&[1]),
        Does::Writes(&[3]),
    ]);
    explore_all("pipe-poller", &run(&plan));
    let plan = Plan::of(&[
        Does::ReadsAtOnce(2),
        Does::Reads(&[2]),
        Does::Writes(&[2, 1]),
    ]);
    explore_all("pipe-at-once", &run(&plan));
    let does = &[
        Does::PollsAndWrites(5),
        Does::Writes(&[LARGE]),
        Does::PollsAndReads(20_000),
    ];
    let plan = Plan::of(does).with_room(3);
    explore_up_to(FULL_RUNS_MAX, "pipe-pollers", &run(&plan));
}

#[test]
fn a_reader_that_is_interrupted() {
    let plan = Plan::of(&[Does::Writes(&[2]), Does::Reads(&[1])]).interrupted(2);
    explore_all("pipe-interrupted", &run(&plan));
    let does = &[
        Does::Writes(&[2, 1]),
        Does::Reads(&[2]),
        Does::PollsAndReads(1),
    ];
    let plan = Plan::of(does).interrupted(2);
    explore_some("pipe-interrupted-readers", &run(&plan));
}

#[test]
fn writers_that_are_interrupted() {
    let does = &[
        Does::Writes(&[LARGE, 2]),
        Does::Writes(&[5]),
        Does::Reads(&[2, 65_536, 5_000]),
    ];
    let plan = Plan::of(does).with_room(3).interrupted(2);
    explore_up_to(FULL_RUNS_MAX, "pipe-interrupted-writers", &run(&plan));
}

#[test]
fn an_interruption_and_a_close_beside_a_reader_and_a_writer() {
    let does = &[Does::ClosesReading, Does::Writes(&[2]), Does::Reads(&[1])];
    let plan = Plan::of(does).interrupted(1);
    explore_all("pipe-interrupted-close", &run(&plan));
}
