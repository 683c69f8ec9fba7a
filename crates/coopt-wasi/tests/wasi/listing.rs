//! The entries of a directory.

use coopt_wasi::{Memory as _, Span};

use crate::call::{Call, Ended};
use crate::host::disk::{Inode, Kind, code};
use crate::host::{GARBAGE, Step, hash};
use crate::world::{ROOT, World};

const HEAD: usize = 24;

/// Calls `fd_readdir`; the bytes that were filled.
fn read(world: &World, fd: u32, len: u32, cookie: u64) -> Ended<Vec<u8>> {
    let (to, used_at) = (world.room(len), world.room(4));
    world.run(
        world
            .wasi
            .fd_readdir(fd, Span::new(to, len), cookie, used_at),
    )?;
    let used = world.host().load32(used_at);
    assert!(used <= len, "more than there is room for");
    let rest = world.host().memory.bytes(to + used, len - used + 8);
    assert!(
        rest.iter().all(|byte| *byte == GARBAGE),
        "behind the bytes used"
    );
    Ok(world.host().memory.bytes(to, used))
}

/// An entry: the cookie of the next, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    next: u64,
    bytes: Vec<u8>,
}

impl Entry {
    fn name(&self) -> &str {
        str::from_utf8(&self.bytes[HEAD..]).expect("a name is UTF-8")
    }

    fn inode(&self) -> u64 {
        u64::from_le_bytes(self.bytes[8..16].try_into().expect("eight bytes"))
    }

    fn filetype(&self) -> &[u8] {
        &self.bytes[20..24]
    }
}

/// Takes whole entries apart.
fn parse(mut bytes: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let next = bytes[..8].try_into().expect("eight bytes");
        let len = bytes[16..20].try_into().expect("four bytes");
        let (entry, rest) = bytes.split_at(HEAD + u32::from_le_bytes(len) as usize);
        entries.push(Entry {
            next: u64::from_le_bytes(next),
            bytes: entry.to_vec(),
        });
        bytes = rest;
    }
    entries
}

/// Reads all entries.
fn read_all(world: &World, fd: u32) -> Vec<Entry> {
    parse(&read(world, fd, 16_384, 0).expect("the directory is read"))
}

/// A directory with some entries; their names and numbers.
fn fill(world: &World) -> Vec<(String, Inode, u8)> {
    let mut disk = world.host().disk.borrow_mut();
    let dir = disk.put("dir", Kind::Directory(Default::default()));
    let mut expected = vec![(".".to_owned(), dir, 3), ("..".to_owned(), dir, 3)];
    let kinds = [
        ("a", Kind::File(Vec::new()), 4),
        ("b-is-a-directory", Kind::Directory(Default::default()), 3),
        ("c-is-a-link", Kind::Link("a".to_owned()), 7),
        ("d-äöü", Kind::File(Vec::new()), 4),
        ("e-is-a-door", Kind::Odd(7, Some("a door")), 0),
    ];
    for (name, kind, filetype) in kinds {
        let inode = disk.put(&format!("dir/{name}"), kind);
        expected.push((name.to_owned(), inode, filetype));
    }
    expected
}

#[test]
fn entries_have_names_types_and_numbers() {
    let world = World::new();
    let expected = fill(&world);
    let fd = world.open("dir");
    let entries = read_all(&world, fd);
    assert_eq!(entries.len(), expected.len());
    for (entry, (name, inode, filetype)) in entries.iter().zip(expected) {
        assert_eq!(entry.name(), name);
        assert_eq!(entry.filetype(), [filetype, 0, 0, 0], "{name}");
        if name != ".." {
            assert_eq!(entry.inode(), hash(inode), "{name}");
        }
    }
    let last = entries.last().expect("there are some").next;
    assert_eq!(read(&world, fd, 100, last), Ok(Vec::new()));
}

#[test]
fn an_empty_directory_has_itself_and_its_parent() {
    let world = World::new();
    let entries = read_all(&world, ROOT);
    let names: Vec<_> = entries.iter().map(Entry::name).collect();
    assert_eq!(names, [".", ".."]);
}

