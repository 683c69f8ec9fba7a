//! Calls whose thread is interrupted: by a signal's handler, or by a request to cancel it.

use coopt_wasi::{Memory as _, Span, Ways};

use crate::call::Call;
use crate::host::Step;
use crate::world::{APPEND, For, NONBLOCK, READ_WRITE, ROOT, Subscription, World};

const AGAIN: u16 = 6;
const BADF: u16 = 8;
const ILSEQ: u16 = 25;
const INTR: u16 = 27;

/// How many bytes a pipe holds.
const CAPACITY: usize = 65_536;

const INPUT: Subscription = Subscription(7, For::Readable(0));

/// A pipe that is full.
fn full_pipe(world: &World) -> [u32; 2] {
    let [reads, writes] = world.pipe();
    let len = CAPACITY as u32;
    assert_eq!(world.write(writes, &[b'.'; CAPACITY]), Ok(len));
    [reads, writes]
}

#[test]
fn a_read_of_the_host_is_cancelled_and_writes_nothing_afterwards() {
    let world = World::new();
    let mut reading = world.begin_read(0, 8);
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Err(INTR));
    assert!(world.host().under_way().is_empty());
    assert_eq!(world.wasi.events.under_way(), 0);
    world.arrive(b"abc");
    reading.assert_untouched(&world);
    assert_eq!(world.read(0, 8), Ok(b"abc".to_vec()), "the next has them");
    assert_eq!(world.host().plan.count("stdin"), 1);
}

#[test]
fn bytes_that_come_as_a_read_is_cancelled_are_returned() {
    let world = World::new();
    world.host().input.borrow_mut().on_cancel = b"ab".to_vec();
    let mut reading = world.begin_read(0, 8);
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    world.arrive(b"c");
    assert_eq!(world.read(0, 8), Ok(b"c".to_vec()));
}

#[test]
fn bytes_whose_event_has_not_come_are_returned() {
    let world = World::new();
    let mut reading = world.begin_read(0, 8);
    world.host().input.borrow_mut().bytes.extend(b"ab");
    let (stream, _) = world.host().under_way()[0];
    world.host().complete(stream, Step::Now);
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    assert!(world.host().undelivered().is_empty());
    assert_eq!(world.wasi.events.under_way(), 0);
}

#[test]
fn bytes_whose_event_has_come_are_returned() {
    let world = World::new();
    let mut reading = world.begin_read(0, 8);
    world.arrive(b"ab");
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
}

#[test]
fn an_end_that_comes_as_a_read_is_cancelled_is_told_to_the_next() {
    for result in [Ok(()), Err(1)] {
        let world = World::new();
        let mut reading = world.begin_read(0, 8);
        world.host().input.borrow_mut().end = Some(result);
        let (stream, _) = world.host().under_way()[0];
        world.host().complete(stream, Step::Now);
        assert!(world.interrupt(&mut reading.call));
        assert_eq!(reading.got(&world), Err(INTR));
        let expected = result.map(|()| Vec::new()).map_err(|_| ILSEQ);
        assert_eq!(world.read(0, 8), expected);
        assert_eq!(world.read(0, 8), Ok(Vec::new()));
    }
}

#[test]
fn a_reader_that_waits_for_its_turn_leaves_the_queue() {
    let world = World::new();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(0, 4)).collect();
    assert!(world.interrupt(&mut readings[1].call));
    assert_eq!(readings[1].got(&world), Err(INTR));
    assert_eq!(world.host().under_way().len(), 1, "the first reads on");
    for (index, bytes) in [(0, b"one"), (2, b"two")] {
        world.arrive(bytes);
        assert!(readings[index].call.goes_on());
        assert_eq!(readings[index].got(&world), Ok(bytes.to_vec()));
    }
    readings[1].assert_untouched(&world);
}

#[test]
fn the_next_in_the_queue_reads_when_the_first_is_interrupted() {
    let world = World::new();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(0, 4)).collect();
    assert!(world.interrupt(&mut readings[0].call));
    assert!(world.host().under_way().is_empty());
    assert!(!readings[2].call.goes_on());
    assert!(!readings[1].call.goes_on());
    assert_eq!(world.host().under_way().len(), 1);
    world.arrive(b"ab");
    assert!(readings[1].call.goes_on());
    assert_eq!(readings[0].got(&world), Err(INTR));
    assert_eq!(readings[1].got(&world), Ok(b"ab".to_vec()));
    world.input_ends(Ok(()));
    assert!(world.interrupt(&mut readings[2].call));
    assert_eq!(readings[2].got(&world), Ok(Vec::new()));
}

