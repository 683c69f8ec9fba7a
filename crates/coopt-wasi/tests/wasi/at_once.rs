//! Transfers that end as they begin, and those that go on.

use coopt_wasi::{Begun, Buffers, Call, Memory as _, Span, Transfer};

use crate::host::Step;
use crate::host::disk::code;
use crate::world::{APPEND, READ_WRITE, ROOT, World};

/// A transfer of these buffers.
fn transfer(world: &World, buffers: &[Span], offset: Option<u64>) -> Transfer {
    let address = world.room(8 * buffers.len() as u32);
    for (index, buffer) in (0..).zip(buffers) {
        world.host().store32(address + 8 * index, buffer.address);
        world.host().store32(address + 8 * index + 4, buffer.len);
    }
    Transfer {
        buffers: Buffers {
            address,
            count: buffers.len() as u32,
        },
        count_at: world.room(4),
        offset,
    }
}

/// How many bytes a transfer has moved that is to end as it begins.
fn moved_at_once(world: &World, begun: Begun, transfer: Transfer) -> u32 {
    assert!(matches!(begun, Ok(Call::Ended)), "it goes on");
    world.host().load32(transfer.count_at)
}

/// How many bytes a transfer has moved that is not to end as it begins.
fn moved(world: &World, begun: Begun, transfer: Transfer) -> u32 {
    assert!(matches!(begun, Ok(Call::Pending(_))), "it has ended");
    assert_eq!(world.run(begun), Ok(()));
    world.host().load32(transfer.count_at)
}

#[test]
fn the_usual_transfer_ends_as_it_begins() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    let to = Span::new(world.room(4), 4);
    let empty = Span::new(to.address, 0);
    for (buffers, offset, bytes) in [
        (&[to][..], None, &b"abcd"[..]),
        (&[empty, to, empty], None, b"ef"),
        (&[to], Some(1), b"bcde"),
    ] {
        let transfer = transfer(&world, buffers, offset);
        let count = moved_at_once(&world, world.wasi.fd_read(fd, transfer), transfer);
        assert_eq!(world.host().memory.bytes(to.address, count), bytes);
    }
    assert_eq!(world.tell(fd), Ok(6));
    for (fd, offset) in [(fd, None), (fd, Some(0)), (1, None), (2, None)] {
        let transfer = transfer(&world, &[empty, world.bytes(b"xy")], offset);
        let count = moved_at_once(&world, world.wasi.fd_write(fd, transfer), transfer);
        assert_eq!(count, 2);
    }
    assert_eq!(world.on_disk(inode), b"xycdefxy");
    assert_eq!(world.tell(fd), Ok(8));
    assert_eq!(*world.host().stdout.borrow(), b"xy");
    assert_eq!(*world.host().stderr.borrow(), b"xy");
}

#[test]
fn one_that_goes_on_holds_others_back_from_its_beginning() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    world.host().plan.otherwise(|_| Step::Later);
    let mut first = world.begin_read(fd, 2);
    let mut second = world.begin_write(fd, b"C");
    let mut third = world.begin_read(fd, 2);
    assert_eq!(world.host().under_way().len(), 1);
    for call in [&mut first.call, &mut second.call, &mut third.call] {
        assert_eq!(world.drive(call), Ok(()));
    }
    assert_eq!(first.got(&world), Ok(b"ab".to_vec()));
    assert_eq!(third.got(&world), Ok(b"de".to_vec()));
    assert_eq!(world.on_disk(inode), b"abCdef");
    let mut first = world.begin_write(1, b"one");
    let mut second = world.begin_write(1, b"two");
    assert_eq!(world.host().under_way().len(), 1);
    for call in [&mut first.call, &mut second.call] {
        assert_eq!(world.drive(call), Ok(()));
    }
    assert_eq!(*world.host().stdout.borrow(), b"onetwo");
}

