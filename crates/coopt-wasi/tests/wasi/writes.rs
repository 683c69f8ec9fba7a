//! Writes, to files and to standard output.

use crate::call::Call;
use crate::host::disk::code;
use crate::host::{FULL, STDIO_ERRORS, Step};
use crate::world::{APPEND, NONBLOCK, READ_WRITE, ROOT, World};

const AGAIN: u16 = 6;
const BADF: u16 = 8;
const INVAL: u16 = 28;
const IO: u16 = 29;
const NOSPC: u16 = 51;
const PIPE: u16 = 64;

/// More than is copied to make one piece of several.
const LARGE: usize = 16_384;

#[test]
fn a_sequence_of_writes_keeps_one_stream() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdefgh");
    assert_eq!(world.write(fd, b"AB"), Ok(2));
    assert_eq!(world.write(fd, b"C"), Ok(1));
    assert_eq!(world.on_disk(inode), b"ABCdefgh");
    assert_eq!(world.host().plan.count("write-via-stream"), 1);
    assert_eq!(world.tell(fd), Ok(3));
    for text in [b"one", b"two"] {
        assert_eq!(world.write(1, text), Ok(3));
        assert_eq!(world.write(2, text), Ok(3));
    }
    assert_eq!(*world.host().stdout.borrow(), b"onetwo");
    assert_eq!(*world.host().stderr.borrow(), b"onetwo");
    assert_eq!(world.host().plan.count("stdout"), 1);
    assert_eq!(world.host().plan.count("stderr"), 1);
}

#[test]
fn small_buffers_are_written_as_one_piece_and_large_ones_as_they_are() {
    let world = World::new();
    let small: [&[u8]; 4] = [b"ab", b"", b"c", b"def"];
    assert_eq!(world.write_at(1, &small, None), Ok(6));
    assert_eq!(world.host().plan.count("write"), 1);
    assert_eq!(*world.host().stdout.borrow(), b"abcdef");
    let large = vec![b'x'; LARGE];
    let all = 1 + LARGE as u32;
    assert_eq!(world.write_at(1, &[b"y", &large], None), Ok(all));
    assert_eq!(world.host().plan.count("write"), 3);
    assert_eq!(world.host().stdout.borrow()[6..8], *b"yx");
    assert_eq!(world.host().stdout.borrow().len(), 7 + LARGE);
}

#[test]
fn a_write_goes_on_until_all_is_taken() {
    let world = World::new();
    let plan = &world.host().plan;
    plan.set("write", &[Step::Part(1), Step::Part(2), Step::Part(1)]);
    assert_eq!(world.write_at(1, &[b"abc", b"def"], None), Ok(6));
    assert_eq!(*world.host().stdout.borrow(), b"abcdef");
    let (inode, fd) = world.file(b"");
    plan.set("write", &[Step::Part(2), Step::Part(0), Step::Part(1)]);
    assert_eq!(world.write(fd, b"uvwxyz"), Ok(6));
    assert_eq!(world.on_disk(inode), b"uvwxyz");
}

#[test]
fn a_write_of_nothing_moves_nothing() {
    let world = World::new();
    let (inode, fd) = world.file(b"abc");
    for fd in [1, fd] {
        for count in 0..3 {
            let pieces = vec![&b""[..]; count];
            assert_eq!(world.write_at(fd, &pieces, None), Ok(0));
        }
    }
    assert_eq!(world.on_disk(inode), b"abc");
    assert_eq!(world.tell(fd), Ok(0));
    assert_eq!(world.host().plan.count("write"), 0);
}

#[test]
fn an_error_before_any_byte_is_told_at_once() {
    let world = World::new();
    let (inode, fd) = world.file(b"abc");
    world.host().plan.set("write", &[FULL]);
    assert_eq!(world.write(fd, b"XY"), Err(NOSPC));
    assert_eq!(world.tell(fd), Ok(0));
    assert_eq!(world.write(fd, b"XY"), Ok(2));
    assert_eq!(world.on_disk(inode), b"XYc");
    for (case, errno) in STDIO_ERRORS {
        world.host().plan.set("write", &[Step::Fail(case)]);
        assert_eq!(world.write(1, b"XY"), Err(errno));
    }
}

