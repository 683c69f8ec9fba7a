//! Pipes, and pairs of sockets.

use coopt_wasi::{Memory as _, Rights, Ways};

use crate::world::{Event, For, NONBLOCK, Subscription, World};

const AGAIN: u16 = 6;
const BADF: u16 = 8;
const INVAL: u16 = 28;
const IO: u16 = 29;
const MFILE: u16 = 33;
const PIPE: u16 = 64;
const SPIPE: u16 = 70;
const HANGUP: u16 = 1;
/// There is something to read, but nobody writes any more.
const GONE: u16 = 2;

/// How many bytes a pipe holds.
const CAPACITY: usize = 65_536;
/// A write of so many bytes at most is never torn.
const WHOLE_MAX: usize = 4096;

/// Bytes in which every place is told from its neighbours.
fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|place| (place % 251) as u8).collect()
}

/// Fills a pipe but for so many bytes.
fn fill_but(world: &World, writes: u32, room: usize) {
    let len = CAPACITY - room;
    assert_eq!(world.write(writes, &vec![b'.'; len]), Ok(len as u32));
}

/// A pipe that is full but for so many bytes.
fn pipe_with_room(world: &World, room: usize) -> [u32; 2] {
    let [reads, writes] = world.pipe();
    fill_but(world, writes, room);
    [reads, writes]
}

#[test]
fn bytes_come_out_in_their_order_however_they_went_in() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    assert_eq!([reads, writes], [4, 5]);
    assert_eq!(world.write(writes, b"abc"), Ok(3));
    assert_eq!(world.write_at(writes, &[b"d", b"", b"ef"], None), Ok(3));
    assert_eq!(world.read(reads, 2), Ok(b"ab".to_vec()));
    assert_eq!(world.read_at(reads, &[1, 0, 2], None), Ok(b"cde".to_vec()));
    assert_eq!(world.write(writes, b"g"), Ok(1));
    assert_eq!(world.read_at(reads, &[1, 9], None), Ok(b"fg".to_vec()));
    assert!(
        world.host().under_way().is_empty(),
        "the host knows nothing"
    );
}

#[test]
fn a_pipe_holds_64_kib_wherever_its_bytes_begin() {
    let world = World::small(1 << 20);
    let [reads, writes] = world.pipe();
    world.set_flags(writes, NONBLOCK);
    let all = pattern(CAPACITY + 1);
    for begin in [0, 1, 4_095, 20_000, 65_535] {
        // What has been read leaves the beginning elsewhere.
        assert_eq!(world.write(writes, &all[..begin]), Ok(begin as u32));
        assert_eq!(world.read(reads, begin as u32), Ok(all[..begin].to_vec()));
        assert_eq!(world.write(writes, &all), Ok(CAPACITY as u32));
        assert_eq!(world.write(writes, b"x"), Err(AGAIN));
        let (one, other) = (20_001, CAPACITY as u32);
        let got = world.read_at(reads, &[one, other], None);
        assert!(got == Ok(all[..CAPACITY].to_vec()), "from {begin}");
        world.free_room();
    }
}

#[test]
fn bytes_pass_the_end_of_the_room_in_every_step() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let bytes = pattern(3 * CAPACITY);
    let (mut written, mut read) = (0, 0);
    // Numbers that have no divisor in common with the room's size.
    for step in [1_021, 4_093, 16_381].into_iter().cycle() {
        let piece = &bytes[written..bytes.len().min(written + step)];
        assert_eq!(world.write(writes, piece), Ok(piece.len() as u32));
        written += piece.len();
        if written == bytes.len() {
            break;
        }
        let got = world.read(reads, step as u32 - 7).expect("there are bytes");
        assert_eq!(got, bytes[read..read + got.len()]);
        read += got.len();
        world.free_room();
    }
    let rest = world.read(reads, CAPACITY as u32).expect("there are bytes");
    assert_eq!(rest, bytes[read..]);
}

#[test]
fn a_read_waits_and_is_told() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut reading = world.begin_read(reads, 10);
    assert!(!reading.call.goes_on() && !reading.call.poll());
    assert_eq!(world.write(writes, b"hello"), Ok(5));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"hello".to_vec()));
}