#[test]
fn one_that_waits_for_what_is_read_ahead_leaves_that_under_way() {
    let world = World::new();
    let mut polling = world.begin_poll(&[INPUT]);
    let mut reading = world.begin_read(0, 8);
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Err(INTR));
    assert_eq!(world.host().under_way().len(), 1);
    world.arrive(b"abc");
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 3, 0)]);
    reading.assert_untouched(&world);
    assert_eq!(world.read(0, 8), Ok(b"abc".to_vec()));
}

#[test]
fn a_poll_beside_a_read_that_is_cancelled_reads_ahead_itself() {
    let world = World::new();
    let mut reading = world.begin_read(0, 8);
    let mut polling = world.begin_poll(&[INPUT]);
    assert!(world.interrupt(&mut reading.call));
    assert!(polling.call.is_woken(), "nobody else reads for it");
    assert!(!polling.call.goes_on());
    world.arrive(b"abc");
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 3, 0)]);
    assert_eq!(world.read(0, 8), Ok(b"abc".to_vec()));
}

#[test]
fn bytes_that_were_read_ahead_are_returned_to_an_interrupted_reader() {
    let world = World::new();
    let mut polling = world.begin_poll(&[INPUT]);
    let mut reading = world.begin_read(0, 2);
    world.arrive(b"abc");
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 1, 0)]);
}

#[test]
fn the_reason_of_an_end_is_waited_for() {
    let world = World::new();
    world.host().plan.set("result", &[Step::Later]);
    let mut reading = world.begin_read(0, 8);
    world.input_ends(Err(1));
    assert!(!reading.call.goes_on());
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Err(INTR));
    assert_eq!(world.read(0, 8), Err(ILSEQ), "it is not lost");
    assert_eq!(world.read(0, 8), Ok(Vec::new()));
}

#[test]
fn a_read_that_must_not_wait_is_not_interrupted() {
    let world = World::new();
    world.set_flags(0, NONBLOCK);
    let mut reading = world.begin_read(0, 8);
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Err(AGAIN));
    world.arrive(b"ab");
    assert_eq!(world.read(0, 8), Ok(b"ab".to_vec()));
}

#[test]
fn an_interruption_is_of_one_call() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut first = world.begin_read(reads, 4);
    let mut other = world.begin_read(0, 4);
    assert!(world.interrupt(&mut first.call));
    assert!(!other.call.poll(), "another thread waits on");
    let mut again = world.begin_read(reads, 4);
    assert!(!again.call.poll(), "the thread's next call waits");
    assert_eq!(world.write(writes, b"x"), Ok(1));
    assert!(again.call.goes_on());
    world.arrive(b"y");
    assert!(other.call.goes_on());
    assert_eq!(other.got(&world), Ok(b"y".to_vec()));
}

#[test]
fn an_interruption_that_comes_with_a_close_is_a_close() {
    let world = World::new();
    let [reads, _writes] = world.pipe();
    for fd in [0, reads] {
        let mut reading = world.begin_read(fd, 4);
        world.close(fd);
        assert!(world.interrupt(&mut reading.call));
        assert_eq!(reading.got(&world), Err(BADF));
        reading.assert_untouched(&world);
    }
}

#[test]
fn a_read_of_a_pipe_ends_and_the_next_has_the_bytes() {
    for ways in [Ways::One, Ways::Both] {
        let world = World::new();
        let [reads, writes] = world.pipe_of(ways, 0).expect("it opens");
        let mut readings: Vec<_> = (0..4).map(|_| world.begin_read(reads, 4)).collect();
        // One that has the turn, and one that waits for it.
        for index in [0, 2] {
            assert!(world.interrupt(&mut readings[index].call));
            assert_eq!(readings[index].got(&world), Err(INTR));
        }
        assert_eq!(world.write(writes, b"abcdef"), Ok(6));
        assert!(readings[1].call.goes_on() && readings[3].call.goes_on());
        assert_eq!(readings[1].got(&world), Ok(b"abcd".to_vec()));
        assert_eq!(readings[3].got(&world), Ok(b"ef".to_vec()));
        readings[0].assert_untouched(&world);
        readings[2].assert_untouched(&world);
    }
}

