//! Polls, alone and beside reads.

use coopt_wasi::subscriptions;

use crate::calls::{World, buffer};
use crate::host::{Script, Step};

#[test]
fn a_silent_input_is_not_readable_until_a_byte_is_there() {
    let world = World::new(Script::new(&[]));
    let mut call = world.poll(0, None);
    assert!(!call.goes_on());
    world.arrive(b"abc", false);
    assert!(call.goes_on());
    assert_eq!(world.polled(0), [(7, 0, 1, 3, 0)]);
    drop(call);
    // What was read ahead is read first, in pieces.
    for expected in [&b"ab"[..], b"c"] {
        assert!(world.read(1, 2).goes_on());
        assert_eq!(world.got(1), expected);
    }
    assert!(!world.read(1, 2).goes_on());
}

#[test]
fn a_poll_ends_with_its_time_and_the_byte_that_comes_later_is_not_lost() {
    let world = World::new(Script::new(&[]));
    let mut call = world.poll(0, Some(50));
    assert!(!call.goes_on());
    world.host.monotonic.set(1049);
    assert!(!call.poll());
    world.host.monotonic.set(1050);
    assert!(call.poll());
    assert_eq!(world.polled(0), [(8, 0, 0, 0, 0)]);
    drop(call);
    let mut reader = world.read(1, 10);
    assert!(!reader.goes_on());
    world.arrive(b"late", false);
    assert!(reader.goes_on());
    assert_eq!(world.got(1), b"late");
}

#[test]
fn a_poll_without_a_timeout_looks_at_the_time_when_the_host_has_had_its_turn() {
    let world = World::new(Script::new(&[]));
    let mut call = world.poll(0, Some(0));
    assert!(!call.goes_on());
    assert!(call.poll());
    assert_eq!(world.polled(0), [(8, 0, 0, 0, 0)]);
    drop(call);
    let mut call = world.poll(0, Some(0));
    assert!(!call.goes_on());
    world.arrive(b"x", false);
    assert!(call.poll());
    assert_eq!(world.polled(0), [(7, 0, 1, 1, 0), (8, 0, 0, 0, 0)]);
}

#[test]
fn time_and_a_byte_at_once_are_two_events() {
    let world = World::new(Script::new(&[Step::Bytes(b"x")]));
    let mut call = world.poll(0, Some(0));
    assert!(call.goes_on());
    assert_eq!(world.polled(0), [(7, 0, 1, 1, 0), (8, 0, 0, 0, 0)]);
}

#[test]
fn the_end_is_readable_and_says_so() {
    let world = World::new(Script::new(&[Step::Last(b"")]));
    assert!(world.poll(0, None).goes_on());
    assert_eq!(world.polled(0), [(7, 0, 1, 0, 1)]);
    assert!(world.read(1, 4).goes_on());
    assert_eq!(world.got(1), b"");
}

#[test]
fn a_poll_beside_a_read_waits_for_its_end_and_then_for_another_byte() {
    let world = World::new(Script::new(&[]));
    let mut reader = world.read(0, 4);
    let mut poller = world.poll(1, None);
    assert!(!reader.goes_on() && !poller.goes_on());
    world.arrive(b"mine", false);
    // Whoever comes first: the byte is the reader's.
    assert!(!poller.goes_on());
    assert!(reader.goes_on());
    assert_eq!(world.got(0), b"mine");
    world.arrive(b"more", false);
    assert!(poller.goes_on());
    assert_eq!(world.polled(1), [(7, 0, 1, 4, 0)]);
}

#[test]
fn two_polls_share_what_is_read_ahead() {
    let world = World::new(Script::new(&[]));
    let mut one = world.poll(0, None);
    let mut other = world.poll(1, None);
    assert!(!one.goes_on() && !other.goes_on());
    world.arrive(b"ab", false);
    assert!(one.goes_on() && other.goes_on());
    assert_eq!(world.polled(0), world.polled(1));
}

#[test]
fn without_memory_to_read_ahead_into_a_poll_says_so() {
    let mut host = Script::new(&[]);
    host.has_page = false;
    let world = World::new(host);
    assert!(world.poll(0, None).goes_on());
    assert_eq!(world.polled(0), [(7, 48, 1, 0, 0)]);
}

#[test]
fn a_poll_of_something_else_is_not_ours() {
    let world = World::new(Script::new(&[]));
    let at = buffer(0);
    let ours = |count| subscriptions(&world.host, Some(0), at, count).is_some();
    assert!(!ours(0), "a poll of nothing");
    world.subscribe(at, 1, 1, 0, 0);
    assert!(ours(1));
    for (tag, subject) in [(1, 3), (2, 0), (0, 2), (9, 0)] {
        world.subscribe(at + 48, 2, tag, subject, 0);
        assert!(ours(1) && !ours(2), "{tag} {subject}");
    }
    assert!(
        subscriptions(&world.host, None, at, 1).is_none(),
        "it was closed"
    );
}
