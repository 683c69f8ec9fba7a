//! Standard input.

use crate::host::Step;
use crate::world::{For, Reading, Subscription, World};

const AGAIN: u16 = 6;
const BADF: u16 = 8;
const ILSEQ: u16 = 25;
const NONBLOCK: u32 = 4;

#[test]
fn bytes_that_are_there_are_read_at_once_and_the_stream_is_opened_once() {
    let world = World::new();
    assert_eq!(world.host().plan.count("stdin"), 0);
    world.arrive(b"abcde");
    assert_eq!(world.read(0, 2), Ok(b"ab".to_vec()));
    assert_eq!(
        world.read_at(0, &[0, 2, 9], None),
        Ok(b"cd".to_vec()),
        "the first buffer"
    );
    assert_eq!(world.read(0, 2), Ok(b"e".to_vec()));
    world.input_ends(Ok(()));
    for _ in 0..3 {
        assert_eq!(world.read(0, 2), Ok(Vec::new()));
    }
    assert_eq!(world.host().plan.count("stdin"), 1);
}

#[test]
fn a_read_waits_and_is_told() {
    let world = World::new();
    let mut reading = world.begin_read(0, 10);
    assert_eq!(world.wasi.events.under_way(), 1);
    assert!(
        !reading.call.goes_on() && !reading.call.poll(),
        "nothing has come"
    );
    world.arrive(b"hello");
    assert_eq!(world.wasi.events.under_way(), 0);
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"hello".to_vec()));
}

#[test]
fn readers_take_turns_in_their_order_and_lose_no_byte() {
    let world = World::new();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(0, 4)).collect();
    for (index, bytes) in [&b"one."[..], b"two", b"last"].into_iter().enumerate() {
        assert_eq!(world.host().under_way().len(), 1);
        world.arrive(bytes);
        for (other, reading) in readings.iter_mut().enumerate() {
            assert_eq!(reading.call.goes_on(), other <= index);
        }
        assert_eq!(readings[index].got(&world), Ok(bytes.to_vec()));
    }
}

#[test]
fn a_reader_takes_what_the_one_before_has_left() {
    let world = World::new();
    let mut first = world.begin_read(0, 2);
    let mut second = world.begin_read(0, 4);
    world.arrive(b"abcd");
    assert!(first.call.goes_on() && second.call.goes_on());
    assert_eq!(first.got(&world), Ok(b"ab".to_vec()));
    assert_eq!(second.got(&world), Ok(b"cd".to_vec()));
}

#[test]
fn at_the_end_every_reader_is_told() {
    let world = World::new();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(0, 4)).collect();
    world.host().input.borrow_mut().ends_with_last = true;
    world.host().input.borrow_mut().end = Some(Ok(()));
    world.arrive(b"xy");
    assert!(readings.iter_mut().all(|reading| reading.call.goes_on()));
    assert_eq!(readings[0].got(&world), Ok(b"xy".to_vec()));
    assert_eq!(readings[1].got(&world), Ok(Vec::new()));
    assert_eq!(readings[2].got(&world), Ok(Vec::new()));
    assert_eq!(world.read(0, 4), Ok(Vec::new()));
}

#[test]
fn an_error_of_the_input_is_told_once_behind_its_bytes() {
    for (case, errno) in crate::host::STDIO_ERRORS {
        let world = World::new();
        world.arrive(b"ab");
        world.input_ends(Err(case));
        assert_eq!(world.read(0, 4), Ok(b"ab".to_vec()));
        assert_eq!(world.read(0, 4), Err(errno));
        assert_eq!(world.read(0, 4), Ok(Vec::new()));
    }
}

#[test]
fn an_error_whose_reason_comes_late_is_told_to_the_first_reader() {
    let world = World::new();
    world.host().plan.set("result", &[Step::Later]);
    let mut first = world.begin_read(0, 4);
    let mut second = world.begin_read(0, 4);
    world.input_ends(Err(1));
    assert!(!first.call.goes_on() && !second.call.goes_on());
    assert_eq!(world.drive(&mut first.call), Err(ILSEQ));
    assert!(second.call.goes_on());
    assert_eq!(second.got(&world), Ok(Vec::new()));
}

#[test]
fn a_read_of_no_bytes_moves_nothing() {
    let world = World::new();
    for lens in [&[][..], &[0], &[0, 0]] {
        assert_eq!(world.read_at(0, lens, None), Ok(Vec::new()));
    }
    assert_eq!(world.host().plan.count("read"), 0);
    world.arrive(b"ab");
    assert_eq!(world.read(0, 0), Ok(Vec::new()));
    assert_eq!(world.read(0, 2), Ok(b"ab".to_vec()));
}

/// Has a non-blocking read go on after a turn of the host.
fn read_at_once(world: &World, len: u32) -> Result<Vec<u8>, u16> {
    let mut reading = world.begin_read(0, len);
    assert!(reading.call.poll(), "the read blocks");
    reading.got(world)
}

