//! A call comes to the same whichever of its operations block.

use coopt_wasi::{Memory as _, Span, Times};

use crate::host::Step;
use crate::host::disk::Kind;
use crate::world::{APPEND, For, READ_WRITE, ROOT, Subscription, World};

/// What calls come to, in words.
pub type Scenario = fn(&World) -> String;

/// Runs a scenario in a world of its own, in which the operations of `mask` go on as `step` says;
/// what it comes to, and how many operations there were.
fn run(scenario: Scenario, mask: u32, step: Step) -> (String, u32) {
    let world = World::small(65_536);
    let counter = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = std::rc::Rc::clone(&counter);
    world.host().plan.otherwise(move |_| {
        let index = count.replace(count.get() + 1);
        if mask >> index & 1 == 1 {
            step
        } else {
            Step::Now
        }
    });
    world.wasi.open_preopens().expect("they open");
    let result = scenario(&world);
    (result, counter.get())
}

/// Runs a scenario with every subset of its operations blocking.
pub fn assert_same(scenario: Scenario) {
    const OPERATIONS_MAX: u32 = 11;
    let (expected, count) = run(scenario, 0, Step::Now);
    assert!((2..=OPERATIONS_MAX).contains(&count), "{count} operations");
    for step in [Step::Later, Step::LaterStart] {
        for mask in 1..1 << count {
            let (result, counted) = run(scenario, mask, step);
            assert_eq!(result, expected, "{step:?} {mask:b}");
            assert_eq!(counted, count, "{step:?} {mask:b}");
        }
    }
}

#[test]
fn reads_of_several_buffers_to_the_end() {
    assert_same(|world| {
        let (_, fd) = world.file(b"abcdef");
        let read = |lens: &[u32]| world.read_at(fd, lens, None);
        format!("{:?} {:?} {:?}", read(&[1, 2]), read(&[1, 9]), read(&[4]))
    });
}

#[test]
fn a_read_that_fails() {
    assert_same(|world| {
        let kind = Kind::Directory(Default::default());
        world.host().disk.borrow_mut().put("dir", kind);
        let fd = world.open("dir");
        format!("{:?}", world.read_at(fd, &[1, 2], Some(3)))
    });
}

#[test]
fn writes_of_several_pieces() {
    assert_same(|world| {
        let (inode, fd) = world.file(b"abcdef");
        let large = vec![b'x'; 16_384];
        let written = [
            world.write(fd, b"AB"),
            world.write_at(fd, &[b"C", &large, b"D"], None),
            world.write_at(fd, &[b"E", b"F"], Some(0)),
        ];
        let bytes = world.on_disk(inode);
        format!("{written:?} {:?} {}", &bytes[..8], bytes.len())
    });
}

#[test]
fn a_write_that_fails() {
    assert_same(|world| {
        let (inode, fd) = world.file(b"abc");
        // A file that has become something else takes nothing.
        let kind = Kind::Odd(0, None);
        world.host().disk.borrow_mut().get_mut(inode).kind = kind;
        format!("{:?} {:?}", world.write(fd, b"x"), world.tell(fd))
    });
}

#[test]
fn appends_and_the_offset_behind_them() {
    assert_same(|world| {
        let inode = world.put("file", b"abc");
        let mut open = READ_WRITE;
        open.fdflags = APPEND;
        let fd = world.open_at(ROOT, "file", open).expect("it opens");
        let results = [
            world.write(fd, b"d"),
            world.write_at(fd, &[b"e", b"f"], None),
        ];
        let offset = world.tell(fd);
        let read = world.read(fd, 1);
        format!("{results:?} {offset:?} {read:?} {:?}", world.on_disk(inode))
    });
}

#[test]
fn seeks_of_all_kinds() {
    assert_same(|world| {
        let (_, fd) = world.file(b"abcdef");
        let sought = [(0, 2), (-2, 1), (1, 0), (-9, 2)].map(|(by, from)| world.seek(fd, by, from));
        format!("{sought:?} {:?}", world.tell(fd))
    });
}

