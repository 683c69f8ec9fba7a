//! Descriptors of any kind.

use coopt_wasi::{Errno, Memory as _, Rights};

use crate::call::Ended;
use crate::world::{APPEND, For, NONBLOCK, READ_WRITE, ROOT, Subscription, World};

fn errno(result: Result<(), Errno>) -> Ended {
    result.map_err(Errno::get)
}

const BADF: u16 = 8;
const INVAL: u16 = 28;
const MFILE: u16 = 33;
const SPIPE: u16 = 70;
const NOTCAPABLE: u16 = 76;

#[test]
fn the_lowest_free_descriptor_is_opened() {
    let world = World::new();
    world.put("file", b"");
    assert_eq!([4, 5, 6], [(); 3].map(|()| world.open("file")));
    for fd in [5, 1] {
        assert_eq!(errno(world.wasi.fd_close(fd)), Ok(()));
    }
    assert_eq!([1, 5, 7], [(); 3].map(|()| world.open("file")));
}

#[test]
fn a_closed_descriptor_is_none_and_its_handle_is_dropped() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    assert_eq!(world.host().node_count(), 2);
    assert_eq!(errno(world.wasi.fd_close(fd)), Ok(()));
    assert_eq!(world.host().node_count(), 1);
    assert_eq!(errno(world.wasi.fd_close(fd)), Err(BADF));
    assert_eq!(world.read(fd, 1), Err(BADF));
    assert_eq!(world.write(fd, b"x"), Err(BADF));
    assert_eq!(world.seek(fd, 0, 0), Err(BADF));
    assert_eq!(world.tell(fd), Err(BADF));
    let to = world.room(64);
    assert_eq!(world.run(world.wasi.fd_fdstat_get(fd, to)), Err(BADF));
    assert_eq!(world.run(world.wasi.fd_filestat_get(fd, to)), Err(BADF));
    assert_eq!(errno(world.wasi.fd_renumber(fd, 3)), Err(BADF));
    assert_eq!(errno(world.wasi.fd_renumber(3, fd)), Err(BADF));
    assert_eq!(errno(world.wasi.fd_fdstat_set_flags(fd, 0)), Err(BADF));
    assert_eq!(errno(world.wasi.sock_listen(fd, 1)), Err(BADF));
    assert_eq!(errno(world.wasi.fd_close(u32::MAX)), Err(BADF));
}

#[test]
fn at_the_limit_no_descriptor_is_opened_and_no_handle_is_left() {
    const MAX: u32 = 16_384;
    let world = World::new();
    world.put("file", b"");
    for fd in 4..MAX {
        world.free_room();
        assert_eq!(world.open("file"), fd);
    }
    assert_eq!(world.open_at(ROOT, "file", READ_WRITE), Err(MFILE));
    assert_eq!(world.host().node_count() as u32, MAX - 3);
    for fd in 4..MAX {
        assert_eq!(errno(world.wasi.fd_close(fd)), Ok(()));
    }
    assert_eq!(world.open("file"), 4);
}

#[test]
fn renumbering_moves_a_descriptor_and_closes_what_was_there() {
    let world = World::new();
    world.put("one", b"one");
    world.put("two", b"two");
    let (one, two) = (world.open("one"), world.open("two"));
    assert_eq!(world.read(one, 1), Ok(b"o".to_vec()));
    assert_eq!(errno(world.wasi.fd_renumber(one, two)), Ok(()));
    assert_eq!(world.host().node_count(), 2);
    assert_eq!(world.read(one, 1), Err(BADF));
    assert_eq!(world.read(two, 9), Ok(b"ne".to_vec()), "with its offset");
    assert_eq!(errno(world.wasi.fd_renumber(two, two)), Ok(()));
    assert_eq!(world.seek(two, 0, 1), Ok(3));
    assert_eq!(world.open("two"), one);
}

