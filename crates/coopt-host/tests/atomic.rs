//! Files appear whole or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use coopt_host::atomic;

fn folder(name: &str) -> PathBuf {
    let path =
        std::env::temp_dir().join(format!("coopt-test-{}-atomic-{name}", std::process::id()));
    fs::create_dir_all(&path).expect("the folder can be created");
    path
}

#[test]
fn it_creates_and_replaces_and_leaves_nothing_beside() {
    let folder = folder("replace");
    let path = folder.join("out.wasm");
    atomic::write(&path, b"first").expect("it can be written");
    atomic::write(&path, b"second").expect("it can be replaced");
    assert_eq!(fs::read(&path).expect("it is there"), b"second");
    assert_eq!(fs::read_dir(&folder).expect("it can be listed").count(), 1);
    fs::remove_dir_all(folder).expect("it can be removed");
}

#[test]
fn a_folder_is_not_replaced() {
    let folder = folder("folder");
    let error = atomic::write(&folder, b"bytes").expect_err("it is a folder");
    assert_eq!(error.kind(), ErrorKind::IsADirectory);
    fs::remove_dir(folder).expect("it is still an empty folder");
}

#[test]
fn a_missing_folder_is_an_error() {
    let error = atomic::write(&folder("missing").join("no/out.wasm"), b"bytes")
        .expect_err("there is no such folder");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    fs::remove_dir_all(folder("missing")).expect("it can be removed");
}

#[cfg(unix)]
#[test]
fn a_link_keeps_pointing_where_it_did() {
    let folder = folder("link");
    let (target, link) = (folder.join("target"), folder.join("link"));
    fs::write(&target, "old").expect("it can be written");
    std::os::unix::fs::symlink(&target, &link).expect("it can be linked");
    atomic::write(&link, b"new").expect("it can be written");
    assert!(link.is_symlink());
    assert_eq!(fs::read(&target).expect("it is there"), b"new");
    fs::remove_dir_all(folder).expect("it can be removed");
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;
    let null = PathBuf::from("/dev/null");
    atomic::write(&null, b"bytes").expect("everybody may write there");
    assert!(
        fs::metadata(null)
            .expect("it is still there")
            .file_type()
            .is_char_device()
    );
}
