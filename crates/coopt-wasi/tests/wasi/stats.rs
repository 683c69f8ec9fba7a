//! What is known of a file, and its times.

use coopt_wasi::{Memory as _, Rights, Times};

use crate::call::Ended;
use crate::host::disk::{File, Instant, Kind, code};
use crate::host::{FULL, Step, hash};
use crate::world::{ROOT, World};

const INVAL: u16 = 28;
const SECOND: u64 = 1_000_000_000;

fn filestat(world: &World, fd: u32) -> Ended<Vec<u8>> {
    let to = world.room(64);
    world.run(world.wasi.fd_filestat_get(fd, to))?;
    Ok(world.host().memory.bytes(to, 64))
}

fn filestat_at(world: &World, lookup: u32, path: &str) -> Ended<Vec<u8>> {
    let to = world.room(64);
    let path = world.path(ROOT, path);
    world.run(world.wasi.path_filestat_get(lookup, path, to))?;
    Ok(world.host().memory.bytes(to, 64))
}

/// A `filestat`: eight words.
fn words(words: [u64; 8]) -> Ended<Vec<u8>> {
    Ok(words.iter().flat_map(|word| word.to_le_bytes()).collect())
}

fn change(world: &World, inode: usize, change: impl FnOnce(&mut File)) {
    change(world.host().disk.borrow_mut().get_mut(inode));
}

#[test]
fn a_filestat_is_laid_out_as_preview_1_has_it() {
    let world = World::new();
    let (inode, fd) = world.file(b"abc");
    change(&world, inode, |file| {
        file.links = 0x1_0000_0002;
        file.access = Some((1, 2));
        file.modification = Some((3, 999_999_999));
        file.change = Some((5, 0));
    });
    let links = 0x1_0000_0002;
    let times = [SECOND + 2, 4 * SECOND - 1, 5 * SECOND];
    let expected = words([1, hash(inode), 4, links, 3, times[0], times[1], times[2]]);
    assert_eq!(filestat(&world, fd), expected);
    assert_eq!(filestat_at(&world, 0, "file"), expected);
    for fd in 0..3 {
        assert_eq!(filestat(&world, fd), words([0; 8]));
    }
    assert_eq!(filestat(&world, 9), Err(8));
}

#[test]
fn times_that_do_not_fit_are_at_the_end_of_what_does() {
    let world = World::new();
    let (inode, fd) = world.file(b"");
    let shown = |time: Option<Instant>| {
        change(&world, inode, |file| file.access = time);
        filestat(&world, fd).expect("a filestat")[40..48].to_vec()
    };
    let expected = |nanoseconds: u64| nanoseconds.to_le_bytes();
    assert_eq!(shown(None), expected(0));
    assert_eq!(shown(Some((0, 0))), expected(0));
    assert_eq!(shown(Some((-1, 0))), expected(0));
    assert_eq!(
        shown(Some((-1, 500_000_000))),
        expected(0),
        "half a second before 1970"
    );
    assert_eq!(shown(Some((i64::MIN, 1))), expected(0));
    let last = (18_446_744_073, 709_551_615);
    assert_eq!(shown(Some(last)), expected(u64::MAX));
    assert_eq!(shown(Some((last.0, last.1 + 1))), expected(u64::MAX));
    assert_eq!(shown(Some((i64::MAX, 0))), expected(u64::MAX));
}

#[test]
fn every_type_of_file_has_its_number() {
    let world = World::new();
    let expected = [1, 2, 3, 0, 7, 4, 6, 0];
    for (case, filetype) in (0..).zip(expected) {
        let name = format!("odd{case}");
        let kind = Kind::Odd(case, None);
        world.host().disk.borrow_mut().put(&name, kind);
        let shown = filestat_at(&world, 0, &name).expect("a filestat");
        assert_eq!(shown[16..24], u64::to_le_bytes(filetype), "case {case}");
        let fd = world.open(&name);
        let to = world.room(24);
        assert_eq!(world.run(world.wasi.fd_fdstat_get(fd, to)), Ok(()));
        assert_eq!(u64::from(world.host().load8(to)), filetype);
    }
}