#[test]
fn a_call_under_way_keeps_the_file_that_is_closed_beside_it() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    world.host().plan.set("read", &[crate::host::Step::Later]);
    let mut reading = world.begin_read(fd, 3);
    assert_eq!(errno(world.wasi.fd_close(fd)), Ok(()));
    assert_eq!(world.drive(&mut reading.call), Ok(()));
    assert_eq!(reading.got(&world), Ok(b"abc".to_vec()));
}

#[test]
fn a_descriptor_reads_and_writes_by_its_rights() {
    let world = World::new();
    world.put("file", b"abc");
    let open = |base| {
        let mut open = READ_WRITE;
        open.rights.base = base;
        world.open_at(ROOT, "file", open).expect("the file opens")
    };
    let reads = open(Rights::READ | Rights::SEEK);
    assert_eq!(world.write(reads, b"x"), Err(BADF));
    assert_eq!(world.read(reads, 9), Ok(b"abc".to_vec()));
    let writes = open(Rights::WRITE);
    assert_eq!(world.read(writes, 9), Err(BADF));
    assert_eq!(world.write(writes, b"x"), Ok(1));
    assert_eq!(world.read(1, 9), Err(BADF), "standard output");
    assert_eq!(world.write(0, b"x"), Err(BADF), "standard input");
}

#[test]
fn rights_can_be_given_up_and_not_be_taken() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let set = |base, inheriting| errno(world.wasi.fd_fdstat_set_rights(fd, base, inheriting));
    assert_eq!(set(Rights::READ, 0), Ok(()));
    assert_eq!(set(Rights::READ | Rights::WRITE, 0), Err(NOTCAPABLE));
    assert_eq!(set(Rights::READ, 1), Err(NOTCAPABLE));
    assert_eq!(world.read(fd, 9), Ok(b"abc".to_vec()));
    assert_eq!(world.write(fd, b"x"), Err(BADF));
    assert_eq!(set(0, 0), Ok(()));
    assert_eq!(world.read(fd, 9), Err(BADF));
}

#[test]
fn what_is_opened_below_a_directory_has_no_more_rights_than_that_passes_on() {
    let world = World::new();
    world.put("file", b"abc");
    let set = world
        .wasi
        .fd_fdstat_set_rights(ROOT, Rights::ALL, Rights::READ | Rights::TELL);
    assert_eq!(errno(set), Ok(()));
    let fd = world.open("file");
    assert_eq!(world.write(fd, b"x"), Err(BADF));
    let to = world.room(24);
    assert_eq!(world.run(world.wasi.fd_fdstat_get(fd, to)), Ok(()));
    let rights = Rights::READ | Rights::TELL;
    assert_eq!([8, 16].map(|at| world.host().load64(to + at)), [rights; 2]);
}

#[test]
fn an_fdstat_says_type_flags_and_rights() {
    let world = World::new();
    world.put("file", b"abc");
    let mut open = READ_WRITE;
    open.fdflags = APPEND | 16;
    open.rights.inheriting = 0x1234;
    let fd = world.open_at(ROOT, "file", open).expect("the file opens");
    let stat = |fd| {
        let to = world.room(24);
        assert_eq!(world.run(world.wasi.fd_fdstat_get(fd, to)), Ok(()));
        world.host().memory.bytes(to, 24)
    };
    let mut expected = vec![4, 0, 17, 0, 0, 0, 0, 0];
    expected.extend(Rights::ALL.to_le_bytes());
    expected.extend(0x1234_u64.to_le_bytes());
    assert_eq!(stat(fd), expected);
    assert_eq!(stat(ROOT)[0], 3);
    assert_eq!(stat(0)[..8], [0; 8], "a pipe");
    world.host().is_terminal.set(true);
    for (fd, rights) in [(0, Rights::INPUT), (1, Rights::OUTPUT), (2, Rights::OUTPUT)] {
        assert_eq!(stat(fd)[..8], [2, 0, 0, 0, 0, 0, 0, 0], "a terminal");
        assert_eq!(stat(fd)[8..16], rights.to_le_bytes());
    }
}

