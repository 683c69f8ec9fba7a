//! What a command line means: the words for clang, and whether the module that
//! clang links becomes a component.

use std::ffi::OsString;
use std::path::PathBuf;

use coopt_abi::library::TURN_OVER;
use coopt_abi::thread::{LIVE_DEFAULT, LIVE_MAX};

use crate::TARGET;
use crate::error::Error;
use crate::exceptions::{self, CLANG_WITH_EXCEPTIONS};
use crate::hint::Hint;
use crate::options::END_OF_OPTIONS;
use crate::surroundings::Surroundings;
use crate::sysroot::{Cxx, Sysroot};
use crate::typed::Typed;

/// Where a program without `-o` goes, as clang has it.
const DEFAULT_OUTPUT: &str = "a.out";

/// The stack of the main thread. The linker's default of 64 KiB is too small for
/// C that is written for a desktop. A page costs nothing until it is used.
const STACK_SIZE_BYTES: u32 = 1 << 20;

/// How far memory may grow. A shared memory must have a limit, which the component
/// no longer has: its memory is not shared.
const MEMORY_MAX_BYTES: u64 = 1 << 32;

/// What a program with C++ in it is linked with. `clang++` adds these words, too; but with it, sources
/// of C beside those of C++ would be compiled as C++.
const CXX_LIBRARIES: [&str; 2] = ["-lc++", "-lc++abi"];

/// The suffixes of C++ sources.
const CXX_SUFFIXES: [&str; 6] = ["cc", "cp", "cxx", "cpp", "c++", "C"];

/// What a program is linked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// C, or what the names of the inputs say: `coopt cc`.
    C,
    /// C++, whatever the inputs: `coopt c++`.
    Cxx,
}

/// What is decided when a component is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether the component may create threads.
    pub threads: Threads,
    /// How many threads may live at once, the first included: 1 to
    /// [`LIVE_MAX`].
    pub live_threads_max: u32,
    /// Where the turn of a thread may end that does not wait.
    pub preempt: Preempt,
    /// Whether a thread traps whose stack overflows.
    pub stack_check: bool,
    /// Whether calls by pointers look at the types of functions.
    pub call_check: bool,
}

/// Where the turn of a thread may end that does not wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preempt {
    /// Where it may look for what another thread does.
    #[default]
    Spins,
    /// In every loop.
    Loops,
    /// Nowhere.
    Off,
}

/// Whether the component may create threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Threads {
    /// A component that creates threads needs a host with those of the Component
    /// Model.
    #[default]
    On,
    /// Creating a thread fails with `ENOTSUP`. Any WASI 0.3 host runs the
    /// component.
    Off,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The words for clang. For a link two more follow: `-o` and a temporary
    /// file.
    pub arguments: Vec<OsString>,
    /// What follows when clang has succeeded.
    pub then: Then,
    /// What to say when clang has failed.
    pub hint: Option<Hint>,
}

/// What follows when clang has succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// The output of clang is the user's.
    Nothing,
    /// The core module that clang has linked becomes a component.
    Componentize {
        /// The component.
        output: PathBuf,
        /// What is decided about the component.
        settings: Settings,
    },
}