#[test]
fn a_type_that_the_host_puts_in_words_leaves_no_room_taken() {
    let world = World::new();
    let kind = Kind::Odd(7, Some("a door"));
    world.host().disk.borrow_mut().put("door", kind);
    let fd = world.open("door");
    assert_eq!(filestat(&world, fd).expect("a filestat")[16], 0);
    assert_eq!(filestat_at(&world, 0, "door").expect("a filestat")[16], 0);
    let to = world.room(24);
    assert_eq!(world.run(world.wasi.fd_fdstat_get(fd, to)), Ok(()));
    assert_eq!(world.seek(fd, 0, 2), Ok(0));
    let plan = &world.host().plan;
    plan.set("metadata-hash-at", &[Step::Fail(code::NO_ENTRY)]);
    assert_eq!(filestat_at(&world, 0, "door"), Err(44));
    let fd = world.open("door");
    plan.set("metadata-hash", &[Step::Fail(code::IO)]);
    assert_eq!(filestat(&world, fd), Err(29));
}

#[test]
fn an_error_in_words_leaves_no_room_taken() {
    let world = World::new();
    let (_, fd) = world.file(b"");
    let plan = &world.host().plan;
    for call in [
        "stat",
        "metadata-hash",
        "stat-at",
        "metadata-hash-at",
        "get-type",
    ] {
        plan.set(call, &[Step::Fail(code::OTHER)]);
    }
    assert_eq!([(); 2].map(|()| filestat(&world, fd)), [Err(29), Err(29)]);
    let at = [(); 2].map(|()| filestat_at(&world, 0, "file"));
    assert_eq!(at, [Err(29), Err(29)]);
    let to = world.room(24);
    assert_eq!(world.run(world.wasi.fd_fdstat_get(fd, to)), Err(29));
}

#[test]
fn a_filestat_by_path_follows_a_link_when_it_is_to() {
    let world = World::new();
    let inode = world.put("file", b"abc");
    let link = Kind::Link("file".to_owned());
    let link = world.host().disk.borrow_mut().put("link", link);
    assert_eq!(
        filestat_at(&world, 1, "link"),
        words([1, hash(inode), 4, 1, 3, 0, 0, 0])
    );
    assert_eq!(
        filestat_at(&world, 0, "link"),
        words([1, hash(link), 7, 1, 0, 0, 0, 0])
    );
    assert_eq!(
        filestat_at(&world, 2, "link"),
        filestat_at(&world, 0, "link")
    );
    assert_eq!(filestat_at(&world, 0, "none"), Err(44));
}

#[test]
fn times_are_set_to_what_is_said_or_to_now_or_stay() {
    const BEFORE: Option<Instant> = Some((1, 1));
    let now = Some((1_700_000_000, 5));
    let said = [Some((7, 8)), Some((9, 10))];
    for flags in 0..16_u32 {
        let world = World::new();
        let (inode, fd) = world.file(b"");
        let times = Times {
            access: 7 * SECOND + 8,
            modification: 9 * SECOND + 10,
            flags,
        };
        let expected = |shift: u32, said| match flags >> shift & 3 {
            0 => Ok(BEFORE),
            1 => Ok(said),
            2 => Ok(now),
            _ => Err(INVAL),
        };
        let expected = [expected(0, said[0]), expected(2, said[1])];
        let reset = || {
            change(&world, inode, |file| {
                file.access = BEFORE;
                file.modification = BEFORE;
            });
        };
        let check = |ended: Ended| {
            let file = world.host().disk.borrow().get(inode).clone();
            match expected {
                [Ok(access), Ok(modification)] => {
                    assert_eq!(ended, Ok(()), "{flags}");
                    assert_eq!([file.access, file.modification], [access, modification]);
                }
                _ => assert_eq!(ended, Err(INVAL), "{flags}"),
            }
        };
        reset();
        check(world.run(world.wasi.fd_filestat_set_times(fd, times)));
        reset();
        let path = world.path(ROOT, "file");
        check(world.run(world.wasi.path_filestat_set_times(0, path, times)));
    }
}

#[test]
fn times_make_sense_before_they_are_set() {
    let world = World::new();
    let (_, fd) = world.file(b"");
    let times = Times {
        access: 0,
        modification: 0,
        flags: 16,
    };
    assert_eq!(
        world.run(world.wasi.fd_filestat_set_times(fd, times)),
        Err(INVAL)
    );
    assert_eq!(
        world.run(world.wasi.fd_filestat_set_times(0, times)),
        Err(INVAL)
    );
    assert_eq!(world.host().plan.count("set-times"), 0);
}

#[test]
fn times_by_path_are_set_of_a_link_or_of_what_it_leads_to() {
    let world = World::new();
    let inode = world.put("file", b"");
    let link = Kind::Link("file".to_owned());
    let link = world.host().disk.borrow_mut().put("link", link);
    let set = |lookup, access| {
        let times = Times {
            access,
            modification: 0,
            flags: 1,
        };
        let path = world.path(ROOT, "link");
        let set = world.wasi.path_filestat_set_times(lookup, path, times);
        assert_eq!(world.run(set), Ok(()));
    };
    set(1, 3 * SECOND);
    set(0, u64::MAX);
    let access = |inode| world.host().disk.borrow().get(inode).access;
    assert_eq!(access(inode), Some((3, 0)));
    assert_eq!(access(link), Some((18_446_744_073, 709_551_615)));
}