#[test]
fn an_error_behind_some_bytes_is_told_by_the_next_write() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    let plan = &world.host().plan;
    let full_after_two = Step::PartThenFail(2, code::NO_SPACE);
    plan.set("write", &[full_after_two, FULL]);
    assert_eq!(world.write(fd, b"XYZ"), Ok(2));
    assert_eq!(world.tell(fd), Ok(2));
    assert_eq!(world.write(fd, b"Z"), Err(NOSPC));
    let large = vec![b'L'; LARGE];
    plan.set("write", &[Step::Now, FULL, FULL]);
    assert_eq!(world.write_at(fd, &[b"Z", &large], None), Ok(1));
    assert_eq!(world.write(fd, b"Z"), Err(NOSPC));
    assert_eq!(world.on_disk(inode), b"XYZdef");
    plan.set("write", &[Step::Part(1), Step::Fail(2)]);
    assert_eq!(world.write(1, b"XYZ"), Ok(1));
    assert_eq!(world.write(1, b"YZ"), Err(64));
    assert_eq!(*world.host().stdout.borrow(), b"X");
}

#[test]
fn a_write_to_standard_output_that_does_not_wait() {
    let world = World::new();
    world.set_flags(1, NONBLOCK);
    let plan = &world.host().plan;
    plan.set("write", &[Step::Later]);
    let mut writing = world.begin_write(1, b"abc");
    assert!(writing.call.poll(), "once the host has had its turn");
    assert_eq!(writing.took(&world), Err(AGAIN));
    plan.set("write", &[Step::Part(1), Step::Later]);
    let mut writing = world.begin_write_at(1, &[b"ab", b"c"], None);
    assert!(writing.call.poll());
    assert_eq!(writing.took(&world), Ok(1));
    assert_eq!(world.write(1, b"bc"), Ok(2));
    assert_eq!(*world.host().stdout.borrow(), b"abc");
}

#[test]
fn a_write_to_standard_output_ends_at_its_close() {
    for moved in [0, 2] {
        let world = World::new();
        world.host().moves_on_cancel.set(moved);
        world.host().plan.set("write", &[Step::Later]);
        let mut writing = world.begin_write(1, b"abc");
        let mut queued = world.begin_write(1, b"def");
        world.close(1);
        assert!(writing.call.goes_on());
        let expected = if moved == 0 { Err(BADF) } else { Ok(moved) };
        assert_eq!(writing.took(&world), expected);
        assert!(queued.call.goes_on());
        assert_eq!(queued.took(&world), Err(BADF));
    }
}

#[test]
fn another_end_that_is_gone_without_an_error_is_an_error() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let plan = &world.host().plan;
    plan.set("write", &[Step::Last(0), Step::Last(0), Step::Last(1)]);
    assert_eq!(world.write(fd, b"XY"), Err(IO));
    assert_eq!(world.write(1, b"XY"), Err(PIPE));
    assert_eq!(world.write(1, b"XY"), Ok(1));
}

#[test]
fn a_write_with_its_own_offset_leaves_that_of_the_description() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    assert_eq!(world.write(fd, b"A"), Ok(1));
    assert_eq!(world.write_at(fd, &[b"E", b"FG"], Some(4)), Ok(3));
    assert_eq!(world.write(fd, b"B"), Ok(1));
    assert_eq!(world.tell(fd), Ok(2));
    assert_eq!(world.write_at(fd, &[b"x"], Some(1 << 63)), Err(INVAL));
    assert_eq!(world.on_disk(inode), b"ABcdEFG");
}

#[test]
fn a_write_behind_the_end_leaves_zeros_before_it() {
    let world = World::new();
    let (inode, fd) = world.file(b"ab");
    assert_eq!(world.seek(fd, 4, 0), Ok(4));
    assert_eq!(world.write(fd, b"e"), Ok(1));
    assert_eq!(world.on_disk(inode), b"ab\0\0e");
}

