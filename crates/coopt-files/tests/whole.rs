//! A file is written whole, whatever is at its path (F1).

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use coopt_files::{is_temporary, write};

/// A folder that is removed with its contents at the end of a test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder can be created");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder can be listed");
        let names = entries.map(|entry| entry.expect("the entry can be read").file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_file_is_created_then_replaced_with_nothing_beside_it() {
    let folder = Folder::new("replace");
    let path = folder.file("out.wasm");
    write(&path, b"first").expect("the file can be created");
    write(&path, b"second").expect("the file can be replaced");
    assert_eq!(fs::read(&path).expect("the file is there"), b"second");
    assert_eq!(folder.names(), ["out.wasm"]);
}

#[test]
fn a_folder_is_not_replaced() {
    let folder = Folder::new("folder");
    let error = write(&folder.0, b"bytes").expect_err("the path is a folder");
    assert_eq!(error.kind(), ErrorKind::IsADirectory);
    assert!(folder.names().is_empty());
}

#[test]
fn a_folder_that_is_missing_is_an_error() {
    let folder = Folder::new("missing");
    let path = folder.file("no/out.wasm");
    let error = write(&path, b"bytes").expect_err("there is no such folder");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[cfg(unix)]
#[test]
fn permissions_are_those_that_are_asked_for() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("permissions");
    let path = folder.file("program");
    write(&path, b"old").expect("the file can be created");
    let permissions = fs::Permissions::from_mode(0o500);
    coopt_files::write_with(&path, b"new", permissions).expect("the file can be replaced");
    let mode = fs::metadata(&path)
        .expect("the file is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o500);
    assert_eq!(fs::read(&path).expect("the file can be read"), b"new");
}

#[cfg(unix)]
#[test]
fn a_link_keeps_pointing_where_it_did() {
    let folder = Folder::new("link");
    let (target, link) = (folder.file("target"), folder.file("link"));
    fs::write(&target, "old").expect("the target can be written");
    std::os::unix::fs::symlink(&target, &link).expect("the link can be made");
    write(&link, b"new").expect("the target can be replaced");
    assert!(link.is_symlink());
    assert_eq!(fs::read(&target).expect("the target is there"), b"new");
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;
    let null = Path::new("/dev/null");
    write(null, b"bytes").expect("everybody may write there");
    let found = fs::metadata(null).expect("the device is still there");
    assert!(found.file_type().is_char_device());
}

/// The test runs itself again as a process that writes for ever, and
/// interrupts that process while it writes (F2).
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_a_whole_file_and_nothing_beside_it() {
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    const TEST: &str = "an_interrupt_leaves_a_whole_file_and_nothing_beside_it";
    const PATH: &str = "COOPT_TEST_WRITES_FOR_EVER_TO";
    const SIZE: usize = 1 << 20;
    if let Some(path) = std::env::var_os(PATH) {
        coopt_files::interrupt::watch(|| {}).expect("the signal can be watched");
        loop {
            write(Path::new(&path), &[7; SIZE]).expect("the file can be written");
        }
    }

    let folder = Folder::new("interrupt");
    let path = folder.file("out.wasm");
    let mut writer = Command::new(std::env::current_exe().expect("this test is a file"))
        .args(["--exact", TEST, "--nocapture"])
        .env(PATH, &path)
        .spawn()
        .expect("the test starts again");
    while !path.exists() {
        let ended = writer.try_wait().expect("the writer can be asked");
        assert_eq!(ended, None, "the writer ended before it wrote");
        std::thread::yield_now();
    }
    let kill = Command::new("kill")
        .args(["-INT", &writer.id().to_string()])
        .status();
    assert!(kill.expect("there is a `kill`").success());
    let ended = writer.wait().expect("the writer ends");
    assert_eq!(
        (ended.code(), ended.signal()),
        (Some(i32::from(coopt_abi::status::INTERRUPTED)), None)
    );
    assert_eq!(folder.names(), ["out.wasm"]);
    assert!(!is_temporary(&path));
    assert_eq!(fs::read(&path).expect("the file can be read"), [7; SIZE]);
}
