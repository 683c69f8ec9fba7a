//! Descriptions of files.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixListener;

use wasmtime_wasi::FsPerms;
use wasmtime_wasi::p3::bindings::filesystem::types::{
    DescriptorStat, DescriptorType, ErrorCode, PathFlags,
};

use super::program::{Both, Program};
use super::scratch::Scratch;

const FOLLOW: PathFlags = PathFlags::SYMLINK_FOLLOW;

fn plain() -> PathFlags {
    PathFlags::empty()
}

/// A folder with files, links within and links that lead out.
fn scratch(test: &str) -> Scratch {
    let scratch = Scratch::new(test);
    scratch.write("file");
    scratch.make_folder("folder");
    scratch.write("folder/below");
    fs::hard_link(scratch.path("file"), scratch.path("second")).expect("a file system with links");
    fs::write(scratch.around().join("secret"), "").expect("there is room");
    for (name, to) in [
        ("to-file", "file"),
        ("to-folder", "folder"),
        ("to-link", "to-file"),
        ("folder/up", "../file"),
        ("folder/out", "../../secret"),
        ("out", "../secret"),
        ("around", ".."),
        ("back", "../inner/file"),
        ("root", "/"),
        ("absolute", "/etc/passwd"),
        ("magic", "/proc/self/root"),
        ("loop", "loop"),
        ("ping", "pong"),
        ("pong", "ping"),
        ("dangling", "missing"),
    ] {
        scratch.link(name, to);
    }
    scratch.link("home", scratch.path("file"));
    scratch
}

/// Paths that do not end in a slash, or in a slash and a dot.
const PATHS: [&str; 58] = [
    "",
    ".",
    "..",
    "/",
    "//",
    "file",
    "second",
    "folder",
    "missing",
    "./file",
    "../inner/file",
    "../secret",
    "../missing",
    "/etc/passwd",
    "/missing",
    "folder/below",
    "folder//below",
    "folder/./below",
    "folder/missing",
    "folder/..",
    "folder/../file",
    "folder/../..",
    "folder/../../secret",
    "folder/../../inner/file",
    "file/below",
    "file/..",
    "missing/below",
    "missing/..",
    "to-file",
    "to-file/below",
    "to-folder",
    "to-folder/below",
    "to-folder/..",
    "to-link",
    "folder/up",
    "folder/out",
    "out",
    "around",
    "around/secret",
    "around/inner/file",
    "back",
    "home",
    "root",
    "root/etc/passwd",
    "absolute",
    "magic",
    "magic/etc/passwd",
    "loop",
    "loop/below",
    "ping",
    "folder/../ping",
    "dangling",
    "dangling/below",
    "a\0b",
    "file\0",
    "folder/a\0b",
    "a\\b",
    "\u{e4}",
];

/// What both say, but for the time of the last change, in whose place Wasmtime
/// has that of the creation.
fn words(both: Both<DescriptorStat>) -> [String; 2] {
    let unchanged = |stat| DescriptorStat {
        status_change_timestamp: None,
        ..stat
    };
    Both {
        ours: both.ours.map(unchanged),
        theirs: both.theirs.map(unchanged),
    }
    .words()
}

#[test]
fn a_path_means_what_it_means_to_wasmtime() {
    let scratch = scratch("paths");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadWrite);
    let long = ["n".repeat(255), "n".repeat(256), "a/".repeat(2100) + "b"];
    for path in PATHS.into_iter().chain(long.iter().map(String::as_str)) {
        for flags in [plain(), FOLLOW] {
            let [ours, theirs] = words(program.stat_at(folder, flags, path));
            assert_eq!(ours, theirs, "stat of {path:?}, {flags:?}");
            // This one takes what the function before it has found.
            let [ours, theirs] = program.metadata_hash_at(folder, flags, path).words();
            assert_eq!(ours, theirs, "hash of {path:?}, {flags:?}");
            let [ours, theirs] = program.metadata_hash_at(folder, flags, path).words();
            assert_eq!(ours, theirs, "second hash of {path:?}, {flags:?}");
        }
    }
}

#[test]
fn nothing_outside_the_folder_is_found() {
    let scratch = scratch("outside");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadWrite);
    for path in [
        "..",
        "../secret",
        "/",
        "/etc/passwd",
        "out",
        "out/",
        "folder/out",
        "around",
        "around/",
        "around/.",
        "around/secret",
        "around/inner/file",
        "home",
        "root",
        "root/",
        "root/etc/passwd",
        "absolute",
        "magic",
        "magic/",
        "folder/../../secret",
    ] {
        let found = program.stat_at(folder, FOLLOW, path).ours;
        assert!(
            matches!(found, Err(ErrorCode::NotPermitted)),
            "{path}: {found:?}"
        );
        let found = program.metadata_hash_at(folder, FOLLOW, path).ours;
        assert!(
            matches!(found, Err(ErrorCode::NotPermitted)),
            "{path}: {found:?}"
        );
    }
}

#[test]
fn links_that_go_round_are_a_loop() {
    let scratch = scratch("loops");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadWrite);
    for path in ["loop", "loop/", "ping", "pong/below", "folder/../loop"] {
        let found = program.stat_at(folder, FOLLOW, path).ours;
        assert!(matches!(found, Err(ErrorCode::Loop)), "{path}: {found:?}");
    }
}

