//! Calls while the memory cannot grow.

use std::iter;

use coopt_wasi::{Errno, PAGE_SIZE, Span, Times};

use crate::call::Ended;
use crate::host::Step;
use crate::world::{For, READ_WRITE, ROOT, Subscription, World};

const NOMEM: u16 = 48;

fn get(result: Result<(), Errno>) -> Ended {
    result.map_err(Errno::get)
}

/// A call that needs room of a page at most, on a file with some bytes.
type Needy = (&'static str, fn(&World, u32) -> Ended);

const NEEDY: [Needy; 15] = [
    ("clock_time_get", |world, _| {
        get(world.wasi.clock_time_get(0, world.room(8)))
    }),
    ("random_get", |world, _| {
        get(world.wasi.random_get(Span::new(world.room(8), 8)))
    }),
    ("fd_fdstat_get of stdin", |world, _| {
        world.run(world.wasi.fd_fdstat_get(0, world.room(24)))
    }),
    ("fd_fdstat_get of a file", |world, fd| {
        world.run(world.wasi.fd_fdstat_get(fd, world.room(24)))
    }),
    ("fd_filestat_get", |world, fd| {
        world.run(world.wasi.fd_filestat_get(fd, world.room(64)))
    }),
    ("fd_filestat_set_times", |world, fd| {
        let times = Times {
            access: 0,
            modification: 0,
            flags: 5,
        };
        world.run(world.wasi.fd_filestat_set_times(fd, times))
    }),
    ("fd_sync", |world, fd| world.run(world.wasi.fd_sync(fd))),
    ("fd_read of stdin", |world, _| world.read(0, 1).map(drop)),
    ("fd_read of a file", |world, fd| {
        world.read_at(fd, &[1], Some(0)).map(drop)
    }),
    ("fd_read at the end of a file", |world, fd| {
        world.read_at(fd, &[1], Some(99)).map(drop)
    }),
    ("fd_write of several buffers", |world, fd| {
        world.write_at(fd, &[b"x", b"y"], Some(0)).map(drop)
    }),
    ("fd_seek to the end", |world, fd| {
        world.seek(fd, 0, 2).map(drop)
    }),
    ("path_open", |world, _| {
        let fd = world.open_at(ROOT, "file", READ_WRITE)?;
        get(world.wasi.fd_close(fd))
    }),
    ("path_filestat_get", |world, _| {
        let path = world.path(ROOT, "file");
        world.run(world.wasi.path_filestat_get(0, path, world.room(64)))
    }),
    ("path_rename", |world, _| {
        let paths = [(); 2].map(|()| world.path(ROOT, "file"));
        world.run(world.wasi.path_rename(paths[0], paths[1]))
    }),
];

/// Takes all of the layer's room in parts of eight bytes, and lets it grow no more.
fn exhaust(world: &World) -> Vec<Span> {
    const PART: u32 = 8;
    let host = world.host();
    host.memory.pages_left.set(0);
    let take = || world.wasi.scratch.realloc(host, Span::EMPTY, PART, PART);
    let taken = iter::from_fn(take);
    taken.map(|at| Span::new(at, PART)).collect()
}

fn give(world: &World, parts: &[Span]) {
    for part in parts {
        let given = world.wasi.scratch.realloc(world.host(), *part, 8, 0);
        assert!(given.is_some(), "room can always be given back");
    }
}

#[test]
fn a_call_that_finds_no_room_says_so_and_goes_well_when_there_is_some() {
    for (name, call) in NEEDY {
        let world = World::new();
        world.arrive(b"abc");
        let (_, fd) = world.file(b"abc");
        let parts = exhaust(&world);
        assert_eq!(call(&world, fd), Err(NOMEM), "{name}");
        give(&world, &parts);
        assert_eq!(call(&world, fd), Ok(()), "{name}");
    }
}

#[test]
fn a_call_that_finds_too_little_room_leaves_none_taken() {
    for (name, call) in NEEDY {
        for parts_left in 1..=32 {
            let world = World::new();
            world.arrive(b"abc");
            let (_, fd) = world.file(b"abc");
            let parts = exhaust(&world);
            let (left, taken) = parts.split_at(parts_left);
            give(&world, left);
            let ended = call(&world, fd);
            assert!(ended == Ok(()) || ended == Err(NOMEM), "{name}: {ended:?}");
            give(&world, taken);
            assert_eq!(call(&world, fd), Ok(()), "{name}");
        }
    }
}

#[test]
fn one_buffer_is_written_without_any_room() {
    let world = World::small(65_536);
    world.host().memory.pages_left.set(0);
    assert_eq!(world.write(1, b"abc"), Ok(3));
    assert_eq!(*world.host().stdout.borrow(), b"abc");
    assert_eq!(world.write_at(1, &[b"a", b"b"], None), Err(NOMEM));
    assert_eq!(world.write(1, b"def"), Ok(3));
    assert_eq!(*world.host().stdout.borrow(), b"abcdef");
}

#[test]
fn a_program_without_memory_is_given_nothing() {
    let world = World::small(65_536);
    world.host().memory.pages_left.set(0);
    let (one, other) = (world.room(8), world.room(8));
    assert_eq!(get(world.wasi.open_preopens()), Err(NOMEM));
    assert_eq!(get(world.wasi.args_sizes_get(one, other)), Err(NOMEM));
    assert_eq!(get(world.wasi.args_get(one, other)), Err(NOMEM));
    assert_eq!(get(world.wasi.environ_sizes_get(one, other)), Err(NOMEM));
    assert_eq!(get(world.wasi.environ_get(one, other)), Err(NOMEM));
    world.host().memory.pages_left.set(1);
    assert_eq!(get(world.wasi.args_sizes_get(one, other)), Ok(()));
}

#[test]
fn a_poll_that_cannot_read_ahead_says_so_as_an_event() {
    let world = World::small(65_536);
    world.host().memory.pages_left.set(0);
    let realtime = For::Clock(0, 1, 1);
    let polling = world.begin_poll(&[Subscription(7, For::Readable(0)), Subscription(8, realtime)]);
    let expected = [(7, NOMEM, 1, 0, 0), (8, NOMEM, 0, 0, 0)];
    assert_eq!(polling.events(&world), expected);
}

#[test]
fn a_reason_that_there_is_no_room_for_is_an_error_by_itself() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    world.host().plan.set("read", &[Step::Later]);
    world.host().plan.set("write", &[Step::Later, Step::Later]);
    let mut read = world.begin_read_at(fd, &[1], Some(9));
    let mut write = world.begin_write(fd, b"abc");
    let mut print = world.begin_write(1, b"abc");
    let parts = exhaust(&world);
    for (waitable, operation) in world.host().under_way() {
        let is_read = operation.name == "read";
        let step = if is_read { Step::Now } else { Step::Fail(1) };
        world.host().end(waitable, step);
    }
    for call in [&mut read.call, &mut write.call, &mut print.call] {
        assert!(call.goes_on());
        assert_eq!(call.ended(), Err(NOMEM));
    }
    give(&world, &parts);
}