impl Plan {
    /// What `typed` means. `version` says which release of clang will be called.
    ///
    /// # Errors
    ///
    /// [`Error::Shared`], [`Error::NoSysroot`], [`Error::NoExceptions`], [`Error::BadTarget`], [`Error::BadSwitch`],
    /// [`Error::BadThreadCap`], [`Error::BadPreempt`], [`Error::BadAbsent`].
    pub fn make(
        typed: Typed,
        language: Language,
        surroundings: &Surroundings<'_>,
        version: &dyn Fn() -> Result<u32, Error>,
    ) -> Result<Self, Error> {
        let settings = Settings {
            threads: match read_switch("--coopt-threads", typed.threads.as_deref())? {
                true => Threads::On,
                false => Threads::Off,
            },
            live_threads_max: read_thread_cap(typed.max_threads.as_deref())?,
            preempt: read_preempt(typed.preempt.as_deref())?,
            stack_check: read_switch("--coopt-stack-check", typed.stack_check.as_deref())?,
            call_check: read_switch("--coopt-call-check", typed.call_check.as_deref())?,
        };
        let without_absent = read_absent(typed.absent.as_deref())?;
        if typed.is_front_end {
            return Ok(Self::of_clang(typed.for_clang));
        }
        check_target(typed.target.as_deref())?;
        let has_inputs = !typed.inputs.is_empty() || typed.names_library;
        let links = has_inputs && !typed.stops_before_link;
        if let Some(option) = typed.shared.filter(|_| links) {
            return Err(Error::Shared { option });
        }
        let sysroot = match typed.names_sysroot {
            Some(folder) => Sysroot::at(folder),
            None => match Sysroot::find(surroundings) {
                Ok(found) => found,
                // `coopt cc --version` needs no library.
                Err(_) if !has_inputs => return Ok(Self::of_clang(typed.for_clang)),
                Err(missing) => return Err(missing),
            },
        };

        let library = sysroot.cxx(surroundings);
        let is_cxx =
            language == Language::Cxx || typed.says_cxx || typed.inputs.iter().any(is_cxx_source);
        let has_exceptions = version()? >= CLANG_WITH_EXCEPTIONS;
        if is_cxx && library == Cxx::WithExceptions && !has_exceptions {
            return Err(Error::NoExceptions {
                version: version()?,
            });
        }
        let mut arguments = defaults(&sysroot, links, |words| {
            if language == Language::Cxx {
                words.push("--driver-mode=g++".into());
            }
            if has_exceptions {
                let throws = is_cxx && library == Cxx::WithExceptions;
                words.extend(exceptions::words(throws, links));
            }
        });
        if without_absent && links {
            arguments.push(sysroot.without_absent());
        }
        arguments.extend(typed.for_clang);
        let adds_library = is_cxx && language == Language::C && library != Cxx::None;
        if links && adds_library && !typed.leaves_libraries_out {
            before_inputs_by_name(&mut arguments, CXX_LIBRARIES.map(Into::into));
        }
        let then = if links {
            let output = typed.output.unwrap_or_else(|| DEFAULT_OUTPUT.into());
            Then::Componentize { output, settings }
        } else {
            Then::Nothing
        };
        let hint = (is_cxx && library == Cxx::None).then(|| Hint::NoCxxLibrary {
            sysroot: sysroot.folder().to_owned(),
        });
        Ok(Self {
            arguments,
            then,
            hint,
        })
    }

    /// The plan that adds nothing to the words for clang.
    fn of_clang(arguments: Vec<OsString>) -> Self {
        Self {
            arguments,
            then: Then::Nothing,
            hint: None,
        }
    }
}

/// Adds `words` at the end of the options: all that follow `--` are inputs.
pub(crate) fn before_inputs_by_name(
    arguments: &mut Vec<OsString>,
    words: impl IntoIterator<Item = OsString>,
) {
    let options = arguments.iter().position(|word| word == END_OF_OPTIONS);
    let end = options.unwrap_or(arguments.len());
    arguments.splice(end..end, words);
}

/// The words that go before the user's. `more` adds those of the language.
fn defaults(
    sysroot: &Sysroot,
    links: bool,
    more: impl FnOnce(&mut Vec<OsString>),
) -> Vec<OsString> {
    // clang warns of options that it does not use, such as `-pthread` when it
    // assembles, but not between the first and the last of these words.
    let mut words: Vec<OsString> = vec![
        "--start-no-unused-arguments".into(),
        format!("--target={TARGET}").into(),
        "-pthread".into(),
    ];
    let mut sysroot_word = OsString::from("--sysroot=");
    sysroot_word.push(sysroot.folder());
    words.push(sysroot_word);
    more(&mut words);
    if links {
        words.extend(link_defaults().map(OsString::from));
    }
    words.push("--end-no-unused-arguments".into());
    words
}

fn link_defaults() -> [String; 4] {
    [
        format!("-Wl,--max-memory={MEMORY_MAX_BYTES}"),
        format!("-Wl,-z,stack-size={STACK_SIZE_BYTES}"),
        // A stack that overflows then leaves memory, which traps. Without this
        // option the stack would overwrite static data.
        "-Wl,--stack-first".to_owned(),
        format!("-Wl,--export-if-defined={TURN_OVER}"),
    ]
}

