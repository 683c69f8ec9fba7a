//! Threads that read and write one file.

use coopt_sim::World as Choices;

use super::{Doing, Program, Run, explore_all, explore_some};
use crate::host::disk::Inode;
use crate::host::{Operation, Step};
use crate::world::{APPEND, READ_WRITE, ROOT, World};

/// A call of a thread on its descriptor.
#[derive(Clone, Copy, Debug)]
enum Does {
    Read(u32),
    Write(&'static [u8]),
    ReadAt(u64, u32),
    WriteAt(u64, &'static [u8]),
}

/// A call, in the order in which calls begin.
struct Called {
    thread: usize,
    does: Does,
    /// When it ended: after so many others had begun.
    ended_before: Option<usize>,
    result: Vec<u8>,
}

/// What threads do: a descriptor and calls for each.
struct Plan {
    fdflags: u32,
    /// Whether each thread has a description of its own.
    opens_own: bool,
    threads: &'static [&'static [Does]],
    before: &'static [u8],
}

struct Files {
    world: World,
    inode: Inode,
    fds: Vec<u32>,
    threads: &'static [&'static [Does]],
    begun: Vec<usize>,
    calls: Vec<Called>,
}

impl Files {
    fn new(plan: &Plan) -> Self {
        let world = World::small(8_192);
        world.wasi.open_preopens().expect("they open");
        let inode = world.put("file", plan.before);
        let mut open = READ_WRITE;
        open.fdflags = plan.fdflags;
        let open = || world.open_at(ROOT, "file", open).expect("it opens");
        let first = open();
        let fd = |thread| match thread {
            0 => first,
            _ if plan.opens_own => open(),
            _ => first,
        };
        Self {
            fds: (0..plan.threads.len()).map(fd).collect(),
            world,
            inode,
            threads: plan.threads,
            begun: vec![0; plan.threads.len()],
            calls: Vec::new(),
        }
    }
}

impl Program for Files {
    fn world(&self) -> &World {
        &self.world
    }

    fn threads(&self) -> usize {
        self.threads.len()
    }

    fn begin(&mut self, thread: usize) -> Option<Doing> {
        let does = *self.threads[thread].get(self.begun[thread])?;
        self.begun[thread] += 1;
        self.calls.push(Called {
            thread,
            does,
            ended_before: None,
            result: Vec::new(),
        });
        let fd = self.fds[thread];
        let world = &self.world;
        Some(match does {
            Does::Read(len) => Doing::Read(world.begin_read(fd, len)),
            Does::ReadAt(at, len) => Doing::Read(world.begin_read_at(fd, &[len], Some(at))),
            Does::Write(bytes) => Doing::Write(world.begin_write(fd, bytes)),
            Does::WriteAt(at, bytes) => Doing::Write(world.begin_write_at(fd, &[bytes], Some(at))),
        })
    }

    fn end(&mut self, thread: usize, doing: Doing) {
        let begun = self.calls.len();
        let mut of_thread = self.calls.iter_mut().rev();
        let call = of_thread.find(|call| call.thread == thread);
        let call = call.expect("the thread has begun a call");
        call.ended_before = Some(begun);
        match (doing, call.does) {
            (Doing::Read(reading), _) => call.result = reading.got(&self.world).expect("it reads"),
            (Doing::Write(writing), Does::Write(bytes) | Does::WriteAt(_, bytes)) => {
                let taken = writing.took(&self.world);
                assert_eq!(taken, Ok(bytes.len() as u32), "all of it is written");
            }
            _ => unreachable!("a write has bytes"),
        }
    }

    fn ends(&self, operation: Operation) -> Vec<Step> {
        match operation.name {
            "read" | "write" if operation.items > 1 => vec![Step::Now, Step::Part(1)],
            _ => vec![Step::Now],
        }
    }
}

/// A run of a plan, which is checked.
fn run(plan: &Plan, check: fn(&Plan, &Files)) -> impl Fn(&Choices) {
    move |choices| {
        let mut program = Files::new(plan);
        Run::new(&mut program).go(choices);
        check(plan, &program);
    }
}