#[test]
fn flags_are_set_but_for_those_of_the_opening() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let set = |flags| errno(world.wasi.fd_fdstat_set_flags(fd, flags));
    assert_eq!([1, 4, 5, 0].map(set), [Ok(()); 4]);
    assert_eq!([2, 8, 16, 32, 0x1_0000].map(set), [Err(INVAL); 5]);
    assert_eq!(world.wasi.fd_fdstat_set_flags(0, 4), Ok(()));
}

#[test]
fn streams_have_no_offset() {
    let world = World::new();
    for fd in 0..3 {
        assert_eq!(world.seek(fd, 0, 1), Err(SPIPE));
        assert_eq!(world.tell(fd), Err(SPIPE));
    }
    assert_eq!(world.read_at(0, &[1], Some(0)), Err(SPIPE));
    assert_eq!(world.write_at(1, &[b"x"], Some(0)), Err(SPIPE));
    let (_, fd) = world.file(b"");
    assert_eq!(world.seek(fd, 0, 3), Err(INVAL));
}

#[test]
fn a_socket_call_finds_no_socket() {
    let world = World::new();
    assert_eq!(errno(world.wasi.sock_listen(3, 1)), Err(57));
    assert_eq!(errno(world.wasi.sock_listen(4, 1)), Err(BADF));
}

#[test]
fn a_duplicate_is_the_lowest_free_descriptor_from_a_least_one() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    assert_eq!(world.dup_from(fd, 0), Ok(5));
    assert_eq!(world.dup_from(fd, 8), Ok(8));
    assert_eq!([6, 7, 9], [(); 3].map(|()| world.dup(fd)), "around it");
    world.close(7);
    world.close(1);
    assert_eq!(world.dup_from(fd, 2), Ok(7));
    assert_eq!(world.dup_from(fd, 7), Ok(10));
    assert_eq!(world.dup_from(fd, 10), Ok(11));
    assert_eq!(world.dup(fd), 1);
    assert_eq!(world.open("file"), 12, "and for what is opened");
    assert_eq!(world.dup_from(fd, 30), Ok(30));
    assert_eq!(world.open("file"), 13);
    assert_eq!(
        world.host().node_count(),
        4,
        "one handle for all duplicates"
    );
}

#[test]
fn a_duplicate_is_refused_of_what_is_closed_and_behind_the_last() {
    const MAX: u32 = 16_384;
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    assert_eq!(world.dup_from(9, 0), Err(BADF));
    assert_eq!(world.dup_to(9, fd), Err(BADF));
    assert_eq!(world.read(fd, 9), Ok(b"abc".to_vec()), "it stays");
    for least in [MAX, u32::MAX] {
        assert_eq!(world.dup_from(fd, least), Err(INVAL));
        assert_eq!(world.dup_to(fd, least), Err(BADF));
        assert_eq!(world.dup_to(least, fd), Err(BADF));
    }
    assert_eq!(world.dup_from(fd, MAX - 1), Ok(MAX - 1));
    assert_eq!(world.dup_from(fd, MAX - 1), Err(MFILE));
    assert_eq!(world.dup_to(fd, MAX - 1), Ok(()));
    world.close(MAX - 1);
    assert_eq!(world.dup_to(fd, MAX - 1), Ok(()));
    world.close(MAX - 1);
}

#[test]
fn a_duplicate_shares_offset_and_flags_and_has_rights_of_its_own() {
    let world = World::new();
    let (inode, fd) = world.file(b"abcdef");
    let other = world.dup(fd);
    assert_eq!(world.read(fd, 2), Ok(b"ab".to_vec()));
    assert_eq!(world.read(other, 2), Ok(b"cd".to_vec()));
    assert_eq!(world.seek(other, 1, 0), Ok(1));
    assert_eq!(world.write(fd, b"B"), Ok(1));
    world.set_flags(other, APPEND);
    assert_eq!(world.write(fd, b"g"), Ok(1));
    assert_eq!(world.on_disk(inode), b"aBcdefg");
    let set = world.wasi.fd_fdstat_set_rights(other, Rights::READ, 0);
    assert_eq!(errno(set), Ok(()));
    assert_eq!(world.write(other, b"x"), Err(BADF));
    assert_eq!(world.write(fd, b"h"), Ok(1));
    let third = world.dup(other);
    assert_eq!(world.write(third, b"x"), Err(BADF), "a copy's are a copy");
}

