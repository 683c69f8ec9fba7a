//! Removals.

use wasmtime_wasi::FsPerms;
use wasmtime_wasi::p3::bindings::filesystem::types::ErrorCode;

use super::program::Program;
use super::scratch::Scratch;

fn scratch(test: &str) -> Scratch {
    let scratch = Scratch::new(test);
    scratch.write("file");
    scratch.make_folder("folder");
    scratch.write("folder/below");
    scratch.link("to-folder", "folder");
    scratch.link("to-file", "file");
    scratch.link("around", "..");
    scratch
}

#[test]
fn refusals_are_wasmtimes() {
    let scratch = scratch("refusals");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadWrite);
    for path in [
        "folder",
        "missing",
        "missing/below",
        "file/below",
        ".",
        "..",
        "/",
        "//",
        "",
        "../missing",
        "/missing",
        "around/missing",
        "a\0b",
    ] {
        let [ours, theirs] = program.unlink_file_at(folder, path).words();
        assert_eq!(ours, theirs, "unlink of {path:?}");
        assert!(ours.starts_with("Err"), "{path:?}: {ours}");
    }
    for path in [
        "folder",
        "file",
        "to-folder",
        "missing",
        "missing/below",
        "file/below",
        ".",
        "..",
        "/",
        "//",
        "",
        "../missing",
        "/missing",
        "around/missing",
        "a\0b",
    ] {
        let [ours, theirs] = program.remove_directory_at(folder, path).words();
        assert_eq!(ours, theirs, "rmdir of {path:?}");
        assert!(ours.starts_with("Err"), "{path:?}: {ours}");
    }
}

#[test]
fn nothing_is_removed_where_nothing_may_be() {
    let scratch = scratch("read-only");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadOnly);
    for path in ["file", "file/", "missing/", "folder/", "around/missing/"] {
        let [ours, theirs] = program.unlink_file_at(folder, path).words();
        assert_eq!(
            [ours.as_str(), &theirs],
            ["Err(ErrorCode::NotPermitted)"; 2]
        );
        let [ours, theirs] = program.remove_directory_at(folder, path).words();
        assert_eq!(
            [ours.as_str(), &theirs],
            ["Err(ErrorCode::NotPermitted)"; 2]
        );
    }
    assert!(scratch.path("file").exists());
}

#[test]
fn a_path_that_ends_in_a_slash_names_a_folder() {
    let scratch = scratch("slashes-removed");
    scratch.make_folder("empty");
    scratch.make_folder("other");
    let mut program = Program::new();
    let folder = program.folder(&scratch, FsPerms::ReadWrite);
    let mut unlink = |path| program.unlink_file_at(folder, path).ours;
    assert!(matches!(unlink("folder/"), Err(ErrorCode::IsDirectory)));
    for path in [
        "file/",
        "to-file/",
        "to-folder/",
        "to-folder//",
        "folder/below/",
    ] {
        let said = unlink(path);
        assert!(
            matches!(said, Err(ErrorCode::NotDirectory)),
            "{path}: {said:?}"
        );
    }
    assert!(matches!(unlink("missing/"), Err(ErrorCode::NoEntry)));
    assert!(matches!(
        unlink("around/missing/"),
        Err(ErrorCode::NotPermitted)
    ));

    let mut remove = |path| program.remove_directory_at(folder, path).ours;
    for path in ["file/", "to-file/", "to-folder/", "to-folder//"] {
        let said = remove(path);
        assert!(
            matches!(said, Err(ErrorCode::NotDirectory)),
            "{path}: {said:?}"
        );
    }
    assert!(matches!(remove("folder/"), Err(ErrorCode::NotEmpty)));
    assert!(matches!(remove("missing/"), Err(ErrorCode::NoEntry)));
    remove("empty/").expect("the folder is empty");
    remove("other//").expect("the folder is empty");
    assert!(!scratch.path("empty").exists() && !scratch.path("other").exists());
}