#[test]
fn readers_take_turns_in_their_order() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(reads, 4)).collect();
    for bytes in [&b"one."[..], b"two", b"last"] {
        assert_eq!(world.write(writes, bytes), Ok(bytes.len() as u32));
        // The last comes first, and gets nothing for that.
        assert!(
            !readings
                .iter_mut()
                .skip(1)
                .rev()
                .any(|one| one.call.goes_on())
        );
        assert!(readings[0].call.goes_on());
        assert_eq!(readings.remove(0).got(&world), Ok(bytes.to_vec()));
    }
}

#[test]
fn a_reader_takes_what_the_one_before_has_left() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut first = world.begin_read(reads, 2);
    let mut second = world.begin_read(reads, 4);
    assert_eq!(world.write(writes, b"abcd"), Ok(4));
    assert!(first.call.goes_on() && second.call.goes_on());
    assert_eq!(first.got(&world), Ok(b"ab".to_vec()));
    assert_eq!(second.got(&world), Ok(b"cd".to_vec()));
}

#[test]
fn writers_take_turns_in_their_order_also_small_ones_behind_a_large_one() {
    let world = World::new();
    let [reads, writes] = pipe_with_room(&world, 10);
    let large = pattern(WHOLE_MAX + 1);
    let mut first = world.begin_write(writes, &large);
    let mut second = world.begin_write(writes, b"small");
    let mut third = world.begin_write(writes, b"last");
    assert!(!first.call.goes_on() && !second.call.goes_on() && !third.call.goes_on());
    let dots = world.read(reads, CAPACITY as u32 - 10);
    assert_eq!(dots.map(|dots| dots.len()), Ok(CAPACITY - 10));
    // The last comes first, and gets nothing for that.
    assert!(!third.call.goes_on() && !second.call.goes_on() && first.call.goes_on());
    assert!(!third.call.goes_on() && second.call.goes_on() && third.call.goes_on());
    assert_eq!(first.took(&world), Ok(large.len() as u32));
    assert_eq!(second.took(&world), Ok(5));
    assert_eq!(third.took(&world), Ok(4));
    let got = world.read(reads, CAPACITY as u32);
    assert_eq!(got, Ok([&large[..], b"small", b"last"].concat()));
}

#[test]
fn a_small_write_goes_in_one_piece_and_waits_for_room_for_all_of_it() {
    for len in [2, 100, WHOLE_MAX] {
        let world = World::new();
        let [reads, writes] = pipe_with_room(&world, len - 1);
        let bytes = pattern(len);
        let (head, tail) = bytes.split_at(len / 2);
        let mut writing = world.begin_write_at(writes, &[head, tail], None);
        assert!(!writing.call.goes_on(), "{len}");
        let before = world.read(reads, (CAPACITY - len) as u32);
        assert_eq!(before.map(|bytes| bytes.len()), Ok(CAPACITY - len));
        assert!(writing.call.goes_on(), "{len}");
        assert_eq!(writing.took(&world), Ok(len as u32));
        let got = world.read(reads, CAPACITY as u32).expect("there are bytes");
        assert_eq!(got[1..], bytes);
    }
}

#[test]
fn a_large_write_goes_as_there_is_room() {
    let world = World::small(1 << 20);
    let [reads, writes] = pipe_with_room(&world, 1);
    let large = pattern(2 * CAPACITY);
    let mut writing = world.begin_write_at(writes, &[&large[..100], &large[100..]], None);
    let mut got = Vec::new();
    while got.len() < CAPACITY - 1 + large.len() {
        assert!(!writing.call.has_ended() || got.len() > CAPACITY);
        got.extend(world.read(reads, 9_999).expect("there are bytes"));
        writing.call.goes_on();
    }
    assert_eq!(writing.took(&world), Ok(large.len() as u32));
    assert!(got[CAPACITY - 1..] == large, "bytes are lost or mixed");
}

#[test]
fn a_read_or_a_write_of_nothing_moves_nothing() {
    let world = World::new();
    let [reads, writes] = pipe_with_room(&world, 0);
    let mut writing = world.begin_write(writes, b"x");
    for lens in [&[][..], &[0], &[0, 0]] {
        assert_eq!(world.read_at(reads, lens, None), Ok(Vec::new()));
        let pieces: Vec<_> = lens.iter().map(|_| &b""[..]).collect();
        // Nor does it wait for its turn.
        assert_eq!(world.write_at(writes, &pieces, None), Ok(0));
    }
    world.close(reads);
    assert!(writing.call.goes_on());
    assert_eq!(writing.took(&world), Err(PIPE));
}