#[test]
fn what_is_duplicated_lives_until_its_last_descriptor_is_closed() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let other = world.dup(fd);
    world.close(fd);
    assert_eq!(world.host().node_count(), 2);
    assert_eq!(world.read(other, 9), Ok(b"abc".to_vec()));
    world.close(other);
    assert_eq!(world.host().node_count(), 1);
}

#[test]
fn a_duplicate_takes_the_place_of_what_was_there() {
    let world = World::new();
    world.put("one", b"one");
    world.put("two", b"two");
    let (one, two) = (world.open("one"), world.open("two"));
    assert_eq!(world.dup_to(one, two), Ok(()));
    assert_eq!(world.host().node_count(), 2, "that is closed");
    assert_eq!(world.read(two, 1), Ok(b"o".to_vec()));
    assert_eq!(world.read(one, 9), Ok(b"ne".to_vec()), "one offset");
    assert_eq!(world.dup_to(one, one), Ok(()));
    assert_eq!(world.dup_to(two, one), Ok(()), "onto its own duplicate");
    assert_eq!(world.dup_to(one, 20), Ok(()), "where nothing was");
    for fd in [one, two, 20] {
        assert_eq!(world.host().node_count(), 2);
        world.close(fd);
    }
    assert_eq!(world.host().node_count(), 1);
    assert_eq!(world.open("one"), one);
}

#[test]
fn renumbering_a_duplicate_keeps_what_it_stands_for() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let other = world.dup(writes);
    assert_eq!(errno(world.wasi.fd_renumber(other, writes)), Ok(()));
    assert_eq!(errno(world.wasi.fd_renumber(writes, writes)), Ok(()));
    let mut reading = world.begin_read(reads, 4);
    assert!(!reading.call.goes_on(), "there is a writer");
    assert_eq!(errno(world.wasi.fd_renumber(reads, writes)), Ok(()));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(Vec::new()));
    assert_eq!(world.read(writes, 4), Ok(Vec::new()), "there is a reader");
}

#[test]
fn standard_input_is_closed_with_its_last_descriptor() {
    let world = World::new();
    world.put("file", b"abc");
    let other = world.dup(0);
    let mut reading = world.begin_read(0, 4);
    world.close(0);
    assert!(!reading.call.goes_on());
    world.arrive(b"ab");
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    let mut reading = world.begin_read(other, 4);
    let file = world.open("file");
    assert_eq!(file, 0);
    assert_eq!(world.dup_to(file, other), Ok(()));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Err(BADF));
    assert!(world.host().under_way().is_empty());
}

#[test]
fn standard_output_is_written_by_any_of_its_descriptors() {
    let world = World::new();
    let other = world.dup(1);
    assert_eq!(world.write(other, b"ab"), Ok(2));
    world.close(1);
    assert_eq!(world.write(other, b"cd"), Ok(2));
    assert_eq!(world.dup_to(2, 1), Ok(()));
    assert_eq!(world.write(1, b"ef"), Ok(2));
    assert_eq!(*world.host().stdout.borrow(), b"abcd");
    assert_eq!(*world.host().stderr.borrow(), b"ef");
    assert_eq!(world.host().plan.count("stdout"), 1);
}

#[test]
fn a_poll_of_one_of_two_descriptors_goes_on_when_that_is_closed() {
    let world = World::new();
    let [reads, writes] = world.pipe();
    let other = world.dup(reads);
    let mut polling = world.begin_poll(&[Subscription(7, For::Readable(reads))]);
    world.close(reads);
    assert!(!polling.call.goes_on());
    assert_eq!(world.write(writes, b"ab"), Ok(2));
    assert!(polling.call.goes_on());
    assert_eq!(polling.events(&world), [(7, 0, 1, 2, 0)]);
    world.set_flags(other, NONBLOCK);
    assert_eq!(world.read(other, 9), Ok(b"ab".to_vec()));
}