#[test]
fn one_that_waits_for_its_turn_goes_before_one_that_could_end_at_once() {
    let world = World::new();
    let (inode, fd) = world.file(b"");
    for fd in [fd, 1] {
        world.host().plan.set("write", &[Step::Later]);
        let mut first = world.begin_write(fd, b"<1>");
        let mut second = world.begin_write(fd, b"<2>");
        let (stream, _) = world.host().under_way()[0];
        world.host().end(stream, Step::Now);
        assert!(first.call.goes_on());
        // The second has its turn and does not know yet.
        let mut third = world.begin_write(fd, b"<3>");
        assert!(!third.call.has_ended());
        assert!(second.call.goes_on() && third.call.goes_on());
    }
    assert_eq!(world.on_disk(inode), b"<1><2><3>");
    assert_eq!(*world.host().stdout.borrow(), b"<1><2><3>");
}

#[test]
fn one_with_an_offset_of_its_own_waits_for_nobody_and_moves_no_offset() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    world.host().plan.set("read", &[Step::Later]);
    let mut reading = world.begin_read(fd, 2);
    assert_eq!(world.read_at(fd, &[2], Some(3)), Ok(b"de".to_vec()));
    assert_eq!(world.write_at(fd, &[b"X"], Some(5)), Ok(1));
    assert_eq!(world.drive(&mut reading.call), Ok(()));
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    assert_eq!(world.tell(fd), Ok(2));
    assert_eq!(world.on_disk(inode), b"abcdeX");
}

#[test]
fn the_end_of_the_file_takes_a_future_and_leaves_the_offset() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    assert_eq!(world.read(fd, 3), Ok(b"abc".to_vec()));
    let to = Span::new(world.room(4), 4);
    for offset in [None, Some(3), Some(99)] {
        let transfer = transfer(&world, &[to], offset);
        let begun = world.wasi.fd_read(fd, transfer);
        assert_eq!(moved(&world, begun, transfer), 0);
    }
    assert_eq!(world.tell(fd), Ok(3));
}

#[test]
fn what_fails_as_it_begins_moves_no_more_than_it_says() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    let plan = &world.host().plan;
    assert_eq!(world.seek(fd, 2, 0), Ok(2));
    plan.set("read", &[Step::Fail(code::IO)]);
    assert_eq!(world.read(fd, 2), Err(29));
    plan.set("write", &[Step::Fail(code::NO_SPACE)]);
    assert_eq!(world.write(fd, b"xy"), Err(51));
    assert_eq!(world.tell(fd), Ok(2));
    plan.set("read", &[Step::Last(1)]);
    assert_eq!(world.read(fd, 2), Ok(b"c".to_vec()));
    plan.set("write", &[Step::PartThenFail(1, code::NO_SPACE)]);
    assert_eq!(world.write(fd, b"DE"), Ok(1));
    plan.set("write", &[Step::Part(1), Step::Part(1)]);
    assert_eq!(world.write(fd, b"EF"), Ok(2));
    assert_eq!(world.tell(fd), Ok(6));
    plan.set("write", &[Step::Last(2)]);
    assert_eq!(world.write(fd, b"gh"), Ok(2), "all, and then no more");
    assert_eq!(world.on_disk(inode), b"abcDEFgh");
    assert_eq!(world.tell(fd), Ok(8));
}

#[test]
fn what_takes_several_pieces_or_none_or_the_end_takes_a_future() {
    let world = World::new();
    let (inode, fd) = world.file(b"abc");
    let mut appends = READ_WRITE;
    appends.fdflags = APPEND;
    let appends = world.open_at(ROOT, "file", appends).expect("it opens");
    let two = [b"x", b"y"].map(|piece| world.bytes(piece));
    for (fd, buffers) in [(fd, &two[..]), (1, &two), (appends, &two[..1]), (fd, &[])] {
        let transfer = transfer(&world, buffers, None);
        let count = moved(&world, world.wasi.fd_write(fd, transfer), transfer);
        assert_eq!(count, buffers.len() as u32);
    }
    // One that appends has a place of its own, too.
    let transfer = transfer(&world, &two[1..], Some(0));
    let begun = world.wasi.fd_write(appends, transfer);
    assert_eq!(moved_at_once(&world, begun, transfer), 1);
    assert_eq!(world.on_disk(inode), b"yycx");
}
