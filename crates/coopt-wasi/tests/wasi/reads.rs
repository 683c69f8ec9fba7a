//! Reads of files.

use coopt_wasi::{Buffers, Errno, Memory as _, Transfer};

use crate::call::{Call, Ended};
use crate::host::Step;
use crate::host::disk::{Kind, code};
use crate::world::{READ_WRITE, ROOT, World};

const BADF: u16 = 8;
const INVAL: u16 = 28;
const IO: u16 = 29;
const ISDIR: u16 = 31;

fn bytes(bytes: &[u8]) -> Ended<Vec<u8>> {
    Ok(bytes.to_vec())
}

#[test]
fn a_sequence_of_reads_keeps_one_stream() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    for expected in [b"abc", b"def"] {
        assert_eq!(world.read(fd, 3), bytes(expected));
    }
    assert_eq!(world.host().plan.count("read-via-stream"), 1);
    assert_eq!(world.read(fd, 3), bytes(b"gh"));
    assert_eq!(world.read(fd, 3), bytes(b""));
    assert_eq!(world.read(fd, 3), bytes(b""), "and again");
    assert_eq!(world.tell(fd), Ok(8));
}

#[test]
fn a_read_fills_its_buffers_one_behind_the_other() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    assert_eq!(world.read_at(fd, &[2, 0, 3], None), bytes(b"abcde"));
    assert_eq!(world.read_at(fd, &[2, 3], None), bytes(b"fgh"));
    assert_eq!(world.read_at(fd, &[2, 3], None), bytes(b""));
    for none in [&[][..], &[0], &[0, 0]] {
        assert_eq!(world.read_at(fd, none, Some(0)), bytes(b""));
    }
}

#[test]
fn a_read_ends_with_the_first_buffer_that_is_not_filled() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    world.host().plan.set("read", &[Step::Now, Step::Part(1)]);
    assert_eq!(world.read_at(fd, &[2, 3, 3], None), bytes(b"abc"));
    world.host().plan.set("read", &[Step::Part(1)]);
    assert_eq!(world.read_at(fd, &[2, 3], None), bytes(b"d"));
    assert_eq!(world.read_at(fd, &[2, 9], None), bytes(b"efgh"));
}

#[test]
fn an_end_that_comes_with_bytes_is_told_when_they_have_been_read() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    world.host().plan.set("read", &[Step::Last(3)]);
    assert_eq!(world.read_at(fd, &[3, 3], None), bytes(b"abc"));
    assert_eq!(world.read(fd, 3), bytes(b""));
}

#[test]
fn an_error_of_the_first_piece_is_told_at_once() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdef");
    world.host().plan.set("read", &[Step::Fail(code::IO)]);
    assert_eq!(world.read_at(fd, &[2, 2], None), Err(IO));
    assert_eq!(world.read(fd, 9), bytes(b"abcdef"), "the offset has stayed");
}

#[test]
fn an_error_of_a_later_piece_is_told_by_the_next_read() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdef");
    let plan = &world.host().plan;
    plan.set("read", &[Step::Now, Step::Fail(code::IO)]);
    assert_eq!(world.read_at(fd, &[2, 2], None), bytes(b"ab"));
    plan.set("read", &[Step::PartThenFail(1, code::IO)]);
    assert_eq!(world.read_at(fd, &[2, 2], None), bytes(b"c"));
    plan.set("read", &[Step::Fail(code::IO)]);
    assert_eq!(world.read(fd, 2), Err(IO));
    assert_eq!(world.read(fd, 9), bytes(b"def"));
}

#[test]
fn every_error_of_the_host_has_its_number() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let expected = [
        2, 7, 8, 10, 16, 19, 20, 22, 25, 26, 27, 28, 29, 31, 32, 34, 35, 37, 43, 44, 46, 48, 51,
        54, 55, 56, 58, 59, 60, 61, 63, 64, 69, 70, 74, 75, 29,
    ];
    for (case, errno) in (0..).zip(expected) {
        world.host().plan.set("read", &[Step::Fail(case)]);
        assert_eq!(world.read(fd, 1), Err(errno), "case {case}");
        world.host().plan.set("sync", &[Step::Fail(case)]);
        let synced = world.run(world.wasi.fd_sync(fd));
        assert_eq!(synced, Err(errno), "case {case}");
        world.free_room();
    }
    for call in ["read", "sync"] {
        let plan = &world.host().plan;
        plan.set(call, &[Step::Fail(code::OTHER_SILENT)]);
    }
    assert_eq!(world.read(fd, 1), Err(IO));
    assert_eq!(world.run(world.wasi.fd_sync(fd)), Err(IO));
}

