//! What of the runtime is in a component: what the program reaches, and no more.

mod support;

use coopt_build::{Inspection, Options, componentize, inspect};
use support::{exports, merged_module};

const STDIN: &str = "wasi:cli/stdin@0.3.0";

/// The component of a program that imports these functions of preview1, each with its type.
fn component(imports: &[(&str, &str)]) -> Vec<u8> {
    let imports: String = imports
        .iter()
        .map(|(name, ty)| format!("(import \"wasi_snapshot_preview1\" \"{name}\" (func {ty}))"))
        .collect();
    let text =
        format!("(module {imports} (memory (export \"memory\") 1) (func (export \"_start\")))");
    let wasm = wat::parse_str(text).expect("the text is right");
    componentize(&wasm, &Options::default()).expect("it is a program")
}

fn has_stdin(component: &[u8]) -> bool {
    match inspect(component).expect("it is a component") {
        Inspection::Component(component) => component.imports.iter().any(|name| name == STDIN),
        _ => panic!("it is no component"),
    }
}

const FOUR: &str = "(param i32 i32 i32 i32) (result i32)";

#[test]
fn a_program_that_reads_nothing_has_nothing_to_read_with() {
    let without = component(&[("sched_yield", "(result i32)")]);
    let with = component(&[("fd_read", FOUR)]);
    assert!(!has_stdin(&without));
    assert!(has_stdin(&with));
    assert!(has_stdin(&component(&[("poll_oneoff", FOUR)])));
    assert!(
        without.len() + 4_000 < with.len(),
        "{} and {}",
        without.len(),
        with.len()
    );
}

#[test]
fn the_host_may_ask_for_room_only_if_it_returns_what_needs_some() {
    let gives_way = component(&[("sched_yield", "(result i32)")]);
    let arguments = component(&[("args_get", "(param i32 i32) (result i32)")]);
    let has_realloc = |component| exports(merged_module(component)).contains(&"cabi_realloc");
    assert!(!has_realloc(&gives_way));
    assert!(has_realloc(&arguments));
}
