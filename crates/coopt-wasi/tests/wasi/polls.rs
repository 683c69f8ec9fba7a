//! Polls.

use coopt_wasi::Errno;

use crate::host::Step;
use crate::world::{Event, For, Subscription, World};

const MONOTONIC: u32 = 1;
const REALTIME: u32 = 0;
const ABSTIME: u16 = 1;
const HANGUP: u16 = 1;
const GONE: u16 = 2;
const PAGE: u64 = 65_536;

const INPUT: Subscription = Subscription(7, For::Readable(0));

fn relative(ns: u64) -> Subscription {
    Subscription(8, For::Clock(MONOTONIC, ns, 0))
}

/// The event of [`relative`].
const TIME: Event = (8, 0, 0, 0, 0);

#[test]
fn a_poll_for_nothing_is_refused() {
    let world = World::new();
    let polled = world.wasi.poll_oneoff(1024, 1024, 0, 1024);
    assert_eq!(polled.err().map(Errno::get), Some(28));
}

#[test]
fn a_silent_input_is_not_readable_until_a_byte_is_there() {
    let world = World::new();
    let mut polling = world.begin_poll(&[INPUT]);
    assert!(polling.asks_host && polling.deadline.is_none());
    assert!(!polling.call.goes_on() && !polling.call.poll());
    world.arrive(b"abc");
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 3, 0)]);
    let mut again = world.begin_poll(&[INPUT]);
    assert!(again.call.poll());
    assert_eq!(
        again.events(&world),
        [(7, 0, 1, 3, 0)],
        "they are still there"
    );
}

#[test]
fn the_end_is_readable_and_says_so() {
    let world = World::new();
    let mut polling = world.begin_poll(&[INPUT]);
    world.input_ends(Ok(()));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 0, HANGUP)]);
    assert_eq!(world.read(0, 4), Ok(Vec::new()));
    assert_eq!(
        world.begin_poll(&[INPUT]).events(&world),
        [(7, 0, 1, 0, HANGUP)]
    );
}

#[test]
fn an_input_that_fails_is_readable_and_the_read_says_why() {
    let world = World::new();
    let mut polling = world.begin_poll(&[INPUT]);
    world.input_ends(Err(0));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 29, 1, 0, 0)]);
    assert_eq!(world.read(0, 4), Err(29));
    let polling = world.begin_poll(&[INPUT]);
    assert_eq!(polling.events(&world), [(7, 0, 1, 0, HANGUP)]);
}

#[test]
fn the_last_bytes_are_readable_before_the_end_is() {
    let world = World::new();
    world.host().input.borrow_mut().ends_with_last = true;
    world.arrive(b"ab");
    world.input_ends(Ok(()));
    let behind_bytes = [(7, 0, 1, 2, GONE)];
    assert_eq!(world.begin_poll(&[INPUT]).events(&world), behind_bytes);
    assert_eq!(world.read(0, 4), Ok(b"ab".to_vec()));
    let hangup = world.begin_poll(&[Subscription(7, For::Hangup(0))]);
    assert_eq!(hangup.events(&world), [(7, 0, 3, 0, HANGUP)]);
    assert_eq!(
        world.begin_poll(&[INPUT]).events(&world),
        [(7, 0, 1, 0, HANGUP)]
    );
}

#[test]
fn a_poll_ends_with_its_time_and_the_byte_that_comes_later_is_not_lost() {
    let world = World::new();
    let mut polling = world.begin_poll(&[INPUT, relative(50)]);
    assert_eq!(polling.deadline, Some(1050));
    world.host().monotonic.set(1049);
    assert!(!polling.call.poll());
    world.host().monotonic.set(1050);
    assert!(polling.call.poll());
    assert_eq!(polling.events(&world), [TIME]);
    let mut reading = world.begin_read(0, 10);
    world.arrive(b"late");
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"late".to_vec()));
}

