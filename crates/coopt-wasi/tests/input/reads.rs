//! Reads.

use crate::calls::World;
use crate::host::{Script, Step};

#[test]
fn bytes_that_are_there_are_read_at_once_and_the_stream_is_opened_once() {
    let world = World::new(Script::new(&[Step::Bytes(b"ab"), Step::Last(b"c")]));
    assert_eq!(world.host.opened.get(), 0);
    for expected in [&b"ab"[..], b"c", b"", b""] {
        assert!(world.read(0, 10).goes_on());
        assert_eq!(world.got(0), expected);
    }
    assert_eq!(world.host.opened.get(), 1);
}

#[test]
fn a_read_waits_and_is_told() {
    let world = World::new(Script::new(&[]));
    let mut call = world.read(0, 10);
    assert!(!call.goes_on());
    assert_eq!(world.events.under_way(), 1);
    assert!(!call.goes_on(), "it was not told anything");
    world.arrive(b"hello", false);
    assert_eq!(world.events.under_way(), 0);
    assert!(call.goes_on());
    assert_eq!(world.got(0), b"hello");
}

#[test]
fn readers_take_turns_in_their_order_and_lose_no_byte() {
    let world = World::new(Script::new(&[]));
    let mut calls: Vec<_> = (0..3).map(|number| world.read(number, 4)).collect();
    for call in &mut calls {
        assert!(!call.goes_on());
    }
    for (number, bytes) in (0..).zip([&b"one."[..], b"two", b"last"]) {
        world.arrive(bytes, false);
        let ended: Vec<_> = calls.iter_mut().map(|call| call.goes_on()).collect();
        let expected: Vec<_> = (0..ended.len()).map(|index| index == 0).collect();
        assert_eq!(ended, expected, "the first of those that wait");
        drop(calls.remove(0));
        assert_eq!(world.got(number), bytes);
        // The next has its turn, and begins.
        calls.iter_mut().for_each(|call| assert!(!call.goes_on()));
    }
}

#[test]
fn at_the_end_every_reader_is_told() {
    let world = World::new(Script::new(&[]));
    let mut first = world.read(0, 4);
    let mut second = world.read(1, 4);
    assert!(!first.goes_on() && !second.goes_on());
    world.arrive(b"xy", true);
    assert!(first.goes_on());
    drop(first);
    assert!(second.goes_on());
    assert_eq!((world.got(0), world.got(1)), (b"xy".to_vec(), Vec::new()));
}

#[test]
fn a_read_of_no_bytes_waits_for_nothing() {
    let world = World::new(Script::new(&[]));
    assert!(world.read(0, 0).goes_on());
    assert_eq!(world.got(0), b"");
}

#[test]
fn a_reader_that_gives_up_its_place_lets_the_next_have_it() {
    let world = World::new(Script::new(&[]));
    let mut first = world.read(0, 4);
    let mut second = world.read(1, 4);
    let mut third = world.read(2, 4);
    assert!(!first.goes_on() && !second.goes_on() && !third.goes_on());
    drop(second);
    world.arrive(b"a", false);
    assert!(first.goes_on());
    drop(first);
    assert!(!third.goes_on());
    world.arrive(b"b", false);
    assert!(third.goes_on());
    assert_eq!(world.got(2), b"b");
}