#[test]
fn what_a_pipe_does_not_do() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    assert_eq!(world.read(writes, 1), Err(BADF));
    assert_eq!(world.write(reads, b"x"), Err(BADF));
    assert_eq!(world.read_at(reads, &[1], Some(0)), Err(SPIPE));
    assert_eq!(world.write_at(writes, &[b"x"], Some(0)), Err(SPIPE));
    assert_eq!(world.seek(reads, 0, 0), Err(SPIPE));
    assert_eq!(world.tell(writes), Err(SPIPE));
    for fdflags in [1, 2, 8, 16, 5, 0x1_0000, u32::MAX] {
        assert_eq!(world.pipe_of(Ways::One, fdflags), Err(INVAL));
    }
}

#[test]
fn an_fdstat_says_which_end_it_is() {
    let world = World::new();
    let stat = |fd| {
        let to = world.room(24);
        assert_eq!(world.run(world.wasi.fd_fdstat_get(fd, to)), Ok(()));
        let [head, base, inheriting] = [0, 8, 16].map(|at| world.host().load64(to + at));
        assert_eq!(base, inheriting);
        (head, base)
    };
    let [reads, writes] = world.pipe();
    assert_eq!(stat(reads), (0, Rights::INPUT));
    assert_eq!(stat(writes), (0, Rights::OUTPUT));
    let flags = u64::from(NONBLOCK) << 16;
    let [one, other] = world.pipe_of(Ways::Both, NONBLOCK).expect("it opens");
    assert_eq!([one, other].map(stat), [(6 | flags, Rights::STREAM); 2]);
    world.set_flags(one, 0);
    assert_eq!(stat(one), (6, Rights::STREAM));
    assert_eq!(stat(other), (6 | flags, Rights::STREAM), "of its own");
}

#[test]
fn a_pipe_without_room_for_two_descriptors_opens_none() {
    const MAX: u32 = 16_384;
    let world = World::new();
    let [reads, writes] = world.pipe();
    for fd in writes + 1..MAX - 1 {
        world.free_room();
        assert_eq!(world.dup(reads), fd);
    }
    assert_eq!(world.pipe_of(Ways::Both, 0), Err(MFILE));
    assert_eq!(world.dup(reads), MAX - 1, "the one place is free");
    assert_eq!(world.pipe_of(Ways::One, 0), Err(MFILE));
    for fd in (writes..MAX).chain([reads]) {
        world.close(fd);
    }
}

#[test]
fn without_writers_a_reader_gets_the_rest_and_then_the_end() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    assert_eq!(world.write(writes, b"abc"), Ok(3));
    world.close(writes);
    assert_eq!(world.read(reads, 2), Ok(b"ab".to_vec()));
    assert_eq!(world.read(reads, 2), Ok(b"c".to_vec()));
    for flags in [0, NONBLOCK] {
        world.set_flags(reads, flags);
        assert_eq!(world.read(reads, 2), Ok(Vec::new()));
    }
}

#[test]
fn at_the_end_every_reader_is_told() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(reads, 4)).collect();
    world.close(writes);
    for reading in &mut readings {
        assert!(reading.call.goes_on());
        assert_eq!(reading.got(&world), Ok(Vec::new()));
    }
}

#[test]
fn without_readers_every_writer_is_told() {
    let world = World::new();
    let [reads, writes] = pipe_with_room(&world, 0);
    let mut writings: Vec<_> = (0..3).map(|_| world.begin_write(writes, b"abc")).collect();
    world.close(reads);
    for writing in &mut writings {
        assert!(writing.call.goes_on());
        assert_eq!(writing.took(&world), Err(PIPE));
    }
    assert_eq!(world.write(writes, b"x"), Err(PIPE));
}

#[test]
fn a_writer_without_readers_is_told_first_what_was_written() {
    let world = World::new();
    let [reads, writes] = pipe_with_room(&world, 7);
    let large = pattern(WHOLE_MAX + 1);
    let mut writing = world.begin_write(writes, &large);
    world.close(reads);
    assert!(writing.call.goes_on());
    assert_eq!(writing.took(&world), Ok(7));
    assert_eq!(world.write(writes, &large), Err(PIPE));
}

