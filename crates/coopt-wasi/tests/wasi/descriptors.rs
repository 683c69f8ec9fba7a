//! Descriptors of any kind.

use coopt_wasi::{Errno, Memory as _, Rights};

use crate::call::Ended;
use crate::world::{APPEND, READ_WRITE, ROOT, World};

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