#[test]
fn a_buffer_of_any_size_gets_the_same_bytes_from_any_cookie() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    let entries = read_all(&world, fd);
    for len in 0..=100 {
        for first in 0..entries.len() {
            let cookie = first
                .checked_sub(1)
                .map_or(0, |before| entries[before].next);
            let mut expected: Vec<u8> = Vec::new();
            for entry in &entries[first..] {
                expected.extend(&entry.bytes);
            }
            expected.truncate(len);
            let got = read(&world, fd, len as u32, cookie);
            assert_eq!(got, Ok(expected), "{len} bytes from {first}");
            world.free_room();
        }
    }
}

#[test]
fn a_program_that_goes_from_entry_to_entry_sees_each_once() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    let all = read_all(&world, fd);
    for len in 41..=100 {
        let mut seen = Vec::new();
        let mut cookie = 0;
        loop {
            let bytes = read(&world, fd, len, cookie).expect("the directory is read");
            let is_last = (bytes.len() as u32) < len;
            seen.extend(parse_whole(&bytes));
            if is_last {
                break;
            }
            cookie = seen.last().expect("the buffer has room for one").next;
            world.free_room();
        }
        assert_eq!(seen, all, "{len} bytes");
    }
}

/// Takes entries apart, of which the last may be cut off.
fn parse_whole(bytes: &[u8]) -> Vec<Entry> {
    let mut len = 0;
    while let Some(head) = bytes.get(len..len + HEAD) {
        let name_len = u32::from_le_bytes(head[16..20].try_into().expect("four bytes"));
        match len + HEAD + name_len as usize {
            next if next <= bytes.len() => len = next,
            _ => break,
        }
    }
    parse(&bytes[..len])
}

#[test]
fn many_entries_are_all_there_however_the_host_gives_them() {
    let in_parts = [Step::Part(1), Step::Part(2), Step::Part(30)];
    for steps in [&[][..], &in_parts, &[Step::Later, Step::Later]] {
        let world = World::new();
        let names: Vec<_> = (0..100).map(|number| format!("file{number:03}")).collect();
        for name in &names {
            world.put(name, b"");
        }
        world.host().plan.set("entries", steps);
        let entries = read_all(&world, ROOT);
        let read: Vec<_> = entries.iter().skip(2).map(Entry::name).collect();
        assert_eq!(read, names);
    }
}

#[test]
fn an_end_that_comes_with_the_last_entries_is_an_end() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    world.host().plan.set("entries", &[Step::Last(5)]);
    assert_eq!(read_all(&world, fd).len(), 7);
}

#[test]
fn an_error_of_the_listing_is_told() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    for step in [Step::Fail(code::IO), Step::Fail(code::OTHER)] {
        world.host().plan.set("entries", &[step]);
        assert_eq!(read(&world, fd, 1000, 0), Err(29));
    }
    world
        .host()
        .plan
        .set("entries", &[Step::PartThenFail(2, code::IO)]);
    let bytes = read(&world, fd, 1000, 0);
    assert!(bytes == Err(29) || bytes.is_ok_and(|bytes| bytes.len() < 200));
    assert_eq!(read_all(&world, fd).len(), 7, "and again");
}

#[test]
fn an_entry_that_has_gone_since_is_left_out() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    let gone = Step::Fail(code::NO_ENTRY);
    world.host().plan.set("metadata-hash-at", &[gone]);
    assert_eq!(read_all(&world, fd).len(), 6);
}

#[test]
fn what_is_no_directory_has_no_entries() {
    let world = World::new();
    let (_, fd) = world.file(b"");
    assert_eq!(read(&world, fd, 100, 0), Err(54));
    assert_eq!(read(&world, 0, 100, 0), Err(54));
    assert_eq!(read(&world, 9, 100, 0), Err(8));
}

#[test]
fn a_listing_that_begins_anew_shows_what_has_changed() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    assert_eq!(read_all(&world, fd).len(), 7);
    world.put("dir/z-is-new", b"");
    let entries = read_all(&world, fd);
    assert_eq!(entries.last().map(Entry::name), Some("z-is-new"));
}