#[test]
fn a_read_that_must_not_wait_says_so_and_loses_no_byte() {
    let world = World::new();
    assert_eq!(world.wasi.fd_fdstat_set_flags(0, NONBLOCK), Ok(()));
    for _ in 0..2 {
        assert_eq!(read_at_once(&world, 2), Err(AGAIN));
    }
    assert_eq!(world.host().under_way().len(), 1, "it goes on");
    world.arrive(b"abc");
    assert_eq!(read_at_once(&world, 2), Ok(b"ab".to_vec()));
    assert_eq!(read_at_once(&world, 2), Ok(b"c".to_vec()));
    assert_eq!(read_at_once(&world, 2), Err(AGAIN));
    world.input_ends(Err(0));
    assert_eq!(read_at_once(&world, 2), Err(29));
    assert_eq!(read_at_once(&world, 2), Ok(Vec::new()));
}

#[test]
fn a_read_that_must_not_wait_leaves_the_bytes_to_the_one_before_it() {
    let world = World::new();
    let mut reading = world.begin_read(0, 4);
    assert_eq!(world.wasi.fd_fdstat_set_flags(0, NONBLOCK), Ok(()));
    assert_eq!(read_at_once(&world, 4), Err(AGAIN));
    world.arrive(b"ab");
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
}

#[test]
fn a_read_takes_what_was_read_ahead_for_a_poll() {
    let world = World::new();
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(0))]);
    assert!(!polling.call.goes_on());
    world.arrive(b"abc");
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 3, 0)]);
    assert_eq!(world.read(0, 2), Ok(b"ab".to_vec()));
    assert_eq!(world.read(0, 2), Ok(b"c".to_vec()));
    let mut reading = world.begin_read(0, 2);
    world.arrive(b"d");
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"d".to_vec()));
}

#[test]
fn a_read_beside_a_poll_takes_what_that_reads_ahead() {
    let world = World::new();
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(0))]);
    let mut reading = world.begin_read(0, 2);
    assert_eq!(world.host().under_way().len(), 1);
    world.arrive(b"abc");
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 1, 0)]);
    assert_eq!(world.read(0, 2), Ok(b"c".to_vec()));
}

/// Standard input is closed while `readings` wait.
fn close_beside(world: &World, readings: &mut [Reading]) {
    assert_eq!(world.wasi.fd_close(0), Ok(()));
    for reading in readings {
        assert!(reading.call.goes_on(), "a reader is told of the close");
    }
}

#[test]
fn a_reader_beside_a_close_gets_nothing_and_nothing_is_written_afterwards() {
    let world = World::new();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(0, 4)).collect();
    close_beside(&world, &mut readings);
    world.host().input.borrow_mut().bytes.extend(b"late");
    for reading in &readings {
        assert_eq!(reading.got(&world), Err(BADF));
    }
    assert!(world.host().under_way().is_empty());
}

#[test]
fn bytes_that_come_as_the_read_is_cancelled_are_returned() {
    let world = World::new();
    world.host().input.borrow_mut().on_cancel = b"ab".to_vec();
    let mut readings: Vec<_> = (0..2).map(|_| world.begin_read(0, 4)).collect();
    close_beside(&world, &mut readings);
    assert_eq!(readings[0].got(&world), Ok(b"ab".to_vec()));
    assert_eq!(readings[1].got(&world), Err(BADF));
}

#[test]
fn bytes_whose_event_has_not_come_before_the_close_are_returned() {
    let world = World::new();
    let mut readings: Vec<_> = (0..2).map(|_| world.begin_read(0, 4)).collect();
    world.host().input.borrow_mut().bytes.extend(b"ab");
    let (stream, _) = world.host().under_way()[0];
    world.host().complete(stream, Step::Now);
    close_beside(&world, &mut readings);
    assert_eq!(readings[0].got(&world), Ok(b"ab".to_vec()));
    assert_eq!(readings[1].got(&world), Err(BADF));
}

#[test]
fn bytes_whose_event_has_come_before_the_close_are_returned() {
    let world = World::new();
    let mut readings: Vec<_> = (0..2).map(|_| world.begin_read(0, 4)).collect();
    world.arrive(b"ab");
    close_beside(&world, &mut readings);
    assert_eq!(readings[0].got(&world), Ok(b"ab".to_vec()));
    assert_eq!(readings[1].got(&world), Err(BADF));
}

#[test]
fn a_reader_that_waits_for_what_is_read_ahead_is_told_of_a_close() {
    let world = World::new();
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(0))]);
    let mut readings = [world.begin_read(0, 4)];
    close_beside(&world, &mut readings);
    assert_eq!(readings[0].got(&world), Err(BADF));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, BADF, 1, 0, 0)]);
    assert_eq!(
        world.host().under_way().len(),
        1,
        "what is read ahead goes on"
    );
}

#[test]
fn what_is_read_ahead_ends_after_the_close_and_nobody_minds() {
    let world = World::new();
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(0))]);
    assert_eq!(world.wasi.fd_close(0), Ok(()));
    assert!(polling.call.goes_on());
    world.arrive(b"late");
    assert!(!polling.call.is_woken());
    world.stays_open_when_closed.set(true);
}

#[test]
fn a_file_takes_the_place_of_standard_input() {
    let world = World::new();
    world.put("file", b"abc");
    let mut reading = world.begin_read(0, 4);
    let file = world.open("file");
    assert_eq!(world.wasi.fd_renumber(file, 0), Ok(()));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Err(BADF));
    assert_eq!(world.read(0, 4), Ok(b"abc".to_vec()));
}