#[test]
fn a_poll_without_a_timeout_looks_at_the_time_when_the_host_has_had_its_turn() {
    let world = World::new();
    let mut polling = world.begin_poll(&[INPUT, relative(0)]);
    assert!(polling.asks_host && !polling.call.goes_on());
    assert!(polling.call.poll());
    assert_eq!(polling.events(&world), [TIME]);
    let mut polling = world.begin_poll(&[INPUT, relative(0)]);
    world.arrive(b"x");
    assert!(polling.call.poll());
    assert_eq!(polling.events(&world), [(7, 0, 1, 1, 0), TIME]);
}

#[test]
fn everything_that_has_come_about_is_told_at_once_in_its_order() {
    let world = World::new();
    let (_, file) = world.file(b"abc");
    world.arrive(b"x");
    let polling = world.begin_poll(&[
        Subscription(1, For::Writable(2)),
        relative(0),
        Subscription(2, For::Readable(file)),
        relative(1),
        INPUT,
        Subscription(3, For::Writable(file)),
        Subscription(4, For::Readable(99)),
        Subscription(5, For::Nothing(4)),
        Subscription(6, For::Clock(2, 0, 0)),
    ]);
    let expected = [
        (1, 0, 2, PAGE, 0),
        TIME,
        (2, 0, 1, PAGE, 0),
        (7, 0, 1, 1, 0),
        (3, 0, 2, PAGE, 0),
        (4, 8, 1, 0, 0),
        (5, 28, 4, 0, 0),
        (6, 28, 0, 0, 0),
    ];
    assert_eq!(polling.events(&world), expected);
}

#[test]
fn what_makes_no_sense_is_told_as_an_event_of_its_own() {
    let world = World::new();
    let mut polling = world.begin_poll(&[
        Subscription(1, For::Readable(99)),
        Subscription(u64::MAX, For::Writable(4)),
        INPUT,
    ]);
    assert!(polling.call.poll(), "once the host has had its turn");
    assert_eq!(
        polling.events(&world),
        [(1, 8, 1, 0, 0), (u64::MAX, 8, 2, 0, 0)]
    );
}

#[test]
fn deadlines_are_on_the_monotonic_clock() {
    let world = World::new();
    world.host().monotonic.set(1_000);
    world.host().realtime.set((5, 500));
    let deadline = |id, timeout, flags| {
        let mut polling = world.begin_poll(&[Subscription(9, For::Clock(id, timeout, flags))]);
        assert!(!polling.asks_host);
        let deadline = polling.deadline;
        world.host().monotonic.set(u64::MAX);
        assert!(polling.call.poll());
        assert_eq!(polling.events(&world), [(9, 0, 0, 0, 0)]);
        world.host().monotonic.set(1_000);
        deadline
    };
    assert_eq!(deadline(MONOTONIC, 20, 0), Some(1_020));
    assert_eq!(deadline(MONOTONIC, 20, ABSTIME), Some(20));
    assert_eq!(deadline(MONOTONIC, u64::MAX, 0), Some(u64::MAX));
    assert_eq!(deadline(REALTIME, 20, 0), Some(1_020));
    assert_eq!(deadline(REALTIME, 5_000_000_600, ABSTIME), Some(1_100));
    assert_eq!(deadline(REALTIME, 4_000_000_000, ABSTIME), Some(1_000));
    assert_eq!(
        deadline(REALTIME, u64::MAX, ABSTIME),
        Some(u64::MAX - 5_000_000_500 + 1_000)
    );
}

#[test]
fn the_earliest_of_several_times_is_the_deadline() {
    let world = World::new();
    let mut polling = world.begin_poll(&[relative(30), relative(10), relative(20)]);
    assert_eq!(polling.deadline, Some(1_010));
    world.host().monotonic.set(1_020);
    assert!(polling.call.poll());
    assert_eq!(polling.events(&world), [TIME, TIME]);
}