#[test]
fn what_must_not_wait_says_so() {
    let world = World::new();
    let [reads, writes] = world.pipe_of(Ways::One, NONBLOCK).expect("it opens");
    assert_eq!(world.read(reads, 1), Err(AGAIN));
    assert_eq!(world.write(writes, b"ab"), Ok(2));
    assert_eq!(world.read(reads, 9), Ok(b"ab".to_vec()));
    fill_but(&world, writes, 5);
    assert_eq!(world.write(writes, b"whole."), Err(AGAIN));
    assert_eq!(world.write(writes, b"whole"), Ok(5));
    let large = pattern(WHOLE_MAX + 1);
    assert_eq!(world.write(writes, &large), Err(AGAIN));
    assert_eq!(world.read(reads, 3), Ok(b"...".to_vec()));
    assert_eq!(world.write(writes, &large), Ok(3), "a part");
}

#[test]
fn what_must_not_wait_does_not_wait_for_its_turn() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut reading = world.begin_read(reads, 2);
    world.set_flags(reads, NONBLOCK);
    assert_eq!(world.begin_read(reads, 4).got(&world), Err(AGAIN));
    world.set_flags(reads, 0);
    assert_eq!(world.write(writes, b"ab"), Ok(2));
    world.set_flags(reads, NONBLOCK);
    assert_eq!(
        world.begin_read(reads, 4).got(&world),
        Err(AGAIN),
        "they are the first's"
    );
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    fill_but(&world, writes, 1);
    let mut writing = world.begin_write(writes, b"cd");
    world.set_flags(writes, NONBLOCK);
    assert_eq!(world.begin_write(writes, b"ef").took(&world), Err(AGAIN));
    world.set_flags(writes, 0);
    assert_eq!(world.read(reads, 1), Ok(b".".to_vec()));
    assert!(writing.call.goes_on());
    assert_eq!(writing.took(&world), Ok(2));
}

#[test]
fn a_close_beside_readers_ends_them() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(reads, 4)).collect();
    world.close(reads);
    for reading in &mut readings {
        assert!(reading.call.goes_on());
    }
    assert_eq!(world.write(writes, b"late"), Err(PIPE));
    for reading in &readings {
        assert_eq!(reading.got(&world), Err(BADF));
        reading.assert_untouched(&world);
    }
}

#[test]
fn a_close_beside_writers_ends_them_and_what_was_written_is_read() {
    let world = World::new();
    let [reads, writes] = pipe_with_room(&world, 7);
    let large = pattern(WHOLE_MAX + 1);
    let mut first = world.begin_write(writes, &large);
    let mut second = world.begin_write(writes, b"small");
    let mut third = world.begin_write(writes, &large);
    world.close(writes);
    assert!(first.call.goes_on() && second.call.goes_on() && third.call.goes_on());
    assert_eq!(first.took(&world), Ok(7));
    assert_eq!(second.took(&world), Err(BADF));
    assert_eq!(third.took(&world), Err(BADF));
    let got = world.read(reads, CAPACITY as u32).expect("there are bytes");
    assert_eq!(got[CAPACITY - 7..], large[..7]);
    assert_eq!(world.read(reads, 1), Ok(Vec::new()));
}

#[test]
fn a_file_takes_the_place_of_an_end() {
    let world = World::new();
    let (_, file) = world.file(b"abc");
    let [reads, writes] = world.pipe();
    let mut reading = world.begin_read(reads, 4);
    assert_eq!(world.dup_to(file, writes), Ok(()));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(Vec::new()), "the end");
    assert_eq!(world.read(reads, 4), Ok(Vec::new()));
    assert_eq!(world.read(writes, 9), Ok(b"abc".to_vec()));
}

#[test]
fn an_end_lives_as_long_as_a_descriptor_of_it() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let (more_reads, more_writes) = (world.dup(reads), world.dup(writes));
    let mut reading = world.begin_read(reads, 4);
    world.close(reads);
    world.close(writes);
    assert!(!reading.call.goes_on(), "there are a reader and a writer");
    assert_eq!(world.write(more_writes, b"ab"), Ok(2));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    let mut reading = world.begin_read(more_reads, 4);
    world.close(more_writes);
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(Vec::new()));
}

#[test]
fn a_pair_of_sockets_goes_both_ways() {
    let world = World::new();
    let [one, other] = world.pipe_of(Ways::Both, 0).expect("it opens");
    assert_eq!(world.write(one, b"there"), Ok(5));
    assert_eq!(world.write(other, b"back"), Ok(4));
    assert_eq!(world.read(one, 9), Ok(b"back".to_vec()));
    assert_eq!(world.read(other, 9), Ok(b"there".to_vec()));
    let mut reading = world.begin_read(one, 9);
    fill_but(&world, one, 0);
    let mut writing = world.begin_write(one, b"more");
    assert!(!reading.call.goes_on() && !writing.call.goes_on());
    world.close(other);
    assert!(reading.call.goes_on() && writing.call.goes_on());
    assert_eq!(reading.got(&world), Ok(Vec::new()));
    assert_eq!(writing.took(&world), Err(PIPE));
}

