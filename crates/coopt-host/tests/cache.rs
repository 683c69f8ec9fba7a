//! A program that is in the cache is not compiled again (H2).

use std::cell::Cell;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use coopt_host::{Cache, Error, Host, Options, Origin, Program, Source};

/// A folder that is removed with its contents at the end of a test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("coopt-test-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder is there");
        entries
            .map(|entry| {
                entry
                    .expect("it can be listed")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run_err() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/components/run_err.wat");
    wat::parse_file(path).expect("the component is well formed")
}

/// Loads and runs `wasm`. Returns where its code came from, and how often it was
/// converted.
fn load(cache: &Cache, wasm: &[u8], build: &[u8]) -> (Origin, usize) {
    let host = Host::new(&Options::default()).expect("the engine starts");
    let converted = Cell::new(0);
    let convert = || {
        converted.set(converted.get() + 1);
        Ok::<_, Infallible>(wasm)
    };
    let loaded = host
        .load(Source { wasm, build }, cache, convert)
        .expect("it compiles");
    let ended = host
        .run(&loaded.component, &Program::default())
        .expect("it starts");
    assert_eq!(ended.exit.status(), 1);
    (loaded.origin, converted.get())
}

#[test]
fn the_second_run_converts_nothing() {
    let folder = Folder::new("second");
    let cache = Cache::at(folder.0.join("deep/er"));
    assert_eq!(load(&cache, &run_err(), b""), (Origin::Stored, 1));
    assert_eq!(load(&cache, &run_err(), b""), (Origin::Cached, 0));
}

#[test]
fn another_input_or_another_way_to_build_is_another_program() {
    let folder = Folder::new("other");
    let cache = Cache::at(&folder.0);
    assert_eq!(load(&cache, &run_err(), b"on"), (Origin::Stored, 1));
    assert_eq!(load(&cache, &run_err(), b"off"), (Origin::Stored, 1));
    let mut longer = run_err();
    longer.extend(b"\0\x02\x01x"); // An empty custom section named `x`.
    assert_eq!(load(&cache, &longer, b"on"), (Origin::Stored, 1));
    assert_eq!(
        folder.names().len(),
        3,
        "one file each, and none left over: {:?}",
        folder.names()
    );
}

#[test]
fn a_damaged_file_is_replaced() {
    let folder = Folder::new("damaged");
    let cache = Cache::at(&folder.0);
    load(&cache, &run_err(), b"");
    let flipped = |mut code: Vec<u8>, at: usize| {
        code[at] ^= 4;
        code
    };
    let damages: [&dyn Fn(Vec<u8>) -> Vec<u8>; 4] = [
        &|_| Vec::new(),
        &|_| b"\x7fELF".to_vec(),
        &|code| {
            let middle = code.len() / 2;
            flipped(code, middle)
        },
        &|code| {
            let last = code.len() - 1;
            flipped(code, last)
        },
    ];
    for damage in damages {
        let name = folder.names().pop().expect("one file was stored");
        let file = folder.0.join(name);
        let code = fs::read(&file).expect("the file can be read");
        fs::write(&file, damage(code)).expect("the file can be damaged");
        assert_eq!(load(&cache, &run_err(), b""), (Origin::Stored, 1));
    }
    assert_eq!(load(&cache, &run_err(), b""), (Origin::Cached, 0));
}

#[test]
fn a_cache_that_cannot_be_used_is_no_error() {
    let folder = Folder::new("unusable");
    fs::write(&folder.0, "a file where the folder should be").expect("it can be written");
    let (origin, converted) = load(&Cache::at(&folder.0), &run_err(), b"");
    let Origin::Compiled(Some(reason)) = origin else {
        panic!("{origin:?}")
    };
    assert!(reason.ends_with("is not a folder"), "{reason}");
    assert_eq!(converted, 1);
    fs::remove_file(&folder.0).expect("it can be removed");
    assert_eq!(
        load(&Cache::off(), &run_err(), b""),
        (Origin::Compiled(None), 1)
    );
}

#[cfg(unix)]
#[test]
fn a_folder_others_can_write_to_is_not_trusted() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("shared");
    fs::create_dir(&folder.0).expect("it can be created");
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o777)).expect("it is ours");
    let (origin, _) = load(&Cache::at(&folder.0), &run_err(), b"");
    let Origin::Compiled(Some(reason)) = origin else {
        panic!("{origin:?}")
    };
    assert!(
        reason.ends_with("can be written by other users"),
        "{reason}"
    );
    assert!(folder.names().is_empty());
}

#[test]
fn a_conversion_that_fails_is_told_in_its_own_words_and_stores_nothing() {
    let folder = Folder::new("fails");
    let host = Host::new(&Options::default()).expect("the engine starts");
    let source = Source {
        wasm: b"input",
        build: b"",
    };
    let loaded = host.load(source, &Cache::at(&folder.0), || {
        Err::<Vec<u8>, _>("its own words")
    });
    let Err(Error::Convert(error)) = loaded else {
        panic!("the conversion failed")
    };
    assert_eq!(error.to_string(), "its own words");
    assert!(folder.names().is_empty());
}