/// Reads a switch that is on unless it is typed otherwise.
fn read_switch(option: &'static str, typed: Option<&str>) -> Result<bool, Error> {
    match typed {
        None | Some("on") => Ok(true),
        Some("off") => Ok(false),
        Some(value) => Err(Error::BadSwitch {
            option,
            value: value.to_owned(),
        }),
    }
}

fn read_preempt(typed: Option<&str>) -> Result<Preempt, Error> {
    match typed {
        None | Some("spins") => Ok(Preempt::Spins),
        Some("loops") => Ok(Preempt::Loops),
        Some("off") => Ok(Preempt::Off),
        Some(value) => Err(Error::BadPreempt {
            value: value.to_owned(),
        }),
    }
}

/// Whether the linker is to find no function that always fails.
fn read_absent(typed: Option<&str>) -> Result<bool, Error> {
    match typed {
        None | Some("fails") => Ok(false),
        Some("error") => Ok(true),
        Some(value) => Err(Error::BadAbsent {
            value: value.to_owned(),
        }),
    }
}

fn read_thread_cap(typed: Option<&str>) -> Result<u32, Error> {
    let Some(value) = typed else {
        return Ok(LIVE_DEFAULT);
    };
    match value.parse() {
        Ok(cap) if (1..=LIVE_MAX).contains(&cap) => Ok(cap),
        _ => Err(Error::BadThreadCap {
            value: value.to_owned(),
        }),
    }
}

/// Accepts wasm32: [`TARGET`] in another spelling, or a relative of that target.
fn check_target(target: Option<&str>) -> Result<(), Error> {
    match target {
        Some(target) if !target.starts_with("wasm32") => Err(Error::BadTarget {
            target: target.to_owned(),
        }),
        _ => Ok(()),
    }
}

