//! Inputs that cannot be used, and outputs that are written whole.

mod common;
use common::{Folder, refused, run};

/// A program that returns at once.
const PROGRAM: &str = r#"(module (memory (export "memory") 1) (func (export "_start")))"#;

const COMMANDS: [&str; 3] = ["run", "build", "inspect"];

#[test]
fn an_input_that_is_not_there() {
    let folder = Folder::new("missing");
    for command in COMMANDS {
        refused(
            &folder,
            [command, "no.wasm"],
            "at `no.wasm`; check its name",
        );
    }
}

#[test]
fn an_input_that_is_a_folder() {
    let folder = Folder::new("folder");
    for command in COMMANDS {
        refused(&folder, [command, "."], "found a folder; at `.`;");
    }
}

#[test]
fn an_input_that_is_not_wasm() {
    let folder = Folder::new("not-wasm");
    folder.write("elf.wasm", b"\x7fELF and so on");
    folder.write("empty.wasm", b"");
    for command in COMMANDS {
        refused(&folder, [command, "elf.wasm"], "`elf.wasm`: ");
        refused(&folder, [command, "empty.wasm"], "`empty.wasm`: ");
    }
    assert_eq!(folder.names(), ["elf.wasm", "empty.wasm"]);
}

#[test]
fn an_input_cut_off_anywhere() {
    let folder = Folder::new("truncated");
    let whole = wat::parse_str(PROGRAM).expect("the text is well formed");
    for len in 1..whole.len() {
        // A piece that ends between two sections may be valid, without `_start`.
        folder.write("cut.wasm", &whole[..len]);
        let ended = run(&folder, ["build", "cut.wasm", "-o", "out.wasm"]);
        assert_eq!(ended.code, Some(2), "{len}: {}", ended.stderr);
        assert!(
            ended.stderr.starts_with("error: `cut.wasm`: "),
            "{len}: {}",
            ended.stderr
        );
        assert_eq!(folder.names(), ["cut.wasm"], "{len}");
    }
}

#[test]
fn an_output_that_is_a_folder() {
    let folder = Folder::new("output");
    folder.wat("app.wasm", PROGRAM);
    std::fs::create_dir(folder.0.join("out")).expect("it can be created");
    refused(
        &folder,
        ["build", "app.wasm", "-o", "out"],
        "at `out`; name a file in it, such as `-o out/out.wasm`",
    );
    refused(
        &folder,
        ["build", "app.wasm", "-o", "no/such/out.wasm"],
        "at `no/such/out.wasm`;",
    );
    assert_eq!(folder.names(), ["app.wasm", "out"]);
}

#[test]
fn a_component_is_not_built_again() {
    let folder = Folder::new("component");
    folder.component("run_err");
    refused(
        &folder,
        ["build", "run_err.wasm"],
        "run it with `coopt run run_err.wasm`",
    );
    assert_eq!(folder.names(), ["run_err.wasm"]);
}

#[test]
fn a_build_names_its_output_and_is_the_same_each_time() {
    let folder = Folder::new("build");
    folder.wat("app.wasm", PROGRAM);
    let ended = run(&folder, ["build", "app.wasm"]);
    assert_eq!(
        (ended.code, ended.stdout, ended.stderr),
        (Some(0), String::new(), String::new())
    );
    assert_eq!(
        run(&folder, ["build", "app.wasm", "-o", "again.wasm"]).code,
        Some(0)
    );
    assert_eq!(
        folder.names(),
        ["again.wasm", "app.component.wasm", "app.wasm"]
    );
    let read = |name| std::fs::read(folder.0.join(name)).expect("it was written");
    assert_eq!(read("again.wasm"), read("app.component.wasm"));
    assert_eq!(run(&folder, ["run", "again.wasm"]).code, Some(0));
}

#[test]
fn an_inspection_is_text_or_json() {
    let folder = Folder::new("inspect");
    folder.wat("app.wasm", PROGRAM);
    let text = run(&folder, ["inspect", "app.wasm"]);
    assert_eq!(text.code, Some(0), "{}", text.stderr);
    assert!(text.stdout.contains("_start"), "{}", text.stdout);
    let json = run(&folder, ["inspect", "--json", "app.wasm"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["kind"], "core-module");
}
