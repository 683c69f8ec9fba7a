//! Listings of folders.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::net::UnixListener;

use rustix::fs::{Dir, FileType};
use wasmtime_wasi::p3::bindings::filesystem::types::{DescriptorType, DirectoryEntry, ErrorCode};

use super::scratch::Scratch;
use crate::files::listing::{Listing, kind_of};

fn list(scratch: &Scratch) -> Listing {
    Listing::open(&scratch.open()).expect("the folder can be read")
}

fn name(entry: Result<DirectoryEntry, ErrorCode>) -> String {
    entry.expect("an entry").name
}

#[test]
fn every_entry_is_listed_once() {
    const COUNT: usize = 2000;
    let scratch = Scratch::with_files("many", COUNT);
    let names: Vec<String> = list(&scratch).map(name).collect();
    assert_eq!(names.len(), COUNT);
    let distinct: BTreeSet<String> = names.into_iter().collect();
    let all = (0..COUNT).map(|number| number.to_string());
    assert_eq!(distinct, all.collect());
}

#[test]
fn entries_that_go_away_do_no_harm() {
    let scratch = Scratch::with_files("fewer", 500);
    let mut listing = list(&scratch);
    assert!(listing.next().is_some());
    for number in 0..500 {
        scratch.remove(&number.to_string());
    }
    assert!(listing.all(|entry| entry.is_ok()));
}

#[test]
fn a_folder_that_goes_away_is_empty() {
    let scratch = Scratch::new("gone");
    let mut listing = list(&scratch);
    fs::remove_dir(scratch.folder()).expect("the folder is empty");
    assert!(listing.next().is_none());
}

#[test]
fn two_listings_of_one_handle_do_not_share_their_place() {
    let scratch = Scratch::with_files("shared", 100);
    let handle = scratch.open();
    let mut first = Listing::open(&handle).expect("the folder can be read");
    assert!(first.next().is_some());
    let second = Listing::open(&handle).expect("the folder can be read");
    assert_eq!(second.count(), 100);
    assert_eq!(first.count(), 99);
}

#[test]
fn entries_have_their_kinds() {
    let scratch = Scratch::new("kinds");
    scratch.write("file");
    scratch.make_folder("folder");
    scratch.link("link", "folder");
    let _socket = UnixListener::bind(scratch.path("socket")).expect("a short path");
    for entry in list(&scratch).map(|entry| entry.expect("an entry")) {
        let right = match entry.name.as_str() {
            "file" => matches!(entry.type_, DescriptorType::RegularFile),
            "folder" => matches!(entry.type_, DescriptorType::Directory),
            "link" => matches!(entry.type_, DescriptorType::SymbolicLink),
            "socket" => matches!(entry.type_, DescriptorType::Socket),
            _ => false,
        };
        assert!(right, "{entry:?}");
    }
}

#[test]
fn a_kind_that_the_folder_does_not_say_is_asked_for() {
    let scratch = Scratch::with_files("asked", 1);
    let folder = Dir::read_from(scratch.open()).expect("the folder can be read");
    let asked = |name| kind_of(&folder, name, FileType::Unknown);
    assert!(matches!(asked(c"0"), Ok(Some(DescriptorType::RegularFile))));
    assert!(matches!(asked(c"gone"), Ok(None)));
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_not_utf_8_ends_the_listing_of_the_others() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let scratch = Scratch::with_files("names", 50);
    let other = OsStr::from_bytes(b"f\xff");
    fs::write(scratch.folder().join(other), "").expect("Linux takes any name");
    let mut listing = list(&scratch);
    let listed = listing.by_ref().take(50).map(name).count();
    assert_eq!(listed, 50);
    assert!(matches!(
        listing.next(),
        Some(Err(ErrorCode::IllegalByteSequence))
    ));
    assert!(listing.next().is_none());
}
