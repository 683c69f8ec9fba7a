//! What a program writes to a standard output that others hold, too.

mod common;

use std::io::{Read, pipe};
use std::process::Child;
use std::thread;

use common::{Folder, coopt};

/// How `stdout_all` says that the pipe was closed.
const PIPE: i32 = 10 + 2;

/// How `stdout_all` says that the output failed otherwise.
#[cfg(target_os = "linux")]
const IO: i32 = 10;

/// Starts a component of coopt-host's tests in a folder for `test`. Only it has
/// the other end of the pipe that is returned with it.
fn start(test: &str, name: &str) -> (Child, impl Read, Folder) {
    let folder = Folder::new(test);
    folder.component(name);
    let (reader, writer) = pipe().expect("the system has pipes");
    let child = coopt(&folder)
        .args(["run", &format!("{name}.wasm")])
        .stdout(writer)
        .spawn()
        .expect("coopt starts");
    (child, reader, folder)
}

fn code(mut child: Child) -> Option<i32> {
    child.wait().expect("it is our child").code()
}

#[test]
fn all_of_it_arrives_through_a_pipe() {
    let (child, mut reader, _folder) = start("all", "stdout_all");
    let read = thread::spawn(move || {
        let mut found = Vec::new();
        reader.read_to_end(&mut found).expect("the pipe is read");
        found
    });
    assert_eq!(code(child), Some(0));
    let found = read.join().expect("the reader does not panic");
    assert_eq!(found, vec![b'.'; 1_000_000]);
}

#[test]
fn a_full_pipe_does_not_stop_the_program() {
    let (child, _reader, _folder) = start("full", "stdout_blocked");
    assert_eq!(code(child), Some(7));
}

#[test]
fn a_pipe_without_a_reader_is_an_error_that_says_so() {
    let (child, mut reader, _folder) = start("closed", "stdout_all");
    let mut first = [0];
    reader.read_exact(&mut first).expect("the program writes");
    drop(reader);
    assert_eq!(code(child), Some(PIPE));
}

/// WASI has no word for a full disk behind standard output.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = Folder::new("full-disk");
    folder.component("stdout_all");
    let full = std::fs::File::create("/dev/full").expect("Linux has this device");
    let child = coopt(&folder)
        .args(["run", "stdout_all.wasm"])
        .stdout(full)
        .spawn()
        .expect("coopt starts");
    assert_eq!(code(child), Some(IO));
}