#[test]
fn two_that_list_one_directory_each_see_all_of_it() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    let all: Vec<u8> = read_all(&world, fd)
        .into_iter()
        .flat_map(|entry| entry.bytes)
        .collect();
    world.host().plan.otherwise(|_| Step::Later);
    let rooms = [(); 2].map(|()| (world.room(1000), world.room(4)));
    let mut calls = rooms.map(|(to, used_at)| {
        Call::begin(world.wasi.fd_readdir(fd, Span::new(to, 1000), 0, used_at))
    });
    for call in &mut calls {
        assert_eq!(world.drive(call), Ok(()));
    }
    for (to, used_at) in rooms {
        let used = world.host().load32(used_at);
        assert_eq!(world.host().memory.bytes(to, used), all);
    }
}

/// Removes a file behind the layer's back.
fn remove(world: &World, directory: &str, name: &str) {
    let mut disk = world.host().disk.borrow_mut();
    let directory = disk.find(0, directory, false).expect("it is there");
    disk.entries(directory).expect("a directory").remove(name);
}

#[test]
fn a_program_may_remove_what_it_finds() {
    let world = World::new();
    let names: Vec<_> = (0..40).map(|number| format!("file{number:02}")).collect();
    for name in &names {
        world.put(name, b"");
    }
    let mut seen = Vec::new();
    let mut cookie = 0;
    loop {
        let bytes = read(&world, ROOT, 100, cookie).expect("the directory is read");
        for entry in parse_whole(&bytes) {
            cookie = entry.next;
            remove(&world, ".", entry.name());
            seen.push(entry.name().to_owned());
        }
        if bytes.len() < 100 {
            break;
        }
    }
    assert_eq!(seen[2..], names);
    assert_eq!(world.host().plan.count("read-directory"), 1);
}

#[test]
fn a_cookie_stays_where_it_was_whatever_comes_and_goes() {
    let world = World::new();
    fill(&world);
    let fd = world.open("dir");
    let all = read_all(&world, fd);
    remove(&world, "dir", "a");
    world.put("dir/a-is-new", b"");
    remove(&world, "dir", "c-is-a-link");
    let from = |cookie| parse(&read(&world, fd, 1000, cookie).expect("it is read"));
    // Those that are still there, behind the directory itself and its parent.
    let rest = [3, 5, 6].map(|place| all[place].clone());
    assert_eq!(from(all[1].next), rest);
    assert_eq!(from(all[2].next), rest);
    assert_eq!(from(all[3].next), rest[1..]);
    assert_eq!(from(all[4].next), rest[1..]);
    assert_eq!(from(all[6].next), []);
    let names: Vec<_> = from(0)
        .iter()
        .map(|entry| entry.name().to_owned())
        .collect();
    assert_eq!(names.len(), 6, "from the beginning: {names:?}");
    assert_eq!(names[2], "a-is-new");
}

#[test]
fn a_cookie_of_another_descriptor_is_a_place_too() {
    let world = World::new();
    fill(&world);
    let (one, other) = (world.open("dir"), world.open("dir"));
    let all = read_all(&world, one);
    let rest = read(&world, other, 1000, all[3].next).expect("it is read");
    assert_eq!(parse(&rest), all[4..]);
    for cookie in [7, 8, u64::from(u32::MAX), u64::MAX] {
        assert_eq!(read(&world, other, 1000, cookie), Ok(Vec::new()));
    }
}

#[test]
fn a_listing_during_which_an_entry_goes_is_begun_anew() {
    let gone = Step::PartThenFail(2, code::NO_ENTRY);
    for (attempts, expected) in [(1, Ok(7)), (99, Ok(7)), (100, Err(44))] {
        let world = World::new();
        fill(&world);
        let fd = world.open("dir");
        world.host().plan.set("entries", &vec![gone; attempts]);
        let listed = read(&world, fd, 1000, 0).map(|bytes| parse(&bytes).len());
        assert_eq!(listed, expected, "{attempts}");
        let begun = attempts + usize::from(expected.is_ok());
        assert_eq!(world.host().plan.count("read-directory"), begun);
        assert_eq!(read_all(&world, fd).len(), 7);
    }
}