#[test]
fn a_large_part_takes_several_pages_and_small_ones_go_beside_each_other() {
    let world = World::small(65_536);
    let host = world.host();
    let take = |before, len| world.wasi.scratch.realloc(host, before, 8, len);
    let large = take(Span::EMPTY, PAGE_SIZE + 1).expect("two pages");
    assert_eq!(host.memory.added(), 2 * PAGE_SIZE);
    let small = [1, 8, 9].map(|len| take(Span::EMPTY, len).expect("room"));
    assert_eq!(small.map(|at| at - large - PAGE_SIZE), [8, 16, 24]);
    assert_eq!(host.memory.added(), 2 * PAGE_SIZE);
    host.memory.set(small[2], b"123456789");
    let grown = take(Span::new(small[2], 9), 40).expect("room");
    assert_eq!(host.memory.bytes(grown, 9), b"123456789");
    let shrunk = take(Span::new(grown, 40), 4).expect("room");
    assert_eq!(host.memory.bytes(shrunk, 4), b"1234");
    let left = [
        (large, PAGE_SIZE + 1),
        (small[0], 1),
        (small[1], 8),
        (shrunk, 4),
    ];
    for (at, len) in left {
        assert_eq!(take(Span::new(at, len), 0), Some(8));
    }
    host.memory.pages_left.set(0);
    assert_eq!(take(Span::EMPTY, 3 * PAGE_SIZE), None);
    assert_eq!(take(Span::EMPTY, u32::MAX), None);
}