#[test]
fn an_append_goes_to_the_end_and_the_offset_is_behind_it() {
    let world = World::new();
    let inode = world.put("file", b"abc");
    let mut open = READ_WRITE;
    open.fdflags = APPEND;
    let fd = world.open_at(ROOT, "file", open).expect("the file opens");
    let other = world.open("file");
    assert_eq!(world.read(fd, 1), Ok(b"a".to_vec()));
    assert_eq!(world.write(fd, b"d"), Ok(1));
    assert_eq!(world.tell(fd), Ok(4));
    assert_eq!(world.read(fd, 1), Ok(Vec::new()));
    assert_eq!(world.seek(fd, 0, 0), Ok(0));
    assert_eq!(world.write_at(other, &[b"e"], Some(4)), Ok(1));
    assert_eq!(world.write_at(fd, &[b"f", b"g"], None), Ok(2));
    assert_eq!(world.on_disk(inode), b"abcdefg");
    assert_eq!(world.host().plan.count("append-via-stream"), 1);
    assert_eq!(world.seek(fd, -1, 1), Ok(6));
    assert_eq!(world.wasi.fd_fdstat_set_flags(fd, 0), Ok(()));
    assert_eq!(world.write(fd, b"G"), Ok(1));
    assert_eq!(world.on_disk(inode), b"abcdefG");
    assert_eq!(world.wasi.fd_fdstat_set_flags(fd, APPEND), Ok(()));
    assert_eq!(world.write(fd, b"h"), Ok(1));
    assert_eq!(world.on_disk(inode), b"abcdefGh");
}

#[test]
fn an_append_that_fails_leaves_the_offset() {
    let world = World::new();
    world.put("file", b"abc");
    let mut open = READ_WRITE;
    open.fdflags = APPEND;
    let fd = world.open_at(ROOT, "file", open).expect("the file opens");
    assert_eq!(world.seek(fd, 1, 0), Ok(1));
    world.host().plan.set("write", &[FULL]);
    assert_eq!(world.write(fd, b"d"), Err(NOSPC));
    assert_eq!(world.tell(fd), Ok(1));
}

#[test]
fn writes_of_one_description_do_not_mix() {
    let world = World::new();
    let (inode, file) = world.file(b"");
    world.host().plan.otherwise(|_| Step::Later);
    for fd in [1, file] {
        let large = [b"[".as_slice(), &[b'x'; LARGE], b"]"].concat();
        let texts: [&[u8]; 3] = [b"<one>", &large, b"<two>"];
        let mut writings = texts.map(|text| world.begin_write_at(fd, &[text, b"\n"], None));
        while writings.iter().any(|writing| !writing.call.has_ended()) {
            for (waitable, _) in world.host().under_way() {
                let half = Step::Part(LARGE as u32 / 2);
                world.host().end(waitable, half);
            }
            for writing in &mut writings {
                writing.call.goes_on();
            }
            assert!(world.host().under_way().len() <= 1);
        }
        for (writing, text) in writings.iter().zip(texts) {
            assert_eq!(writing.took(&world), Ok(text.len() as u32 + 1));
        }
        let expected = [texts[0], texts[1], texts[2], b""].join(&b'\n');
        let written = if fd == file {
            world.on_disk(inode)
        } else {
            world.host().stdout.take()
        };
        assert!(written == expected, "the texts have mixed");
    }
}

#[test]
fn reads_writes_and_seeks_of_one_description_queue_in_their_order() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdefgh");
    world.host().plan.otherwise(|_| Step::Later);
    let mut read = world.begin_read(fd, 2);
    let mut write = world.begin_write(fd, b"CD");
    let to = world.room(8);
    let mut seek = Call::begin(world.wasi.fd_seek(fd, 1, 1, to));
    let mut last = world.begin_read(fd, 2);
    for call in [&mut last.call, &mut seek, &mut write.call] {
        assert!(!call.goes_on());
    }
    for call in [&mut read.call, &mut write.call, &mut seek, &mut last.call] {
        assert_eq!(world.drive(call), Ok(()));
    }
    assert_eq!(read.got(&world), Ok(b"ab".to_vec()));
    assert_eq!(last.got(&world), Ok(b"fg".to_vec()));
    assert_eq!(world.on_disk(inode), b"abCDefgh");
}

#[test]
fn a_file_that_is_closed_while_it_is_written_gets_all_of_it() {
    let world = World::new();
    let (inode, fd) = world.file(b"");
    world.host().plan.set("write", &[Step::Later, Step::Later]);
    let mut writing = world.begin_write(fd, b"abc");
    assert_eq!(world.wasi.fd_close(fd), Ok(()));
    let (stream, _) = world.host().under_way()[0];
    world.host().end(stream, Step::Part(1));
    assert_eq!(world.drive(&mut writing.call), Ok(()));
    assert_eq!(writing.took(&world), Ok(3));
    assert_eq!(world.on_disk(inode), b"abc");
}
