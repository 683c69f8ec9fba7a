//! Wrong arguments are refused with their name and a remedy.

mod common;
use common::{Folder, refused, run};

#[test]
fn help_is_printed_for_every_command() {
    let folder = Folder::new("help");
    for args in [
        &["--help"][..],
        &["run", "--help"],
        &["build", "--help"],
        &["inspect", "--help"],
        &["toolchain", "--help"],
    ] {
        let ended = run(&folder, args);
        assert_eq!(ended.code, Some(0));
        assert!(ended.stdout.contains("Usage: coopt"), "{}", ended.stdout);
        assert_eq!(ended.stderr, "");
    }
}

#[test]
fn the_version_is_printed() {
    let ended = run(&Folder::new("version"), ["--version"]);
    assert_eq!(
        (ended.code, ended.stdout),
        (Some(0), format!("coopt {}\n", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn a_build_system_is_one_of_three_and_needs_a_compiler() {
    let folder = Folder::new("toolchain");
    refused(
        &folder,
        ["toolchain", "make"],
        "[possible values: cmake, meson, autoconf]",
    );
    refused(&folder, ["toolchain"], "<SYSTEM>");
    // There is no `PATH`.
    refused(
        &folder,
        ["toolchain", "cmake"],
        "clang 19 or newer is needed; found none;",
    );
}

#[test]
fn a_command_is_needed() {
    let ended = run::<&str>(&Folder::new("none"), []);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("Usage: coopt"), "{}", ended.stderr);
}

/// The compiler of this test prints its arguments. Its name says its version, so it is not asked.
#[cfg(unix)]
#[test]
fn options_that_look_like_ours_reach_clang() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("cc");
    folder.write("clang-22", "#!/bin/sh\necho \"$@\"\n");
    let clang = folder.0.join("clang-22");
    std::fs::set_permissions(&clang, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let mut command = common::coopt(&folder);
    command
        .args([
            "cc",
            "--help",
            "-h",
            "--version",
            "-c",
            "x.c",
            "--sysroot=.",
        ])
        .env("COOPT_CLANG", &clang);
    let ended = common::end(command.output().expect("coopt starts"));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(
        ended.stdout.contains("--help -h --version -c x.c"),
        "{}",
        ended.stdout
    );
}

#[test]
fn sizes_are_checked() {
    let folder = Folder::new("size");
    refused(
        &folder,
        ["run", "--stack-size", "2MB", "x.wasm"],
        "write it like `512KiB` or `2MiB`",
    );
    folder.component("run_err");
    refused(
        &folder,
        ["run", "--stack-size", "1KiB", "run_err.wasm"],
        "found 1024;",
    );
    refused(
        &folder,
        ["run", "--stack-size", "1000GiB", "run_err.wasm"],
        "choose a size in that range",
    );
}

#[test]
fn folders_are_checked() {
    let folder = Folder::new("dir");
    folder.component("run_err");
    refused(
        &folder,
        ["run", "--dir", "::x", "x.wasm"],
        "found an empty name; in `::x`;",
    );
    refused(
        &folder,
        ["run", "--dir", "no/such", "run_err.wasm"],
        "at `no/such`;",
    );
    refused(
        &folder,
        ["run", "--dir", "run_err.wasm", "run_err.wasm"],
        "at `run_err.wasm`;",
    );
}

#[test]
fn variables_are_checked() {
    refused(
        &Folder::new("env"),
        ["run", "--env", "=x", "x.wasm"],
        "found no name; in `=x`;",
    );
}

#[test]
fn thread_options_are_checked() {
    let folder = Folder::new("threads");
    refused(
        &folder,
        ["run", "--threads", "maybe", "x.wasm"],
        "'--threads <on|off>'",
    );
    refused(
        &folder,
        ["run", "--max-threads", "0", "x.wasm"],
        "'--max-threads <N>'",
    );
    refused(
        &folder,
        ["build", "--max-threads", "30001", "x.wasm"],
        "'--max-threads <N>'",
    );
}

#[test]
fn options_that_are_fixed_in_a_component_are_refused() {
    let folder = Folder::new("fixed");
    folder.component("run_err");
    refused(
        &folder,
        ["run", "--max-threads", "5", "run_err.wasm"],
        "`--max-threads` is decided when a component is built; found a component; at `run_err.wasm`; \
         give the core module, or build it again, with `coopt build --max-threads` or \
         `coopt cc --coopt-max-threads`",
    );
    refused(
        &folder,
        ["run", "--threads", "off", "run_err.wasm"],
        "`--threads` is decided when a component is built",
    );
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_unicode_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("unicode");
    folder.component("run_err");
    refused(
        &folder,
        [
            OsStr::new("run"),
            OsStr::new("run_err.wasm"),
            OsStr::from_bytes(b"\xff"),
        ],
        "must be UTF-8",
    );
}

#[test]
fn options_behind_the_program_are_the_programs() {
    let folder = Folder::new("behind");
    folder.component("run_err");
    let ended = run(
        &folder,
        [
            "run",
            "run_err.wasm",
            "--help",
            "--dir",
            "no/such",
            "-x",
            "--",
            "--stack-size=?",
        ],
    );
    assert_eq!(
        (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
        (Some(1), "", "")
    );
}