#[test]
fn a_directory_is_not_read() {
    let world = World::new();
    let kind = Kind::Directory(Default::default());
    world.host().disk.borrow_mut().put("dir", kind);
    let fd = world.open("dir");
    assert_eq!(world.read(fd, 1), Err(ISDIR));
}

#[test]
fn a_read_with_its_own_offset_leaves_that_of_the_description() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    assert_eq!(world.read(fd, 2), bytes(b"ab"));
    assert_eq!(world.read_at(fd, &[2, 1], Some(5)), bytes(b"fgh"));
    assert_eq!(world.read_at(fd, &[2], Some(8)), bytes(b""));
    assert_eq!(world.read_at(fd, &[2], Some(u64::MAX >> 1)), bytes(b""));
    assert_eq!(world.read_at(fd, &[2], Some(1 << 63)), Err(INVAL));
    assert_eq!(world.tell(fd), Ok(2));
    assert_eq!(world.read(fd, 2), bytes(b"cd"));
    assert_eq!(world.read_at(fd, &[1], Some(4)), bytes(b"e"));
    assert_eq!(world.read(fd, 2), bytes(b"ef"));
}

#[test]
fn a_read_begins_where_the_offset_was_moved_to() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    assert_eq!(world.read(fd, 1), bytes(b"a"));
    assert_eq!(world.seek(fd, 4, 0), Ok(4));
    assert_eq!(world.read(fd, 1), bytes(b"e"));
    assert_eq!(world.seek(fd, -3, 1), Ok(2));
    assert_eq!(world.read(fd, 1), bytes(b"c"));
    assert_eq!(world.seek(fd, -1, 2), Ok(7));
    assert_eq!(world.read(fd, 2), bytes(b"h"));
    assert_eq!(world.seek(fd, 2, 2), Ok(10));
    assert_eq!(world.read(fd, 1), bytes(b""));
    assert_eq!(world.tell(fd), Ok(10));
}

#[test]
fn a_seek_to_where_no_offset_can_be_is_refused_and_moves_nothing() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    assert_eq!(world.seek(fd, 2, 0), Ok(2));
    let beyond = [(-1, 0), (-3, 1), (-4, 2), (i64::MAX, 1), (i64::MAX, 2)];
    let far_before = [(i64::MIN, 0), (i64::MIN, 1), (i64::MIN, 2)];
    for (offset, whence) in beyond.into_iter().chain(far_before) {
        let sought = world.seek(fd, offset, whence);
        assert_eq!(sought, Err(INVAL), "{offset} {whence}");
    }
    assert_eq!(world.tell(fd), Ok(2));
    assert_eq!(world.seek(fd, i64::MAX, 0), Ok(i64::MAX as u64));
    assert_eq!(world.seek(fd, -2, 2), Ok(1));
    world.host().plan.set("stat", &[Step::Fail(code::IO)]);
    assert_eq!(world.seek(fd, 0, 2), Err(IO));
    assert_eq!(world.tell(fd), Ok(1));
}

#[test]
fn a_read_sees_what_was_written_before_it_through_whichever_descriptor() {
    let world = World::new();
    let (_, reader) = world.file(b"abcdef");
    let writer = world.open("file");
    assert_eq!(world.read(reader, 1), bytes(b"a"));
    assert_eq!(world.write(writer, b"AB"), Ok(2));
    assert_eq!(world.read(reader, 1), bytes(b"B"));
    assert_eq!(world.write_at(reader, &[b"C"], Some(2)), Ok(1));
    assert_eq!(world.read(reader, 1), bytes(b"C"));
    let cut = world.wasi.fd_filestat_set_size(writer, 4);
    assert_eq!(world.run(cut), Ok(()));
    assert_eq!(world.read(reader, 9), bytes(b"d"));
}