#[test]
fn a_socket_that_is_closed_ends_its_readers_and_its_writers() {
    let world = World::new();
    let [one, other] = world.pipe_of(Ways::Both, 0).expect("it opens");
    fill_but(&world, one, 0);
    let mut reading = world.begin_read(one, 9);
    let mut writing = world.begin_write(one, b"more");
    world.close(one);
    assert!(reading.call.goes_on() && writing.call.goes_on());
    assert_eq!(reading.got(&world), Err(BADF));
    assert_eq!(writing.took(&world), Err(BADF));
    let got = world.read(other, CAPACITY as u32);
    assert_eq!(got.map(|bytes| bytes.len()), Ok(CAPACITY));
    assert_eq!(world.read(other, 9), Ok(Vec::new()));
}

/// The event of a poll for one end, when there is one.
fn polled(world: &World, awaited: For) -> Option<Event> {
    let mut polling = world.begin_poll(&[Subscription(7, awaited)]);
    polling.call.poll();
    let event = polling.call.has_ended().then(|| polling.events(world));
    event.map(|events| {
        assert_eq!(events.len(), 1);
        events[0]
    })
}

#[test]
fn a_poll_says_what_a_read_would_get() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let event = || polled(&world, For::Readable(reads));
    assert_eq!(event(), None);
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(reads))]);
    assert_eq!(world.write(writes, b"abc"), Ok(3));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 3, 0)]);
    assert_eq!(world.read(reads, 1), Ok(b"a".to_vec()));
    assert_eq!(event(), Some((7, 0, 1, 2, 0)));
    world.close(writes);
    assert_eq!(event(), Some((7, 0, 1, 2, GONE)), "before the end");
    assert_eq!(world.read(reads, 9), Ok(b"bc".to_vec()));
    assert_eq!(event(), Some((7, 0, 1, 0, HANGUP)));
    let hung_up = Some((7, 0, 2, 0, HANGUP));
    assert_eq!(polled(&world, For::Writable(reads)), hung_up);
}

#[test]
fn a_poll_to_read_what_is_only_written_tells_that_nobody_reads() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    assert_eq!(polled(&world, For::Readable(writes)), None);
    world.close(reads);
    assert_eq!(
        polled(&world, For::Readable(writes)),
        Some((7, IO, 1, 0, 0))
    );
}

#[test]
fn a_pair_is_hung_up_when_nothing_goes_either_way() {
    let world = World::new();
    let [one, other] = world.pipe_of(Ways::Both, 0).expect("there is room for two");
    assert_eq!(world.wasi.sock_shutdown(other, 2), Ok(()));
    let open = Some((7, 0, 1, 1, 0));
    assert_eq!(polled(&world, For::Readable(one)), open, "it writes still");
    assert_eq!(polled(&world, For::Hangup(one)), None);
    assert_eq!(world.wasi.sock_shutdown(one, 2), Ok(()));
    assert_eq!(
        polled(&world, For::Writable(one)),
        Some((7, 0, 2, 1, 0)),
        "a write would fail, which is no error of the socket"
    );
    for end in [one, other] {
        assert_eq!(polled(&world, For::Hangup(end)), Some((7, 0, 3, 0, HANGUP)));
    }
}

#[test]
fn a_poll_is_told_of_the_end() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(reads))]);
    assert!(!polling.call.goes_on());
    world.close(writes);
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 0, HANGUP)]);
}

#[test]
fn a_poll_that_asks_for_nothing_is_told_that_the_other_side_is_gone() {
    for (closed, error) in [(0, IO), (1, 0)] {
        let world = World::new();
        let ends = world.pipe();
        let stays = ends[1 - closed];
        assert_eq!(world.write(ends[1], b"abc"), Ok(3));
        assert_eq!(polled(&world, For::Hangup(stays)), None);
        let mut polling = world.begin_poll(&[Subscription(7, For::Hangup(stays))]);
        world.close(ends[closed]);
        assert!(polling.call.goes_on());
        let hangup = if error == 0 { HANGUP } else { 0 };
        assert_eq!(polling.events(&world), [(7, error, 3, 0, hangup)]);
        let mut polling = world.begin_poll(&[Subscription(7, For::Hangup(stays))]);
        world.close(stays);
        polling.call.goes_on();
        assert_eq!(polling.events(&world).len(), 1);
        assert_eq!(polled(&world, For::Hangup(stays)), Some((7, BADF, 3, 0, 0)));
    }
}

