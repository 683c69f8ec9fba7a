//! What is done with paths.

use coopt_wasi::{Memory as _, OpenAt, Path, Rights, Span};

use crate::call::Ended;
use crate::host::Step;
use crate::host::disk::{Kind, code};
use crate::world::{READ_WRITE, ROOT, World};

const BADF: u16 = 8;
const EXIST: u16 = 20;
const ILSEQ: u16 = 25;
const INVAL: u16 = 28;
const ISDIR: u16 = 31;
const NAMETOOLONG: u16 = 37;
const NOENT: u16 = 44;
const NOTDIR: u16 = 54;
const NOTEMPTY: u16 = 55;

fn put_directory(world: &World, path: &str) {
    let kind = Kind::Directory(Default::default());
    world.host().disk.borrow_mut().put(path, kind);
}

fn put_link(world: &World, path: &str, target: &str) {
    let kind = Kind::Link(target.to_owned());
    world.host().disk.borrow_mut().put(path, kind);
}

/// What the host finds at a path that is not followed.
fn find(world: &World, path: &str) -> Result<usize, u8> {
    world.host().disk.borrow_mut().find(0, path, false)
}

/// What a path comes to that the host need not know.
fn unlink(world: &World, path: &[u8]) -> Ended {
    let path = Path {
        fd: ROOT,
        path: world.bytes(path),
    };
    world.run(world.wasi.path_unlink_file(path))
}

#[test]
fn a_path_has_a_byte_at_least_and_4095_at_most() {
    let world = World::new();
    assert_eq!(unlink(&world, b""), Err(NOENT));
    let long = "a/".repeat(2048);
    assert_eq!(unlink(&world, &long.as_bytes()[..4096]), Err(NAMETOOLONG));
    assert_eq!(world.host().plan.count("unlink-file-at"), 0);
    assert_eq!(unlink(&world, &long.as_bytes()[..4095]), Err(NOENT));
    assert_eq!(world.host().plan.count("unlink-file-at"), 1);
}

#[test]
fn a_path_that_is_no_utf8_never_reaches_the_host() {
    for len in 1..=40 {
        for at in 0..len {
            let world = World::small(65_536);
            world.wasi.open_preopens().expect("they open");
            let mut path = vec![b'a'; len];
            path[at] = 0xFF;
            assert_eq!(unlink(&world, &path), Err(ILSEQ), "{at} of {len}");
            path[at] = 0xC3;
            assert_eq!(unlink(&world, &path), Err(ILSEQ), "{at} of {len}");
        }
    }
}

#[test]
fn a_path_of_any_letters_reaches_the_host_wherever_they_stand() {
    for letter in ["ä", "€", "𝄞", "\u{7f}", "\0"] {
        for before in 0..18 {
            let world = World::new();
            let name = format!("{}{letter}end", "a".repeat(before));
            let inode = world.put(&name, b"x");
            assert_eq!(unlink(&world, name.as_bytes()), Ok(()), "{name}");
            assert_eq!(find(&world, &name), Err(code::NO_ENTRY));
            assert_eq!(world.on_disk(inode), b"x");
        }
    }
}

#[test]
fn a_path_starts_from_a_directory() {
    let world = World::new();
    assert_eq!(world.open_at(0, "a", READ_WRITE), Err(NOTDIR));
    assert_eq!(world.open_at(9, "a", READ_WRITE), Err(BADF));
    let (_, file) = world.file(b"");
    assert_eq!(world.open_at(file, "a", READ_WRITE), Err(NOTDIR));
    put_directory(&world, "dir");
    world.put("dir/below", b"below");
    let dir = world.open("dir");
    let below = world.open_at(dir, "below", READ_WRITE);
    assert_eq!(
        world.read(below.expect("it opens"), 9),
        Ok(b"below".to_vec())
    );
}

