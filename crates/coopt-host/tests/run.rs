//! Components that are written by hand, each run to its end.

use std::borrow::Cow;
use std::convert::Infallible;
use std::path::Path;

use coopt_host::{Cache, Detail, Dir, Error, Exit, Host, Options, Program, Source};

/// The binary form of `tests/components/<name>.wat`.
fn component(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/components/{name}.wat"));
    wat::parse_file(path).expect("the component is well formed")
}

fn run_with(name: &str, options: &Options, program: &Program) -> Result<Exit, Error> {
    let host = Host::new(options)?;
    let wasm = component(name);
    let source = Source {
        wasm: &wasm,
        build: b"",
    };
    let loaded = host.load(source, &Cache::off(), || {
        Ok::<_, Infallible>(Cow::from(&wasm))
    })?;
    Ok(host.run(&loaded.component, program)?.exit)
}

fn run(name: &str) -> Result<Exit, Error> {
    run_with(name, &Options::default(), &Program::default())
}

/// The exit code of a program that ends by itself.
fn code(name: &str) -> u8 {
    match run(name).expect("the program starts") {
        Exit::Code(code) => code,
        other => panic!("`{name}` ended with {other:?}"),
    }
}

fn message(name: &str) -> String {
    run(name)
        .expect_err("the program does not start")
        .to_string()
}

#[test]
fn exit_carries_its_code_out_of_any_depth() {
    assert_eq!(code("exit_code"), 42);
}

#[test]
fn run_returning_an_error_is_code_1() {
    assert_eq!(code("run_err"), 1);
}

#[test]
fn a_wasi_0_2_program_runs() {
    assert_eq!(code("run_0_2"), 0);
}

#[test]
fn threads_hand_the_turn_to_each_other() {
    assert_eq!(code("ping_pong"), 0);
}

#[test]
fn ten_thousand_threads_live_at_once() {
    assert_eq!(code("many_threads"), 0);
}

#[test]
fn no_sleep_ends_early() {
    // Other codes count sleeps that end late, which depends on the machine.
    assert_ne!(code("sleep"), 255);
}

#[test]
fn a_deadlock_ends() {
    let exit = run("deadlock").expect("the program starts");
    assert!(matches!(exit, Exit::Deadlock), "{exit:?}");
    assert_eq!(exit.status(), coopt_abi::status::DEADLOCK);
}

#[test]
fn a_trap_names_the_thread_and_the_functions() {
    let exit = run("trap").expect("the program starts");
    assert_eq!(exit.status(), coopt_abi::status::TRAP);
    let Exit::Trap(trap) = exit else {
        panic!("{exit:?}")
    };
    assert_eq!(
        trap.report(Detail::default()).to_string(),
        "thread 3 `worker` trapped: integer divide by zero\
         \n   0: divide\
         \n      (1 frame of machinery; COOPT_BACKTRACE=full shows all)\
         \n   2: example::main"
    );
}

#[test]
fn the_stack_size_decides_how_deep_a_program_may_recurse() {
    let with = |stack_size| {
        run_with(
            "recursion",
            &Options {
                stack_size,
                ..Options::default()
            },
            &Program::default(),
        )
    };
    let exit = with(64 << 20).expect("the program starts");
    assert_eq!(exit.status(), 0, "{exit:?}");
    let exit = with(1 << 20).expect("the program starts");
    let Exit::Trap(trap) = exit else {
        panic!("{exit:?}")
    };
    let report = trap.report(Detail::default()).to_string();
    assert!(
        report.starts_with("the program trapped: call stack exhausted\n"),
        "{report}"
    );
    assert!(
        report.ends_with("\nhint: `--stack-size` sets how much native stack each thread may use"),
        "{report}"
    );
}

#[test]
fn a_stack_size_out_of_range_is_refused() {
    for stack_size in [
        0,
        coopt_host::STACK_SIZE_MIN - 1,
        coopt_host::STACK_SIZE_MAX + 1,
        usize::MAX,
    ] {
        let error = Host::new(&Options {
            stack_size,
            ..Options::default()
        })
        .err()
        .expect("the size is out of range");
        assert!(
            error.to_string().contains(&format!("found {stack_size};")),
            "{error}"
        );
    }
}

#[test]
fn a_library_is_refused_by_its_exports() {
    let message = message("no_run");
    assert!(
        message.contains("found only `example:math/add@1.0.0`;"),
        "{message}"
    );
}

#[test]
fn an_import_nobody_provides_is_named() {
    let message = message("unknown_import");
    assert!(
        message.contains("`example:missing/thing@1.0.0`"),
        "{message}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let dir = Dir {
        path: "/no/such/folder".into(),
        name: "/".into(),
        also: None,
    };
    let program = Program {
        dirs: vec![dir],
        ..Program::default()
    };
    let error =
        run_with("run_err", &Options::default(), &program).expect_err("there is no such folder");
    assert!(
        error.to_string().contains("at `/no/such/folder`;"),
        "{error}"
    );
}

#[test]
fn bytes_that_are_no_component_are_refused() {
    let host = Host::new(&Options::default()).expect("the engine starts");
    let whole = component("ping_pong");
    for wasm in [
        &b""[..],
        b"\0asm",
        b"not wasm at all",
        &whole[..whole.len() / 2],
    ] {
        let source = Source { wasm, build: b"" };
        let loaded = host.load(source, &Cache::off(), || Ok::<_, Infallible>(wasm));
        assert!(matches!(loaded, Err(Error::Compile(_))));
    }
}