#[test]
fn a_read_of_a_pipe_returns_the_bytes_that_are_there_and_the_end() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut reading = world.begin_read(reads, 4);
    assert_eq!(world.write(writes, b"ab"), Ok(2));
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    let mut reading = world.begin_read(reads, 4);
    world.close(writes);
    assert!(world.interrupt(&mut reading.call));
    assert_eq!(reading.got(&world), Ok(Vec::new()));
}

#[test]
fn a_small_write_to_a_pipe_has_written_nothing() {
    let world = World::new();
    let [reads, writes] = full_pipe(&world);
    let mut writings: Vec<_> = (0..4)
        .map(|index| world.begin_write(writes, &[b'0' + index; 3]))
        .collect();
    for index in [0, 2] {
        assert!(world.interrupt(&mut writings[index].call));
        assert_eq!(writings[index].took(&world), Err(INTR));
    }
    let dots = world.read(reads, CAPACITY as u32);
    assert_eq!(dots.map(|dots| dots.len()), Ok(CAPACITY));
    assert!(writings[1].call.goes_on() && writings[3].call.goes_on());
    assert_eq!(world.read(reads, 9), Ok(b"111333".to_vec()));
}

#[test]
fn a_large_write_to_a_pipe_says_how_much_it_has_written() {
    let world = World::small(1 << 20);
    let [reads, writes] = full_pipe(&world);
    assert_eq!(world.read(reads, 5), Ok(b".....".to_vec()));
    let mut large = world.begin_write(writes, &[b'x'; 5_000]);
    let mut other = world.begin_write(writes, b"after");
    assert!(!large.call.goes_on());
    assert!(world.interrupt(&mut large.call));
    assert_eq!(large.took(&world), Ok(5));
    let all = CAPACITY as u32;
    assert_eq!(
        world.read(reads, all - 5).map(|dots| dots.len()),
        Ok(CAPACITY - 5)
    );
    assert!(other.call.goes_on());
    assert_eq!(world.read(reads, all), Ok(b"xxxxxafter".to_vec()));
    // One that has written nothing yet.
    let len = CAPACITY as u32;
    assert_eq!(world.write(writes, &[b'.'; CAPACITY]), Ok(len));
    let mut large = world.begin_write(writes, &[b'x'; 5_000]);
    assert!(world.interrupt(&mut large.call));
    assert_eq!(large.took(&world), Err(INTR));
}

#[test]
fn a_write_to_a_pipe_that_has_room_by_now_goes_on() {
    let world = World::new();
    let [reads, writes] = full_pipe(&world);
    let mut writing = world.begin_write(writes, b"abc");
    assert_eq!(world.read(reads, 3), Ok(b"...".to_vec()));
    assert!(world.interrupt(&mut writing.call));
    assert_eq!(writing.took(&world), Ok(3));
}

#[test]
fn a_poll_ends_and_what_it_reads_ahead_goes_on() {
    let world = World::new();
    let [reads, _writes] = world.pipe();
    let time = Subscription(8, For::Clock(1, 50, 0));
    let pipe = Subscription(9, For::Readable(reads));
    for all in [&[INPUT][..], &[time], &[pipe], &[INPUT, time, pipe]] {
        let mut polling = world.begin_poll(all);
        assert!(world.interrupt(&mut polling.call), "{all:?}");
        assert_eq!(polling.call.ended(), Err(INTR), "{all:?}");
    }
    assert_eq!(world.host().under_way().len(), 1, "for standard input");
    world.arrive(b"abc");
    assert_eq!(world.read(0, 8), Ok(b"abc".to_vec()));
}

#[test]
fn an_interrupted_poll_tells_what_has_come_about() {
    let world = World::new();
    let time = Subscription(8, For::Clock(1, 50, 0));
    let mut polling = world.begin_poll(&[INPUT, time]);
    world.arrive(b"ab");
    assert!(world.interrupt(&mut polling.call));
    assert_eq!(polling.events(&world), [(7, 0, 1, 2, 0)]);
    assert_eq!(world.read(0, 8), Ok(b"ab".to_vec()));
    let mut polling = world.begin_poll(&[INPUT, time]);
    world.host().monotonic.set(1_050);
    assert!(world.interrupt(&mut polling.call));
    assert_eq!(polling.events(&world), [(8, 0, 0, 0, 0)]);
}