#[test]
fn an_opening_says_to_the_host_what_the_program_said() {
    let world = World::new();
    put_link(&world, "link", "file");
    world.put("file", b"");
    let opened = |lookup, oflags, base, fdflags| {
        let rights = Rights {
            base,
            inheriting: 0,
        };
        let open = OpenAt {
            lookup,
            oflags,
            rights,
            fdflags,
        };
        world.host().params.take();
        // Whether it opens is the host's to say.
        let _ = world.open_at(ROOT, "link", open);
        world.host().params.take()
    };
    let expected = |follow: bool, open_flags: u8, flags: u8| {
        format!(
            "Opening {{ follow: {follow}, path: \"link\", open_flags: {open_flags}, flags: {flags} }}"
        )
    };
    assert_eq!(opened(0, 0, 0, 0), expected(false, 0, 0));
    assert_eq!(opened(1, 0, Rights::READ, 0), expected(true, 0, 1));
    assert_eq!(opened(1, 8, Rights::WRITE, 0), expected(true, 8, 2));
    assert_eq!(
        opened(0xFFFF_FFFE, 15, Rights::ALL, 0),
        expected(false, 15, 3)
    );
    for (fdflags, flags) in [(1, 0), (2, 8), (4, 0), (8, 16), (16, 4), (31, 28)] {
        assert_eq!(opened(1, 0, 0, fdflags), expected(true, 0, flags));
    }
    assert_eq!(opened(0, 16, 0, 0), "", "a flag that there is none");
    assert_eq!(opened(0, 0, 0, 0x1_0000), "");
}

#[test]
fn a_file_is_made_and_emptied_and_not_made_twice() {
    let world = World::new();
    let open = |path: &str, oflags| {
        let mut open = READ_WRITE;
        open.oflags = oflags;
        world.open_at(ROOT, path, open)
    };
    assert_eq!(open("new", 0), Err(NOENT));
    let fd = open("new", 1 | 4).expect("it is made");
    assert_eq!(world.write(fd, b"abc"), Ok(3));
    assert_eq!(open("new", 1 | 4), Err(EXIST));
    assert_eq!(open("new", 2), Err(NOTDIR));
    let fd = open("new", 1).expect("it is there");
    assert_eq!(world.read(fd, 9), Ok(b"abc".to_vec()));
    let fd = open("new", 8).expect("it is there");
    assert_eq!(world.read(fd, 9), Ok(Vec::new()));
    assert_eq!(open("/", 2), Ok(7));
}

#[test]
fn an_opening_that_fails_opens_nothing() {
    let world = World::new();
    world.put("file", b"");
    for step in [Step::Fail(code::IO), Step::Fail(code::OTHER)] {
        world.host().plan.set("open-at", &[step]);
        assert_eq!(world.open_at(ROOT, "file", READ_WRITE), Err(29));
    }
    assert_eq!(world.open("file"), 4);
}

#[test]
fn directories_are_made_and_removed() {
    let world = World::new();
    let make = |path| world.run(world.wasi.path_create_directory(world.path(ROOT, path)));
    let remove = |path| world.run(world.wasi.path_remove_directory(world.path(ROOT, path)));
    assert_eq!(make("dir"), Ok(()));
    assert_eq!(make("dir"), Err(EXIST));
    assert_eq!(make("none/dir"), Err(NOENT));
    world.put("dir/file", b"");
    assert_eq!(remove("dir"), Err(NOTEMPTY));
    assert_eq!(remove("dir/file"), Err(NOTDIR));
    assert_eq!(unlink(&world, b"dir"), Err(ISDIR));
    assert_eq!(unlink(&world, b"dir/file"), Ok(()));
    assert_eq!(remove("dir"), Ok(()));
    assert_eq!(find(&world, "dir"), Err(code::NO_ENTRY));
}

#[test]
fn files_are_linked_and_renamed_between_directories() {
    let world = World::new();
    let inode = world.put("old", b"abc");
    put_directory(&world, "dir");
    put_link(&world, "link", "old");
    let dir = world.open("dir");
    let at = |fd, path| world.path(fd, path);
    let link =
        |lookup, old, new| world.run(world.wasi.path_link(lookup, at(ROOT, old), at(dir, new)));
    assert_eq!(link(0, "old", "hard"), Ok(()));
    assert_eq!(find(&world, "dir/hard"), Ok(inode));
    assert_eq!(link(1, "link", "followed"), Ok(()));
    assert_eq!(find(&world, "dir/followed"), Ok(inode));
    assert_eq!(link(0, "link", "itself"), Ok(()));
    assert_ne!(find(&world, "dir/itself"), Ok(inode));
    assert_eq!(link(0, "none", "x"), Err(NOENT));
    let rename = |old, new| world.run(world.wasi.path_rename(at(dir, old), at(ROOT, new)));
    assert_eq!(rename("hard", "moved"), Ok(()));
    assert_eq!(find(&world, "moved"), Ok(inode));
    assert_eq!(find(&world, "dir/hard"), Err(code::NO_ENTRY));
    assert_eq!(rename("hard", "moved"), Err(NOENT));
    assert_eq!(rename("", "moved"), Err(NOENT));
    assert_eq!(rename("followed", ""), Err(NOENT));
    let elsewhere = world.wasi.path_rename(at(dir, "followed"), at(0, "x"));
    assert_eq!(world.run(elsewhere), Err(NOTDIR));
}