#[test]
fn what_is_known_of_files() {
    assert_same(|world| {
        let (_, fd) = world.file(b"abcdef");
        let to = world.room(192);
        let link = Kind::Link("file".to_owned());
        world.host().disk.borrow_mut().put("link", link);
        let by_path = |lookup, to| {
            world
                .wasi
                .path_filestat_get(lookup, world.path(ROOT, "link"), to)
        };
        let ended = [
            world.run(world.wasi.fd_filestat_get(fd, to)),
            world.run(by_path(1, to + 64)),
            world.run(by_path(0, to + 128)),
            world.run(world.wasi.fd_fdstat_get(fd, world.room(24))),
        ];
        format!("{ended:?} {:?}", world.host().memory.bytes(to, 192))
    });
}

#[test]
fn a_listing() {
    assert_same(|world| {
        world.put("one", b"");
        world.put("other", b"");
        let (to, used_at) = (world.room(300), world.room(4));
        let list = |cookie| {
            world
                .wasi
                .fd_readdir(ROOT, Span::new(to, 300), cookie, used_at)
        };
        let ended = world.run(list(0));
        let used = world.host().load32(used_at);
        format!("{ended:?} {:?}", world.host().memory.bytes(to, used))
    });
}

#[test]
fn calls_with_two_paths() {
    assert_same(|world| {
        world.put("file", b"abc");
        let at = |path| world.path(ROOT, path);
        let (to, used_at) = (Span::new(world.room(16), 16), world.room(4));
        let ended = [
            world.run(world.wasi.path_link(0, at("file"), at("hard"))),
            world.run(world.wasi.path_rename(at("hard"), at("moved"))),
            world.run(world.wasi.path_symlink(at("moved").path, at("soft"))),
            world.run(world.wasi.path_readlink(at("soft"), to, used_at)),
            world.run(world.wasi.path_unlink_file(at("file"))),
            world.run(world.wasi.path_unlink_file(at("file"))),
        ];
        let target = world
            .host()
            .memory
            .bytes(to.address, world.host().load32(used_at));
        let mut disk = world.host().disk.borrow_mut();
        format!("{ended:?} {target:?} {:?}", disk.entries(0))
    });
}

#[test]
fn calls_that_change_a_file() {
    assert_same(|world| {
        let (inode, fd) = world.file(b"abcdef");
        let times = Times {
            access: 1,
            modification: 2,
            flags: 5,
        };
        let path = world.path(ROOT, "file");
        let ended = [
            world.run(world.wasi.fd_filestat_set_size(fd, 2)),
            world.run(world.wasi.fd_filestat_set_times(fd, times)),
            world.run(world.wasi.path_filestat_set_times(1, path, times)),
            world.run(world.wasi.fd_sync(fd)),
            world.run(world.wasi.fd_datasync(fd)),
            world.run(world.wasi.fd_advise(fd, 0, 1, 2)),
        ];
        format!("{ended:?} {:?}", world.host().disk.borrow().get(inode))
    });
}

#[test]
fn standard_input_to_an_end_that_is_an_error() {
    assert_same(|world| {
        world.arrive(b"abc");
        world.input_ends(Err(1));
        let mut polling = world.begin_poll(&[Subscription(7, For::Readable(0))]);
        let polled = world.drive(&mut polling.call);
        let read = [2, 2, 2, 2].map(|len| world.read(0, len));
        format!("{polled:?} {:?} {read:?}", polling.events(world))
    });
}

#[test]
fn standard_output_that_fails() {
    assert_same(|world| {
        let written = |text: &[u8]| world.write_at(1, &[text, b"\n"], None);
        let first = written(b"abc");
        let steps = [Step::PartThenFail(2, 2), Step::Fail(2)];
        world.host().plan.set("write", &steps);
        let rest = [written(b"def"), written(b"ghi"), written(b"jkl")];
        format!("{first:?} {rest:?} {:?}", world.host().stdout.borrow())
    });
}