#[test]
fn a_poll_beside_a_read_waits_for_its_end_and_then_for_another_byte() {
    let world = World::new();
    let mut reading = world.begin_read(0, 4);
    let mut polling = world.begin_poll(&[INPUT]);
    assert_eq!(world.host().under_way().len(), 1);
    world.arrive(b"mine");
    // Whoever comes first: the bytes are the reader's.
    assert!(!polling.call.goes_on());
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"mine".to_vec()));
    world.arrive(b"more");
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 4, 0)]);
}

#[test]
fn two_polls_share_what_is_read_ahead() {
    let world = World::new();
    let mut one = world.begin_poll(&[INPUT]);
    let mut other = world.begin_poll(&[INPUT]);
    world.arrive(b"ab");
    assert!(one.call.goes_on() && other.call.goes_on());
    assert_eq!(one.events(&world), other.events(&world));
    assert_eq!(world.host().plan.count("read"), 1);
}

#[test]
fn standard_output_is_writable_unless_a_write_is_under_way() {
    let world = World::new();
    let polling = world.begin_poll(&[Subscription(1, For::Writable(1))]);
    assert_eq!(polling.events(&world), [(1, 0, 2, PAGE, 0)]);
    world.host().plan.set("write", &[Step::Later]);
    let mut writing = world.begin_write(1, b"x");
    let mut polling = world.begin_poll(&[Subscription(1, For::Writable(1))]);
    assert!(!polling.call.goes_on());
    assert_eq!(world.drive(&mut writing.call), Ok(()));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(1, 0, 2, PAGE, 0)]);
}

#[test]
fn what_has_no_other_side_is_never_hung_up() {
    let world = World::new();
    let (_, file) = world.file(b"abc");
    let all = [0, 1, file].map(|fd| Subscription(1, For::Hangup(fd)));
    let mut polling = world.begin_poll(&[all[0], all[1], all[2], relative(10)]);
    assert!(!polling.call.poll());
    world.host().monotonic.set(1_010);
    assert!(polling.call.poll());
    assert_eq!(polling.events(&world), [TIME]);
}

#[test]
fn what_is_always_ready_does_not_hide_what_the_host_knows() {
    let world = World::new();
    let all = [INPUT, Subscription(1, For::Writable(1))];
    let mut polling = world.begin_poll(&all);
    assert!(!polling.call.has_ended(), "the host has its turn first");
    world.arrive(b"ab");
    assert!(polling.call.poll());
    let writable = (1, 0, 2, PAGE, 0);
    assert_eq!(polling.events(&world), [(7, 0, 1, 2, 0), writable]);
}

#[test]
fn a_poll_of_a_full_standard_output_waits_for_room() {
    let world = World::new();
    world.host().plan.set("probe", &[Step::Later]);
    let mut polling = world.begin_poll(&[Subscription(1, For::Writable(1))]);
    assert!(!polling.call.poll());
    world.host().end(world.host().under_way()[0].0, Step::Now);
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(1, 0, 2, PAGE, 0)]);
    world.host().plan.set("probe", &[Step::Later]);
    let mut polling = world.begin_poll(&[Subscription(1, For::Writable(1))]);
    assert_eq!(world.write(1, b"x"), Ok(1), "a write does not wait for it");
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(1, 0, 2, PAGE, 0)]);
}

#[test]
fn an_output_is_never_readable_and_an_input_never_writable() {
    let world = World::new();
    let never = [
        Subscription(1, For::Readable(1)),
        Subscription(2, For::Writable(0)),
    ];
    let mut polling = world.begin_poll(&[never[0], never[1], relative(10)]);
    assert!(!polling.call.poll());
    world.host().monotonic.set(1_010);
    assert!(polling.call.poll());
    assert_eq!(polling.events(&world), [TIME]);
}

#[test]
fn a_poll_goes_on_with_what_its_descriptor_was_as_it_began() {
    let world = World::new();
    let (_, file) = world.file(b"abc");
    let mut polling = world.begin_poll(&[INPUT]);
    assert_eq!(world.wasi.fd_renumber(file, 0), Ok(()));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 8, 1, 0, 0)]);
}