#[test]
fn a_symbolic_link_is_made_and_read_and_cut_off_where_the_buffer_ends() {
    const TARGET: &str = "where/it/leads";
    let world = World::new();
    let target = world.bytes(TARGET.as_bytes());
    let made = world.wasi.path_symlink(target, world.path(ROOT, "link"));
    assert_eq!(world.run(made), Ok(()));
    for len in 0..=20 {
        let (to, used_at) = (world.room(len), world.room(4));
        let path = world.path(ROOT, "link");
        let read = world.wasi.path_readlink(path, Span::new(to, len), used_at);
        assert_eq!(world.run(read), Ok(()));
        let used = len.min(TARGET.len() as u32);
        assert_eq!(world.host().load32(used_at), used);
        let text = world.host().memory.bytes(to, used);
        assert_eq!(text, TARGET.as_bytes()[..used as usize]);
        let behind = world.host().memory.bytes(to + used, 8);
        assert_eq!(behind, [crate::host::GARBAGE; 8]);
    }
    world.put("file", b"");
    for (path, errno) in [("file", INVAL), ("none", NOENT)] {
        let to = Span::new(world.room(8), 8);
        let read = world
            .wasi
            .path_readlink(world.path(ROOT, path), to, world.room(4));
        assert_eq!(world.run(read), Err(errno));
    }
}

#[test]
fn a_link_that_leads_nowhere_is_read_as_nothing() {
    let world = World::new();
    put_link(&world, "link", "");
    let (to, used_at) = (Span::new(world.room(8), 8), world.room(4));
    let read = world
        .wasi
        .path_readlink(world.path(ROOT, "link"), to, used_at);
    assert_eq!(world.run(read), Ok(()));
    assert_eq!(world.host().load32(used_at), 0);
}

#[test]
fn a_function_that_begins_late_still_finds_its_parameters() {
    let world = World::new();
    world.put("old", b"abc");
    world.host().plan.otherwise(|_| Step::LaterStart);
    let fd = world.open("old");
    let rename = world
        .wasi
        .path_rename(world.path(ROOT, "old"), world.path(ROOT, "new"));
    assert_eq!(world.run(rename), Ok(()));
    assert!(find(&world, "new").is_ok());
    assert_eq!(world.run(world.wasi.fd_sync(fd)), Ok(()));
}

#[test]
fn directories_that_are_open_from_the_start_are_known_by_their_paths() {
    let world = World::small(65_536);
    put_directory(&world, "dir");
    let inode = find(&world, "dir").expect("it is there");
    world
        .host()
        .preopens
        .replace(vec![(0, "/"), (inode, "/dir"), (inode, "")]);
    world.wasi.open_preopens().expect("they open");
    for (fd, path) in [(3, "/"), (4, "/dir"), (5, "")] {
        let to = world.room(8);
        assert_eq!(world.wasi.fd_prestat_get(fd, to), Ok(()));
        let expected = (path.len() as u64) << 32;
        assert_eq!(world.host().load64(to), expected);
        let len = path.len() as u32;
        let to = world.room(len + 8);
        let name = |len| world.wasi.fd_prestat_dir_name(fd, Span::new(to, len));
        assert_eq!(name(len), Ok(()));
        assert_eq!(world.host().memory.bytes(to, len), path.as_bytes());
        assert_eq!(name(len + 8), Ok(()));
        assert_eq!(
            world.host().memory.bytes(to + len, 8),
            [crate::host::GARBAGE; 8]
        );
        if let Some(short) = len.checked_sub(1) {
            assert_eq!(name(short).map_err(|error| error.get()), Err(NAMETOOLONG));
        }
    }
    let opened = world.open("dir");
    for fd in [0, opened, 99] {
        let to = world.room(8);
        let got = world.wasi.fd_prestat_get(fd, to);
        assert_eq!(got.map_err(|error| error.get()), Err(BADF));
        let name = world.wasi.fd_prestat_dir_name(fd, Span::new(to, 8));
        assert_eq!(name.map_err(|error| error.get()), Err(BADF));
    }
}

#[test]
fn a_program_without_directories_has_none() {
    let world = World::small(65_536);
    world.host().preopens.replace(Vec::new());
    world.wasi.open_preopens().expect("there are none");
    assert_eq!(world.open_at(3, "a", READ_WRITE), Err(BADF));
}
