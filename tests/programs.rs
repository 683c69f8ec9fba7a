//! The runner: every program on every engine that can run it.
//!
//! ```text
//! cargo xtask test                                            all of them, and everything else
//! cargo xtask test mutex                                      those with a name like it
//! cargo test -p coopt-tests --test programs -- --list         what there is
//! COOPT_BLESS=1 cargo xtask test mutex                        write down what coopt does
//! ```

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use coopt_tests::build::Builder;
use coopt_tests::collection;
use coopt_tests::engine::Engine;
use coopt_tests::machine::Machine;
use coopt_tests::program::Program;
use coopt_tests::{runner, trial};
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match trials() {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn trials() -> Result<Vec<Trial>, String> {
    let work = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("programs");
    let machine = Machine::look(work)?;
    let programs = collection::find(&machine.root)?;
    let builder = Arc::new(Builder::new(machine));
    // What this machine lacks, and how many trials it costs.
    let mut ignored = BTreeMap::<(&str, String), u32>::new();

    let mut trials = Vec::new();
    for program in programs {
        let program = Arc::new(program);
        for engine in Engine::ALL {
            if !engine.runs(&program) {
                continue;
            }
            let missing = engine.missing(builder.machine(), &program);
            let is_ignored = missing.is_some() || program.expectation.skips(engine).is_some();
            if let Some(why) = missing {
                *ignored.entry((engine.name(), why)).or_default() += 1;
            }
            trials.push(one(&builder, &program, engine).with_ignored_flag(is_ignored));
        }
    }
    let its_builder = Arc::clone(&builder);
    let cargo_test = move || runner::cargo_test(its_builder.machine()).map_err(Into::into);
    trials.push(Trial::test("cargo_test", cargo_test).with_kind("runner"));
    for ((engine, why), count) in ignored {
        eprintln!("note: {count} ignored on {engine}: {why}");
    }
    Ok(trials)
}

fn one(builder: &Arc<Builder>, program: &Arc<Program>, engine: Engine) -> Trial {
    let (builder, its_program) = (Arc::clone(builder), Arc::clone(program));
    let run = move || trial::run(&builder, &its_program, engine).map_err(Into::into);
    Trial::test(&program.name, run).with_kind(engine.name())
}