#[test]
fn a_read_sees_that_a_file_was_made_empty_as_it_was_opened() {
    let world = World::new();
    let (_, reader) = world.file(b"abcdef");
    assert_eq!(world.read(reader, 1), bytes(b"a"));
    let mut open = READ_WRITE;
    open.oflags = 8;
    assert!(world.open_at(ROOT, "file", open).is_ok());
    assert_eq!(world.read(reader, 9), bytes(b""));
}

#[test]
fn a_read_beside_a_change_of_size_does_not_hide_the_change_from_the_next() {
    let world = World::new();
    let (_, reader) = world.file(b"abcdef");
    let writer = world.open("file");
    world.host().plan.set("set-size", &[Step::Later]);
    let mut changing = Call::begin(world.wasi.fd_filestat_set_size(writer, 3));
    assert_eq!(world.read(reader, 1), bytes(b"a"));
    assert_eq!(world.drive(&mut changing), Ok(()));
    assert_eq!(world.read(reader, 9), bytes(b"bc"));
}

#[test]
fn a_read_beside_a_write_does_not_hide_the_write_from_the_next() {
    let world = World::new();
    let (_, reader) = world.file(b"abcdef");
    let writer = world.open("file");
    world.host().plan.set("write", &[Step::Later]);
    let mut writing = world.begin_write(writer, b"ABC");
    assert_eq!(world.read(reader, 1), bytes(b"a"));
    assert_eq!(world.drive(&mut writing.call), Ok(()));
    assert_eq!(world.read(reader, 9), bytes(b"BCdef"));
}

#[test]
fn reads_of_one_description_queue_in_their_order() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    world.host().plan.otherwise(|_| Step::Later);
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(fd, 2)).collect();
    for (index, expected) in (0..3).zip([b"ab", b"cd", b"ef"]) {
        assert_eq!(world.host().under_way().len(), 1);
        let (_, behind) = readings.split_at_mut(index + 1);
        for reading in behind {
            assert!(!reading.call.goes_on(), "it is not its turn");
        }
        assert_eq!(world.drive(&mut readings[index].call), Ok(()));
        assert_eq!(readings[index].got(&world), bytes(expected));
        for reading in &mut readings {
            reading.call.goes_on();
        }
    }
}

#[test]
fn reads_with_offsets_of_their_own_go_on_side_by_side() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    world.host().plan.otherwise(|_| Step::Later);
    let mut first = world.begin_read_at(fd, &[2], Some(0));
    let mut second = world.begin_read_at(fd, &[2], Some(2));
    let under_way = world.host().under_way();
    assert_eq!(under_way.len(), 2);
    for (stream, _) in under_way.iter().rev() {
        world.host().end(*stream, Step::Now);
    }
    assert!(second.call.goes_on() && first.call.goes_on());
    assert_eq!(first.got(&world), bytes(b"ab"));
    assert_eq!(second.got(&world), bytes(b"cd"));
}

#[test]
fn buffers_that_make_no_sense_are_refused() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let is_refused = |count: u32, len: u32| {
        let address = world.room(8 * count);
        for index in 0..count {
            world.host().store32(address + 8 * index, 1024);
            world.host().store32(address + 8 * index + 4, len);
        }
        let transfer = Transfer {
            buffers: Buffers { address, count },
            count_at: world.room(4),
            offset: None,
        };
        let reads = [0, fd].map(|fd| world.wasi.fd_read(fd, transfer).err());
        let writes = [1, fd].map(|fd| world.wasi.fd_write(fd, transfer).err());
        let errors = reads.into_iter().chain(writes);
        let mut errors = errors.map(|error| error.map(Errno::get));
        errors.all(|error| error == Some(INVAL))
    };
    assert!(is_refused(1025, 0));
    assert!(is_refused(1, 1 << 31));
    assert!(is_refused(2, 1 << 30));
    assert!(is_refused(2, u32::MAX));
    assert!(!is_refused(1024, 0));
    assert!(!is_refused(1, 1000));
}

#[test]
fn a_file_that_was_not_opened_to_be_read_is_not_read() {
    let world = World::new();
    world.put("file", b"abc");
    let mut open = READ_WRITE;
    open.rights.base = 0;
    let fd = world.open_at(ROOT, "file", open).expect("the file opens");
    assert_eq!(world.read(fd, 1), Err(BADF));
    assert_eq!(world.read_at(fd, &[1], Some(0)), Err(BADF));
}