#[test]
fn a_poll_says_writable_when_a_small_write_would_not_wait() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let event = || polled(&world, For::Writable(writes));
    assert_eq!(event(), Some((7, 0, 2, CAPACITY as u64, 0)));
    assert_eq!(polled(&world, For::Readable(writes)), None);
    fill_but(&world, writes, WHOLE_MAX);
    assert_eq!(event(), Some((7, 0, 2, WHOLE_MAX as u64, 0)));
    assert_eq!(world.write(writes, b"x"), Ok(1));
    assert_eq!(event(), None);
    let mut polling = world.begin_poll(&[Subscription(7, For::Writable(writes))]);
    assert_eq!(world.read(reads, 1), Ok(b".".to_vec()));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 2, WHOLE_MAX as u64, 0)]);
    assert_eq!(world.write(writes, b"x"), Ok(1));
    let mut polling = world.begin_poll(&[Subscription(7, For::Writable(writes))]);
    world.close(reads);
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, IO, 2, 0, 0)]);
}

#[test]
fn a_poll_beside_a_call_waits_for_its_end() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let mut reading = world.begin_read(reads, 2);
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(reads))]);
    assert_eq!(world.write(writes, b"abc"), Ok(3));
    // Whoever comes first: the bytes are the reader's.
    assert!(!polling.call.goes_on() && reading.call.goes_on());
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 1, 0)]);
    assert_eq!(world.read(reads, 1), Ok(b"c".to_vec()));
    fill_but(&world, writes, 0);
    let mut writing = world.begin_write(writes, b"de");
    let mut polling = world.begin_poll(&[Subscription(7, For::Writable(writes))]);
    let dots = world.read(reads, CAPACITY as u32);
    assert_eq!(dots.map(|dots| dots.len()), Ok(CAPACITY));
    assert!(!polling.call.goes_on() && writing.call.goes_on());
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 2, CAPACITY as u64 - 2, 0)]);
}

#[test]
fn a_poll_of_an_end_that_is_closed_beside_it_ends() {
    let world = World::new();
    let [reads, writes] = pipe_with_room(&world, 0);
    let mut polling = world.begin_poll(&[Subscription(7, For::Writable(writes))]);
    world.close(writes);
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, BADF, 2, 0, 0)]);
    world.close(reads);
    for ways in [Ways::One, Ways::Both] {
        let [one, other] = world.pipe_of(ways, 0).expect("it opens");
        let mut polling = world.begin_poll(&[Subscription(7, For::Readable(one))]);
        world.close(one);
        assert!(polling.call.goes_on());
        assert_eq!(polling.events(&world), [(7, BADF, 1, 0, 0)]);
        world.close(other);
    }
}

#[test]
fn a_poll_of_both_ends_tells_of_both() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let ends = [
        Subscription(1, For::Readable(reads)),
        Subscription(2, For::Writable(writes)),
    ];
    let writable = (2, 0, 2, CAPACITY as u64, 0);
    let mut polling = world.begin_poll(&ends);
    assert!(polling.call.poll(), "once the host has had its turn");
    assert_eq!(polling.events(&world), [writable]);
    assert_eq!(world.write(writes, b"ab"), Ok(2));
    let writable = (2, 0, 2, CAPACITY as u64 - 2, 0);
    let events = world.begin_poll(&ends).events(&world);
    assert_eq!(events, [(1, 0, 1, 2, 0), writable]);
}

#[test]
fn a_filestat_of_an_end_says_little() {
    let world = World::new();
    let [reads, _] = world.pipe();
    let to = world.room(64);
    assert_eq!(world.run(world.wasi.fd_filestat_get(reads, to)), Ok(()));
    assert_eq!(world.host().memory.bytes(to, 64), [0; 64]);
    assert_eq!(world.run(world.wasi.fd_allocate(reads, 0, 1)), Err(BADF));
    assert_eq!(world.run(world.wasi.fd_sync(reads)), Err(INVAL));
}
