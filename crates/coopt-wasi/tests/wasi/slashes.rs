//! Paths that end in slashes, or in a dot behind one.

use coopt_wasi::{Memory as _, Path};

use crate::call::Ended;
use crate::host::disk::Kind;
use crate::world::{ROOT, World};

const BADF: u16 = 8;
const ILSEQ: u16 = 25;
const INVAL: u16 = 28;
const ISDIR: u16 = 31;
const NAMETOOLONG: u16 = 37;
const NOENT: u16 = 44;
const NOTDIR: u16 = 54;
const NOTEMPTY: u16 = 55;

const ENDS: [&str; 7] = ["/", "//", "///", "/.", "/./", "/.//", "/././."];

/// A file, a directory with a file, and links to both.
fn fill(world: &World) {
    let mut disk = world.host().disk.borrow_mut();
    disk.put("dir", Kind::Directory(Default::default()));
    disk.put("dir/below", Kind::File(Vec::new()));
    disk.put("file", Kind::File(b"abc".to_vec()));
    for target in ["dir", "file", "none"] {
        let link = Kind::Link(target.to_owned());
        disk.put(&format!("to-{target}"), link);
    }
}

/// The type of what is at a path that is not followed.
fn filetype(world: &World, path: &str) -> Ended<u8> {
    let to = world.room(64);
    let path = world.path(ROOT, path);
    world.run(world.wasi.path_filestat_get(0, path, to))?;
    Ok(world.host().load8(to + 16))
}

fn unlink(world: &World, path: &str) -> Ended {
    world.run(world.wasi.path_unlink_file(world.path(ROOT, path)))
}

fn remove(world: &World, path: &str) -> Ended {
    world.run(world.wasi.path_remove_directory(world.path(ROOT, path)))
}

fn is_there(world: &World, path: &str) -> bool {
    world.host().disk.borrow_mut().find(0, path, false).is_ok()
}

#[test]
fn what_is_asked_for_by_a_slash_is_a_directory_also_behind_a_link() {
    let world = World::new();
    fill(&world);
    for end in ENDS {
        let filetype = |name| filetype(&world, &format!("{name}{end}"));
        assert_eq!(filetype("dir"), Ok(3), "{end}");
        assert_eq!(filetype("to-dir"), Ok(3), "{end}");
        assert_eq!(filetype("file"), Err(NOTDIR), "{end}");
        assert_eq!(filetype("to-file"), Err(NOTDIR), "{end}");
        assert_eq!(filetype("none"), Err(NOENT), "{end}");
        assert_eq!(filetype("to-none"), Err(NOENT), "{end}");
    }
    for (path, expected) in [
        ("to-dir", Ok(7)),
        ("dir/below", Ok(4)),
        ("file", Ok(4)),
        ("", Err(NOENT)),
    ] {
        assert_eq!(filetype(&world, path), expected, "{path}");
    }
    for path in [".", "./", "/", "//", "/.", "/./"] {
        assert_eq!(filetype(&world, path), Ok(3), "{path}");
    }
}

#[test]
fn a_dot_that_ends_a_name_is_of_the_name() {
    let world = World::new();
    for name in ["file.", "a.b.", "..."] {
        world.put(name, b"");
        assert_eq!(filetype(&world, name), Ok(4), "{name}");
        assert_eq!(unlink(&world, &format!("{name}/")), Err(NOTDIR));
        assert_eq!(unlink(&world, name), Ok(()), "{name}");
    }
}

#[test]
fn nothing_is_unlinked_by_a_path_that_says_it_is_a_directory() {
    let world = World::new();
    fill(&world);
    for end in ENDS {
        let unlink = |name| unlink(&world, &format!("{name}{end}"));
        assert_eq!(unlink("file"), Err(NOTDIR), "{end}");
        assert_eq!(unlink("to-file"), Err(NOTDIR), "{end}");
        assert_eq!(unlink("to-dir"), Err(NOTDIR), "{end}");
        assert_eq!(unlink("dir"), Err(ISDIR), "{end}");
        assert_eq!(unlink("none"), Err(NOENT), "{end}");
    }
    assert_eq!(world.host().plan.count("unlink-file-at"), 0);
    assert_eq!(unlink(&world, "to-dir"), Ok(()), "the link itself");
    assert!(is_there(&world, "dir/below"));
}

#[test]
fn a_directory_is_not_removed_by_a_dot() {
    let world = World::new();
    fill(&world);
    for end in ["/.", "/./", "/.//", "/././.", "//.", "/.///"] {
        for name in ["dir", "none", "file"] {
            assert_eq!(remove(&world, &format!("{name}{end}")), Err(INVAL));
        }
    }
    assert_eq!(world.host().plan.count("remove-directory-at"), 0);
}

#[test]
fn a_directory_is_removed_whatever_slashes_follow() {
    for end in ["", "/", "//", "///"] {
        let world = World::new();
        fill(&world);
        let remove = |name| remove(&world, &format!("{name}{end}"));
        assert_eq!(remove("file"), Err(NOTDIR), "{end}");
        assert_eq!(remove("to-dir"), Err(NOTDIR), "{end}");
        assert_eq!(remove("none"), Err(NOENT), "{end}");
        assert_eq!(remove("dir"), Err(NOTEMPTY), "{end}");
        assert_eq!(unlink(&world, "dir/below"), Ok(()));
        assert_eq!(remove("dir"), Ok(()), "{end}");
        assert!(!is_there(&world, "dir"));
    }
}

/// What the calls come to that look at slashes.
fn all_of(world: &World, path: Path) -> [Ended; 3] {
    [
        world.run(world.wasi.path_remove_directory(path)),
        world.run(world.wasi.path_unlink_file(path)),
        world.run(world.wasi.path_filestat_get(0, path, world.room(64))),
    ]
}

#[test]
fn a_path_with_slashes_is_refused_for_what_any_path_is() {
    let world = World::new();
    fill(&world);
    let long = format!("dir{}", "/".repeat(4093));
    let ended = |path: &str| all_of(&world, world.path(ROOT, path));
    assert_eq!(ended(&long), [Err(NAMETOOLONG); 3]);
    assert_eq!(ended(&long[..4095]), [Err(NOTEMPTY), Err(ISDIR), Ok(())]);
    for end in ["/", "/."] {
        let path = format!("dir{end}");
        assert_eq!(all_of(&world, world.path(99, &path)), [Err(BADF); 3]);
        assert_eq!(all_of(&world, world.path(0, &path)), [Err(NOTDIR); 3]);
        let path = Path {
            fd: ROOT,
            path: world.bytes(&[b"\xFF", end.as_bytes()].concat()),
        };
        assert_eq!(all_of(&world, path), [Err(ILSEQ); 3], "{end}");
    }
}