#[test]
fn a_write_to_standard_output_is_given_up() {
    for moved in [0, 2] {
        let world = World::new();
        world.host().plan.otherwise(|_| Step::Later);
        world.host().moves_on_cancel.set(moved);
        let mut first = world.begin_write(1, b"first");
        let mut second = world.begin_write(1, b"second");
        let mut third = world.begin_write_at(1, &[b"th", b"ird"], None);
        assert!(world.interrupt(&mut second.call));
        assert_eq!(second.took(&world), Err(INTR), "it leaves the queue");
        assert!(world.interrupt(&mut first.call));
        let expected = if moved == 0 { Err(INTR) } else { Ok(moved) };
        assert_eq!(
            first.took(&world),
            expected,
            "what has been written is told"
        );
        assert_eq!(world.drive(&mut third.call), Ok(()));
        assert_eq!(third.took(&world), Ok(5));
        let expected = [&b"first"[..moved as usize], b"third"].concat();
        assert_eq!(*world.host().stdout.borrow(), expected);
    }
}

#[test]
fn a_write_to_standard_output_of_which_a_part_is_there_is_given_up() {
    let world = World::new();
    world
        .host()
        .plan
        .set("write", &[Step::Part(2), Step::Later]);
    let mut writing = world.begin_write(1, b"abcd");
    assert!(world.interrupt(&mut writing.call));
    assert_eq!(writing.took(&world), Ok(2));
    assert_eq!(world.write(1, b"cd"), Ok(2));
    assert_eq!(*world.host().stdout.borrow(), b"abcd");
}

/// Interrupts a call of a file over and over, and has the host end what it waits for.
fn drive_interrupted(world: &World, call: &mut Call) {
    while !call.has_ended() {
        assert!(!world.interrupt(call), "a file does not keep one waiting");
        let (waitable, _) = world.host().under_way()[0];
        world.host().end(waitable, Step::Now);
        call.goes_on();
    }
    assert_eq!(call.ended(), Ok(()));
}

#[test]
fn calls_of_files_are_not_interrupted() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    let mut appends = READ_WRITE;
    appends.fdflags = APPEND;
    let appends = world.open_at(ROOT, "file", appends).expect("it opens");
    world.host().plan.otherwise(|_| Step::Later);
    let mut readings = [
        world.begin_read(fd, 2),
        world.begin_read_at(fd, &[1, 1], None),
        world.begin_read_at(fd, &[1], Some(0)),
    ];
    for reading in &mut readings {
        drive_interrupted(&world, &mut reading.call);
    }
    let got = readings.map(|reading| reading.got(&world));
    assert_eq!(
        got,
        [&b"ab"[..], b"cd", b"a"].map(|bytes| Ok(bytes.to_vec()))
    );
    let mut writings = [
        world.begin_write(fd, b"E"),
        world.begin_write_at(fd, &[b"F", b"G"], None),
        world.begin_write_at(fd, &[b"B"], Some(1)),
        world.begin_write(appends, b"!"),
    ];
    for writing in &mut writings {
        drive_interrupted(&world, &mut writing.call);
    }
    assert_eq!(world.on_disk(inode), b"aBcdEFG!");
    let to = world.room(128);
    let begun = [
        world.wasi.fd_seek(fd, 0, 2, to),
        world.wasi.fd_filestat_get(fd, to),
        world.wasi.fd_sync(fd),
        world.wasi.fd_allocate(fd, 0, 9),
        world
            .wasi
            .path_filestat_get(0, world.path(ROOT, "file"), to),
        world
            .wasi
            .path_rename(world.path(ROOT, "file"), world.path(ROOT, "moved")),
        world.wasi.fd_readdir(ROOT, Span::new(to, 100), 0, to + 100),
    ];
    for begun in begun {
        drive_interrupted(&world, &mut Call::begin(begun));
    }
    assert!(world.host().load32(to + 100) > 0);
}

#[test]
fn a_call_of_a_file_that_waits_for_its_turn_is_not_interrupted() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    world.host().plan.otherwise(|_| Step::Later);
    let mut reading = world.begin_read(fd, 2);
    let mut writing = world.begin_write(fd, b"C");
    assert!(!world.interrupt(&mut writing.call));
    drive_interrupted(&world, &mut reading.call);
    drive_interrupted(&world, &mut writing.call);
    assert_eq!(world.on_disk(inode), b"abCdef");
}