#[test]
fn a_size_is_set() {
    let world = World::new();
    let (inode, fd) = world.file(b"abc");
    for (size, bytes) in [(5, &b"abc\0\0"[..]), (1, b"a"), (0, b"")] {
        assert_eq!(world.run(world.wasi.fd_filestat_set_size(fd, size)), Ok(()));
        assert_eq!(world.on_disk(inode), bytes);
    }
    assert_eq!(world.run(world.wasi.fd_filestat_set_size(1, 0)), Err(INVAL));
    assert_eq!(world.run(world.wasi.fd_filestat_set_size(9, 0)), Err(8));
}

#[test]
fn advice_is_passed_on() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let offset = 0x1_2345_6789;
    for advice in 0..6 {
        let advised = world.wasi.fd_advise(fd, offset, 7, advice);
        assert_eq!(world.run(advised), Ok(()));
        assert_eq!(world.host().params.take(), format!("{offset} 7 {advice}"));
    }
    assert_eq!(world.run(world.wasi.fd_advise(fd, 0, 0, 6)), Err(INVAL));
    assert_eq!(world.run(world.wasi.fd_advise(0, 0, 0, 0)), Err(70));
}

#[test]
fn a_file_is_synchronised() {
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    assert_eq!(world.run(world.wasi.fd_sync(fd)), Ok(()));
    assert_eq!(world.run(world.wasi.fd_datasync(fd)), Ok(()));
    assert_eq!(world.host().plan.count("sync-data"), 1);
    assert_eq!(world.run(world.wasi.fd_sync(1)), Err(INVAL));
    assert_eq!(world.run(world.wasi.fd_datasync(1)), Err(INVAL));
}

#[test]
fn a_file_is_made_longer_and_never_shorter() {
    let world = World::new();
    let (inode, fd) = world.file(b"abc");
    let allocate = |offset, len| world.run(world.wasi.fd_allocate(fd, offset, len));
    assert_eq!(world.read(fd, 9), Ok(b"abc".to_vec()));
    for (offset, len) in [(0, 1), (0, 3), (2, 1)] {
        assert_eq!(allocate(offset, len), Ok(()));
    }
    assert_eq!(world.host().plan.count("set-size"), 0);
    assert_eq!(allocate(2, 3), Ok(()));
    assert_eq!(world.on_disk(inode), b"abc\0\0");
    assert_eq!(world.read(fd, 9), Ok(vec![0; 2]), "a read sees them");
    assert_eq!(allocate(7, 1), Ok(()));
    assert_eq!(world.on_disk(inode), b"abc\0\0\0\0\0");
    assert_eq!(world.tell(fd), Ok(5), "the offset has stayed");
    world.host().plan.set("set-size", &[FULL]);
    assert_eq!(allocate(0, 9), Err(51));
    world.host().plan.set("stat", &[FULL]);
    assert_eq!(allocate(0, 9), Err(51));
    assert_eq!(world.on_disk(inode).len(), 8);
}

#[test]
fn a_length_that_makes_no_sense_is_refused_unasked() {
    const MAX: u64 = i64::MAX.cast_unsigned();
    const FBIG: u16 = 22;
    let world = World::new();
    let (_, fd) = world.file(b"abc");
    let allocate = |fd, offset, len| world.run(world.wasi.fd_allocate(fd, offset, len));
    assert_eq!(allocate(fd, 0, 0), Err(INVAL));
    assert_eq!(allocate(fd, 9, 0), Err(INVAL));
    for (offset, len) in [(MAX, 1), (1, MAX), (u64::MAX, 1), (0, MAX + 1)] {
        assert_eq!(allocate(fd, offset, len), Err(FBIG));
    }
    assert_eq!(allocate(0, 0, 1), Err(8), "not open to be written");
    assert_eq!(allocate(1, 0, 1), Err(70));
    assert_eq!(allocate(9, 0, 1), Err(8));
    let set = world.wasi.fd_fdstat_set_rights(fd, Rights::READ, 0);
    assert_eq!(set, Ok(()));
    assert_eq!(allocate(fd, 0, 9), Err(8));
    assert_eq!(world.host().plan.count("stat"), 0);
}