#[test]
fn a_path_that_ends_in_a_slash_names_a_folder() {
    let scratch = scratch("slashes");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadWrite);
    for flags in [plain(), FOLLOW] {
        for path in [
            "folder/",
            "folder//",
            "folder/.",
            "to-folder/",
            "to-folder/.",
            "./",
        ] {
            let found = program.stat_at(folder, flags, path).ours.expect(path);
            assert!(matches!(found.type_, DescriptorType::Directory), "{path}");
        }
        for path in ["file/", "file/.", "to-file/", "to-link//", "folder/below/"] {
            let found = program.stat_at(folder, flags, path).ours;
            assert!(
                matches!(found, Err(ErrorCode::NotDirectory)),
                "{path}: {found:?}"
            );
        }
        for path in ["missing/", "dangling/", "missing/."] {
            let found = program.stat_at(folder, flags, path).ours;
            assert!(
                matches!(found, Err(ErrorCode::NoEntry)),
                "{path}: {found:?}"
            );
        }
    }
}

#[test]
fn a_file_is_no_folder() {
    let scratch = scratch("no-folder");
    let mut program = Program::new();
    let file = program.file(File::open(scratch.path("file")).expect("it is there"));
    for path in ["", ".", "below", "/"] {
        let [ours, theirs] = words(program.stat_at(file, plain(), path));
        assert_eq!(ours, theirs);
        let [ours, theirs] = program.metadata_hash_at(file, plain(), path).words();
        assert_eq!(ours, theirs);
    }
}

#[test]
fn one_file_has_one_number() {
    let scratch = scratch("numbers");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadOnly);
    let file = program.file(File::open(scratch.path("file")).expect("it is there"));
    let [number, theirs] = program.metadata_hash(file).words();
    assert_eq!(number, theirs);
    for path in ["file", "second", "to-file", "folder/up", "./file"] {
        let both = program.metadata_hash_at(folder, FOLLOW, path);
        assert_eq!(
            both.words(),
            [&number, &number].map(String::clone),
            "{path}"
        );
    }
    let [other, _] = program.metadata_hash_at(folder, plain(), "to-file").words();
    assert_ne!(other, number);

    let [number, theirs] = program.metadata_hash(folder).words();
    assert_eq!(number, theirs);
    let [same, _] = program.metadata_hash_at(folder, plain(), ".").words();
    assert_eq!(same, number);
}

#[test]
fn handles_are_described_as_by_wasmtime() {
    let scratch = scratch("handles");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadOnly);
    let file = program.file(File::open(scratch.path("file")).expect("it is there"));
    let null = program.file(File::open("/dev/null").expect("it is there"));
    for handle in [folder, file, null] {
        let [ours, theirs] = words(program.stat(handle));
        assert_eq!(ours, theirs);
        let [ours, theirs] = program.get_type(handle).words();
        assert_eq!(ours, theirs);
    }
}

#[test]
fn a_change_has_its_time() {
    let scratch = scratch("changes");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadOnly);
    let file = File::open(scratch.path("file")).expect("it is there");
    let known = file.metadata().expect("it is open");
    let file = program.file(file);
    for found in [
        program.stat(file).ours,
        program.stat_at(folder, plain(), "file").ours,
        program.stat_at(folder, FOLLOW, "folder/up").ours,
    ] {
        let changed = found.expect("it is there").status_change_timestamp;
        let changed = changed.expect("the system keeps it");
        assert_eq!(changed.seconds, known.ctime());
        assert_eq!(i64::from(changed.nanoseconds), known.ctime_nsec());
    }
}

#[test]
fn pipes_and_sockets_have_their_kinds() {
    let scratch = Scratch::new("kinds-at");
    let _socket = UnixListener::bind(scratch.path("socket")).expect("a short path");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadOnly);
    let found = program
        .stat_at(folder, plain(), "socket")
        .ours
        .expect("it is there");
    assert!(matches!(found.type_, DescriptorType::Socket));
    let (pipe, _writer) = std::io::pipe().expect("the process may have more files");
    let pipe = program.file(File::from(std::os::fd::OwnedFd::from(pipe)));
    let found = program.get_type(pipe).ours.expect("it is open");
    assert!(matches!(found, DescriptorType::Fifo));
}

#[test]
fn a_removal_lets_nothing_old_be_told() {
    let scratch = scratch("old");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadWrite);
    program
        .stat_at(folder, plain(), "file")
        .ours
        .expect("it is there");
    program
        .rename_at(folder, "folder/below", "file")
        .expect("both are there");
    let [ours, theirs] = program.metadata_hash_at(folder, plain(), "file").words();
    assert_eq!(ours, theirs);
    program
        .stat_at(folder, plain(), "file")
        .ours
        .expect("it is there");
    program
        .unlink_file_at(folder, "file")
        .ours
        .expect("it is there");
    let [ours, theirs] = program.metadata_hash_at(folder, plain(), "file").words();
    assert_eq!(ours, theirs);
    assert_eq!(ours, "Err(ErrorCode::NoEntry)");
}