fn is_cxx_source(input: &OsString) -> bool {
    std::path::Path::new(input)
        .extension()
        .and_then(|suffix| suffix.to_str())
        .is_some_and(|suffix| CXX_SUFFIXES.contains(&suffix))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn surroundings(files: &'static [&'static str]) -> Surroundings<'static> {
        Surroundings {
            variable: &|_| None,
            exists: Box::leak(Box::new(|path: &Path| {
                files.iter().any(|file| Path::new(file) == path)
            })),
            program_folder: Some("/t/debug".into()),
        }
    }

    const C: &[&str] = &["/t/coopt/sysroot/lib/wasm32-wasip1-threads/libc.a"];
    const CXX: &[&str] = &[
        "/t/coopt/sysroot/lib/wasm32-wasip1-threads/libc.a",
        "/t/coopt/sysroot/lib/wasm32-wasip1-threads/libc++.a",
        "/t/coopt/sysroot/lib/wasm32-wasip1-threads/libunwind.a",
    ];
    const CXX_OF_WASI_SDK: &[&str] = &[
        "/t/coopt/sysroot/lib/wasm32-wasip1-threads/libc.a",
        "/t/coopt/sysroot/lib/wasm32-wasip1-threads/libc++.a",
    ];

    fn plan_with(line: &str, files: &'static [&'static str]) -> Result<Plan, Error> {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        make(&words, Language::C, files, 22)
    }

    fn make(
        words: &[OsString],
        language: Language,
        files: &'static [&'static str],
        version: u32,
    ) -> Result<Plan, Error> {
        let typed = Typed::read(words, &|_| None)?;
        Plan::make(typed, language, &surroundings(files), &|| Ok(version))
    }

    fn plan(line: &str) -> Plan {
        plan_with(line, C).expect("the line means something")
    }

    fn settings(line: &str) -> Settings {
        match plan(line).then {
            Then::Componentize { settings, .. } => settings,
            other => panic!("{line} means {other:?}"),
        }
    }

    #[track_caller]
    fn assert_refused(line: &str, part: &str) {
        let error = plan_with(line, C).expect_err("the line means nothing");
        assert!(error.to_string().contains(part), "{error}");
    }

    const COMPILE: &str = "--start-no-unused-arguments --target=wasm32-wasip1-threads -pthread \
                           --sysroot=/t/coopt/sysroot -mllvm -wasm-use-legacy-eh=false \
                           -mllvm -wasm-enable-sjlj --end-no-unused-arguments";
    const LINK: &str = "--start-no-unused-arguments --target=wasm32-wasip1-threads -pthread \
                        --sysroot=/t/coopt/sysroot -mllvm -wasm-use-legacy-eh=false \
                        -mllvm -wasm-enable-sjlj -Wl,-mllvm,-wasm-use-legacy-eh=false \
                        -Wl,-mllvm,-wasm-enable-sjlj -Wl,-mllvm,-wasm-enable-eh \
                        -Wl,-mllvm,-exception-model=wasm -Wl,--max-memory=4294967296 \
                        -Wl,-z,stack-size=1048576 -Wl,--stack-first \
                        -Wl,--export-if-defined=__coopt_turn_over --end-no-unused-arguments";

    fn arguments(plan: &Plan) -> String {
        let words: Vec<_> = plan
            .arguments
            .iter()
            .map(|word| word.to_string_lossy())
            .collect();
        words.join(" ")
    }

    #[test]
    fn a_compilation_is_clangs_own() {
        for line in [
            "-c a.c",
            "-c a.c -o a.o",
            "-E a.c",
            "-O2 -S a.c",
            "-fsyntax-only a.c",
            "-M a.c",
        ] {
            let plan = plan(line);
            assert_eq!(plan.then, Then::Nothing, "{line}");
            assert_eq!(arguments(&plan), format!("{COMPILE} {line}"));
        }
    }

    #[test]
    fn a_link_makes_a_component() {
        for (line, expected) in [
            ("a.c", "a.out"),
            ("-O2 a.c -o app", "app"),
            ("a.o b.o -lm -oapp", "app"),
            ("-x c - -o app", "app"),
            ("-lmain", "a.out"),
        ] {
            let plan = plan(line);
            assert_eq!(arguments(&plan), format!("{LINK} {line}"));
            match plan.then {
                Then::Componentize { output, settings } => {
                    assert_eq!(output, Path::new(expected), "{line}");
                    assert_eq!(settings.threads, Threads::On, "{line}");
                    assert_eq!(settings.live_threads_max, LIVE_DEFAULT, "{line}");
                }
                other => panic!("{line} means {other:?}"),
            }
        }
    }

    #[test]
    fn threads_can_be_off() {
        assert_eq!(settings("--coopt-threads=off a.c").threads, Threads::Off);
        assert_refused("--coopt-threads=maybe a.c", "`--coopt-threads=maybe`");
        assert_refused("--coopt-threads a.c", "`on` or `off`");
    }

    #[test]
    fn live_threads_can_be_capped() {
        for cap in [1, 8, LIVE_MAX] {
            let line = format!("a.c --coopt-max-threads={cap}");
            assert_eq!(settings(&line).live_threads_max, cap);
        }
        for value in ["0", "30001", "99999999999", "-1", "", "8x", "0x8"] {
            let line = format!("--coopt-max-threads={value} -c a.c");
            assert_refused(&line, &format!("found `--coopt-max-threads={value}`;"));
        }
        assert_refused("--coopt-max-threads a.c", "from 1 to 30000;");
    }

    #[test]
    fn functions_that_fail_can_be_an_error() {
        let folder = "-L/t/coopt/sysroot/lib/wasm32-wasip1-threads/without-absent";
        let line = arguments(&plan("--coopt-absent=error a.c"));
        assert_eq!(line, format!("{LINK} {folder} a.c"));
        assert_eq!(
            arguments(&plan("--coopt-absent=fails a.c")),
            format!("{LINK} a.c")
        );
        let line = arguments(&plan("--coopt-absent=error -c a.c"));
        assert_eq!(line, format!("{COMPILE} -c a.c"));
        assert_refused("--coopt-absent=no a.c", "`--coopt-absent=no`");
    }

    #[test]
    fn the_front_end_gets_nothing_added() {
        assert_eq!(arguments(&plan("-cc1 -emit-obj a.c")), "-cc1 -emit-obj a.c");
    }

    #[test]
    fn a_sysroot_that_is_named_is_used() {
        let plan = plan_with("--sysroot=/mine -c a.c", &[]).expect("no other is needed");
        assert!(arguments(&plan).contains("--sysroot=/mine "));
    }

    #[test]
    fn questions_need_no_library() {
        for line in ["--version", "-v", "-print-search-dirs", ""] {
            let plan = plan_with(line, &[]).expect("needs no library");
            let words = line.split_whitespace().map(Into::into).collect();
            assert_eq!(plan, Plan::of_clang(words));
        }
        assert!(matches!(
            plan_with("a.c", &[]),
            Err(Error::NoSysroot { .. })
        ));
    }

    #[test]
    fn another_machine_is_refused() {
        let error = plan_with("--target=x86_64-linux-gnu a.c", C).expect_err("is no wasm");
        assert!(error.to_string().contains("`x86_64-linux-gnu`"), "{error}");
        assert!(plan_with("--target=wasm32-wasip1 a.c", C).is_ok());
    }

    #[test]
    fn a_shared_library_is_refused() {
        assert_refused("-shared a.c", "found `-shared`; make the library static");
        assert_eq!(plan("-shared -c a.c").then, Then::Nothing);
    }

    #[test]
    fn cxx_is_linked_with_its_library_where_there_is_one() {
        for (line, files, expected) in [
            ("a.cpp", CXX, true),
            ("a.cpp", CXX_OF_WASI_SDK, true),
            ("-x c++ -", CXX, true),
            ("a.o b.cc -o app -- c.o", CXX, true),
            ("a.cpp", C, false),
            ("a.c", CXX, false),
            ("-c a.cpp", CXX, false),
            ("-nostdlib a.cpp", CXX, false),
        ] {
            let plan = plan_with(line, files).expect("the line means something");
            let words = arguments(&plan);
            assert_eq!(words.contains("-lc++ -lc++abi"), expected, "{line}");
            let end = words.find(" -- ").unwrap_or(words.len());
            assert!(words.find("-lc++").is_none_or(|at| at < end), "{words}");
        }
    }

    #[test]
    fn cxx_has_exceptions_where_its_library_has_them() {
        for (line, files, expected) in [
            ("a.cpp", CXX, true),
            ("-c a.cpp", CXX, true),
            ("-c a.c", CXX, false),
            ("-c a.cpp", CXX_OF_WASI_SDK, false),
        ] {
            let plan = plan_with(line, files).expect("the line means something");
            let found = arguments(&plan).contains("-fwasm-exceptions");
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn the_compiler_of_cxx_links_anything_as_cxx() {
        let words = ["a.o".into()];
        let plan = make(&words, Language::Cxx, CXX, 22).expect("the line means something");
        let words = arguments(&plan);
        assert!(words.contains("--driver-mode=g++ "), "{words}");
        assert!(words.contains("-fwasm-exceptions"), "{words}");
        assert!(!words.contains("-lc++"), "{words}");
    }

    #[test]
    fn a_clang_without_exceptions_compiles_c_alone() {
        let c = make(&["a.c".into()], Language::C, CXX, 19).expect("C needs no exceptions");
        assert!(!arguments(&c).contains("-mllvm"), "{}", arguments(&c));
        let cxx = make(&["a.cpp".into()], Language::C, CXX, 19).expect_err("C++ needs them");
        assert!(cxx.to_string().contains("found version 19"), "{cxx}");
    }

    #[test]
    fn cxx_without_a_library_has_a_hint() {
        let hint = Some(Hint::NoCxxLibrary {
            sysroot: "/t/coopt/sysroot".into(),
        });
        for (line, files, expected) in [
            ("a.cpp", C, &hint),
            ("-c a.c b.cc", C, &hint),
            ("a.cpp", CXX, &None),
            ("a.c b.o", C, &None),
        ] {
            let plan = plan_with(line, files).expect("the line means something");
            assert_eq!(&plan.hint, expected, "{line}");
        }
    }
}
