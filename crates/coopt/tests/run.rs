//! What a shell sees of the end of a program.

mod common;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use common::{Folder, coopt, end, run};
use coopt_abi::status;

#[test]
fn the_programs_own_exit_code() {
    let folder = Folder::new("code");
    folder.component("exit_code");
    folder.component("run_err");
    assert_eq!(run(&folder, ["run", "exit_code.wasm"]).code, Some(42));
    assert_eq!(run(&folder, ["run", "run_err.wasm"]).code, Some(1));
}

#[test]
fn a_core_module_is_converted_and_kept() {
    let folder = Folder::new("core");
    folder.wat(
        "app.wasm",
        r#"(module (memory (export "memory") 1) (func (export "_start")))"#,
    );
    let first = run(&folder, ["run", "-v", "app.wasm"]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert!(
        first
            .stderr
            .starts_with("note: compiled and kept in the cache, "),
        "{}",
        first.stderr
    );
    let second = run(&folder, ["run", "-v", "app.wasm"]);
    assert!(
        second.stderr.starts_with("note: found in the cache, "),
        "{}",
        second.stderr
    );
    for (args, cache) in [
        (&["run", "-v", "--no-cache", "app.wasm"][..], "on"),
        (&["run", "-v", "app.wasm"], "off"),
    ] {
        let output = coopt(&folder)
            .args(args)
            .env("COOPT_CACHE", cache)
            .output()
            .expect("coopt starts");
        assert!(
            end(output)
                .stderr
                .starts_with("note: compiled; the cache is off, ")
        );
    }
}

#[test]
fn a_trap_is_one_message_and_its_own_code() {
    let folder = Folder::new("trap");
    folder.component("trap");
    let ended = run(&folder, ["run", "trap.wasm"]);
    assert_eq!(ended.code, Some(i32::from(status::TRAP)));
    assert!(
        ended
            .stderr
            .starts_with("error: thread 3 `worker` trapped: integer divide by zero\n"),
        "{}",
        ended.stderr
    );
    assert!(
        !ended.stderr.contains('\x1b'),
        "no colour where there is no terminal"
    );
    let full = coopt(&folder)
        .args(["run", "trap.wasm"])
        .env("COOPT_BACKTRACE", "full")
        .output()
        .expect("coopt starts");
    assert!(end(full).stderr.contains("1: coopt.start\n"));
}

#[test]
fn a_deadlock_is_one_message_and_its_own_code() {
    let folder = Folder::new("deadlock");
    folder.component("deadlock");
    let ended = run(&folder, ["run", "deadlock.wasm"]);
    assert_eq!(ended.code, Some(i32::from(status::DEADLOCK)));
    assert!(ended.stderr.ends_with(": a deadlock\n"), "{}", ended.stderr);
}

/// A program whose C library looks for the file `data.txt` in its list of folders and finds none,
/// and which ends with `code`.
fn looks_for_a_file(code: u8) -> String {
    format!(
        r#"(module
          (import "wasi_snapshot_preview1" "fd_prestat_get" (func (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "data.txt\00")
          (func $__wasilibc_find_abspath (param i32 i32 i32) (result i32) i32.const -1)
          (func (export "_start")
            (drop (call $__wasilibc_find_abspath (i32.const 64) (i32.const 0) (i32.const 0)))
            (call $exit (i32.const {code}))))"#
    )
}

#[test]
fn a_path_in_no_folder_of_the_program_is_one_note() {
    let folder = Folder::new("outside");
    folder.wat("app.wasm", &looks_for_a_file(3));
    for (args, has) in [
        (&["run", "app.wasm"][..], "it has none"),
        (&["run", "--dir=.::a", "app.wasm"], "it has `a` only"),
        (
            &["run", "--dir=.::a", "--dir=.::/b", "app.wasm"],
            "it has `a`, `/b` only",
        ),
    ] {
        let ended = run(&folder, args);
        assert_eq!(ended.code, Some(3));
        let note = format!(
            "note: a program finds the files in its folders; found that it asked for `data.txt` and that {has}; \
             run it with `--dir .`\n"
        );
        assert_eq!(ended.stderr, note);
    }
}

#[test]
fn a_path_that_a_program_does_without_is_no_note() {
    let folder = Folder::new("inside");
    folder.wat("app.wasm", &looks_for_a_file(0));
    let ended = run(&folder, ["run", "app.wasm"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

/// Runs `app.wasm`, which never ends, and interrupts it after its first line, when it
/// certainly runs.
#[cfg(unix)]
fn interrupted(folder: &Folder, app: &str) -> common::Ended {
    let mut child = coopt(folder)
        .args(["run", app])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("coopt starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("it is piped");
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("the program prints");
    assert_eq!(line, "spinning\n");
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("there is a `kill`").success());
    end(child.wait_with_output().expect("it ends"))
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_program_that_never_calls_out() {
    let folder = Folder::new("interrupt");
    folder.component("spin");
    let ended = interrupted(&folder, "spin.wasm");
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (Some(i32::from(status::INTERRUPTED)), "")
    );
    assert_eq!(folder.names(), ["spin.wasm"]);
}

/// A program that is refused an address may try again for ever.
#[cfg(unix)]
#[test]
fn an_interrupt_says_which_address_was_refused() {
    let folder = Folder::new("interrupt-refused");
    folder.wat(
        "app.wasm",
        r#"(module
          (import "wasi_snapshot_preview1" "sock_open" (func $open (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "sock_connect" (func $connect (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "\00\00\00\00\0a\00\00\01\50\00")
          (data (i32.const 96) "\80\00\00\00\09\00\00\00")
          (data (i32.const 128) "spinning\n")
          (func (export "_start")
            (drop (call $open (i32.const -1) (i32.const 0) (i32.const 1) (i32.const 0)))
            (drop (call $connect (i32.load (i32.const 0)) (i32.const 64)))
            (drop (call $write (i32.const 1) (i32.const 96) (i32.const 1) (i32.const 0)))
            (loop $spin (br $spin))))"#,
    );
    let ended = interrupted(&folder, "app.wasm");
    assert_eq!(ended.code, Some(i32::from(status::INTERRUPTED)));
    assert_eq!(
        ended.stderr,
        "note: a program reaches what `--net` allows; found that it wanted to connect to 10.0.0.1:80; \
         run it with `--net=all`\n"
    );
}

#[test]
fn a_program_that_goes_on_ends_in_its_time() {
    let folder = Folder::new("timeout");
    folder.wat(
        "app.wasm",
        r#"(module (memory (export "memory") 1) (func (export "_start") (loop (br 0))))"#,
    );
    let ended = run(&folder, ["run", "--timeout", "1", "app.wasm"]);
    assert_eq!(ended.code, Some(status::TIMEOUT.into()));
    assert!(ended.stderr.contains("`--timeout=1`"), "{}", ended.stderr);
}

#[test]
fn a_memory_grows_as_far_as_it_may() {
    let folder = Folder::new("memory");
    folder.wat(
        "app.wasm",
        r#"(module (memory (export "memory") 1) (func (export "_start")
            (if (i32.ne (memory.grow (i32.const 100)) (i32.const -1)) (then unreachable))
            (if (i32.eq (memory.grow (i32.const 8)) (i32.const -1)) (then unreachable))))"#,
    );
    let ended = run(&folder, ["run", "--max-memory", "1MiB", "app.wasm"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let ended = run(&folder, ["run", "app.wasm"]);
    assert_eq!(ended.code, Some(i32::from(status::TRAP)));
}

#[test]
fn a_folder_is_found_by_its_absolute_path_and_variables_can_be_handed_on() {
    let folder = Folder::new("handed_on");
    // Writes the second name of a folder that it is given, and its environment.
    folder.wat(
        "app.wasm",
        r#"(module
            (import "wasi_snapshot_preview1" "fd_prestat_dir_name"
                (func $name (param i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_prestat_get"
                (func $prestat (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "environ_sizes_get"
                (func $sizes (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "environ_get"
                (func $environ (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write"
                (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func $print (param i32 i32)
                (i32.store (i32.const 0) (local.get 0))
                (i32.store (i32.const 4) (local.get 1))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
            (func (export "_start")
                (drop (call $prestat (i32.const 4) (i32.const 16)))
                (drop (call $name (i32.const 4) (i32.const 1024) (i32.load (i32.const 20))))
                (call $print (i32.const 1024) (i32.load (i32.const 20)))
                (drop (call $sizes (i32.const 16) (i32.const 20)))
                (drop (call $environ (i32.const 4096) (i32.const 16384)))
                (call $print (i32.const 16384) (i32.load (i32.const 20)))))"#,
    );
    let output = coopt(&folder)
        .args([
            "run",
            "--dir",
            ".",
            "--inherit-env",
            "--env",
            "COLOUR=red",
            "app.wasm",
        ])
        .env("COLOUR", "blue")
        .env("SHAPE", "round")
        .output()
        .expect("coopt starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let here = folder.0.canonicalize().expect("it is there");
    assert!(text.starts_with(here.to_str().expect("text")), "{text}");
    assert!(
        text.contains("COLOUR=red\0") && text.contains("SHAPE=round\0"),
        "{text}"
    );
    assert!(!text.contains("blue"), "{text}");
}