/// Calls on one description come to what they would one by one, in the order in which they began.
fn as_one_by_one(plan: &Plan, files: &Files) {
    let mut file = plan.before.to_vec();
    let mut offset = 0;
    for call in &files.calls {
        match call.does {
            Does::Read(len) => {
                let len = call.result.len().min(len as usize);
                assert_eq!(call.result, file[offset..offset + len]);
                assert!(len > 0 || offset == file.len(), "no end is before the end");
                offset += len;
            }
            Does::Write(bytes) => {
                if plan.fdflags & APPEND != 0 {
                    offset = file.len();
                }
                let end = offset + bytes.len();
                file.resize(file.len().max(end), 0);
                file[offset..end].copy_from_slice(bytes);
                offset = end;
            }
            Does::ReadAt(..) | Does::WriteAt(..) => unreachable!("these have offsets of their own"),
        }
    }
    assert_eq!(files.world.on_disk(files.inode), file);
}

/// A read with an offset of its own sees what was written before it began, and nothing that is
/// written after it has ended. There is one writer.
fn as_written(plan: &Plan, files: &Files) {
    for (place, call) in files.calls.iter().enumerate() {
        let Does::ReadAt(at, _) = call.does else {
            continue;
        };
        let ended = call.ended_before.expect("all have ended");
        for (index, byte) in call.result.iter().enumerate() {
            let at = at as usize + index;
            let seen = possible(plan, files, at, place, ended);
            assert!(
                seen.contains(byte),
                "{byte} at {at}, and not one of {seen:?}"
            );
        }
    }
}

/// The bytes that a call may see at `at` which began as call `place` and ended before call `ended`.
fn possible(plan: &Plan, files: &Files, at: usize, place: usize, ended: usize) -> Vec<u8> {
    let mut seen = plan.before.get(at..=at).unwrap_or(b"\0").to_vec();
    for (other, call) in files.calls.iter().enumerate() {
        let Does::WriteAt(from, bytes) = call.does else {
            continue;
        };
        let Some(byte) = at
            .checked_sub(from as usize)
            .and_then(|index| bytes.get(index))
        else {
            continue;
        };
        if call.ended_before.is_some_and(|before| before <= place) {
            seen.clear();
        }
        if other < ended {
            seen.push(*byte);
        }
    }
    seen
}

#[test]
fn two_readers_and_a_writer_of_one_description() {
    let plan = Plan {
        fdflags: 0,
        opens_own: false,
        threads: &[
            &[Does::Read(2)],
            &[Does::Read(1), Does::Read(2)],
            &[Does::Write(b"XY")],
        ],
        before: b"abcdefgh",
    };
    explore_some("readers-and-writer", &run(&plan, as_one_by_one));
}

#[test]
fn a_reader_and_a_writer_of_one_description() {
    let plan = Plan {
        fdflags: 0,
        opens_own: false,
        threads: &[
            &[Does::Read(2); 2],
            &[Does::Write(b"X"), Does::Write(b"YZ")],
        ],
        before: b"abcd",
    };
    explore_all("reader-and-writer", &run(&plan, as_one_by_one));
}

#[test]
fn two_that_append_to_one_description() {
    let plan = Plan {
        fdflags: APPEND,
        opens_own: false,
        threads: &[
            &[Does::Write(b"<1>"), Does::Write(b"<2>")],
            &[Does::Write(b"<a>"), Does::Write(b"<b>")],
        ],
        before: b"-",
    };
    explore_some("appenders", &run(&plan, as_one_by_one));
}

#[test]
fn one_that_appends_and_one_that_reads_one_description() {
    let plan = Plan {
        fdflags: APPEND,
        opens_own: false,
        threads: &[&[Does::Write(b"<1>")], &[Does::Read(1), Does::Read(2)]],
        before: b"ab",
    };
    explore_all("appender-and-reader", &run(&plan, as_one_by_one));
}

#[test]
fn reads_and_a_write_with_offsets_of_their_own() {
    for opens_own in [false, true] {
        let plan = Plan {
            fdflags: 0,
            opens_own,
            threads: &[
                &[Does::WriteAt(1, b"XYZ")],
                &[Does::ReadAt(0, 2), Does::ReadAt(2, 2)],
                &[Does::ReadAt(2, 1)],
            ],
            before: b"abcdef",
        };
        explore_some("own-offsets", &run(&plan, as_written));
    }
}

#[test]
fn a_reader_sees_both_of_two_writes_through_another_description() {
    let plan = Plan {
        fdflags: 0,
        opens_own: true,
        threads: &[
            &[Does::WriteAt(0, b"XY"), Does::WriteAt(1, b"Z")],
            &[Does::ReadAt(0, 1), Does::ReadAt(1, 2)],
        ],
        before: b"abcd",
    };
    explore_some("two-writes", &run(&plan, as_written));
}
