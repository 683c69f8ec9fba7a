//! The frames of a backtrace, and whose code they run.

use wasmtime::FrameInfo;

/// One frame of a backtrace.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The demangled name of the function, or its index.
    pub function: String,
    /// `file:line:column`, when the module carries DWARF.
    pub place: Option<String>,
    /// Whose code the frame runs.
    pub owner: Owner,
}

/// Whose code a frame runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The program's.
    Program,
    /// That of coopt, of what starts a program, a thread or a panic, or of what wit-component adds.
    Machinery,
}

/// How the names of functions begin that coopt-build generates or merges in, or that are of our thread
/// layer.
const OUR_FUNCTIONS: [&str; 9] = [
    "coopt.",
    "coopt_runtime::",
    "coopt_sched::",
    "coopt_wasi::",
    "coopt_pthread::",
    "coopt_threads::",
    "coopt_sync::",
    "coopt_thread_start",
    "__coopt_",
];

/// The functions of C libraries that call a program or a thread.
const STARTING: [&str; 5] = [
    "_start",
    "__main_void",
    "__original_main",
    "wasi_thread_start",
    "__wasi_thread_start_C",
];

/// Rust's standard library marks what it shows of a backtrace: the frames between the end of what
/// panics and the beginning of what starts a thread.
const RUST_BEGINS: &str = "__rust_begin_short_backtrace";
const RUST_ENDS: &str = "__rust_end_short_backtrace";

/// What panics before the end that Rust marks.
const RUST_PANICS: [&str; 2] = ["rust_begin_unwind", "core::panicking::"];

/// How the names of modules begin that wit-component adds to a component.
const OUR_MODULES: &str = "wit-component:";

impl Frame {
    /// The frames of a call of one wasm function: those of the functions that
    /// the compiler inlined, then its own.
    pub fn all_of(info: &FrameInfo) -> Vec<Self> {
        let name = match info.func_name() {
            Some(name) => demangled(name),
            None => format!("<function {}>", info.func_index()),
        };
        let owner = owner(&name, info.module().name());
        let symbols = info.symbols();
        if symbols.is_empty() {
            return vec![Self {
                function: name,
                place: None,
                owner,
            }];
        }
        let frames = symbols.iter().map(|symbol| Self {
            function: symbol.name().map_or_else(|| name.clone(), demangled),
            place: symbol
                .file()
                .map(|file| place(file, symbol.line(), symbol.column())),
            owner,
        });
        frames.collect()
    }
}

/// The frames of a backtrace, innermost first, with what Rust leaves out marked.
pub(crate) fn all(frames: &[FrameInfo]) -> Vec<Frame> {
    let mut frames: Vec<Frame> = frames.iter().flat_map(Frame::all_of).collect();
    mark_rust(&mut frames);
    frames
}

fn mark_rust(frames: &mut [Frame]) {
    let position = |part: &str| {
        frames
            .iter()
            .position(|frame| frame.function.contains(part))
    };
    let begins = position(RUST_BEGINS).unwrap_or(frames.len());
    let after_end = position(RUST_ENDS).map_or(0, |end| end + 1);
    let panics = |frame: &&Frame| RUST_PANICS.iter().any(|part| frame.function.contains(part));
    let panicking = match after_end {
        0 => 0,
        end => frames[end..].iter().take_while(panics).count(),
    };
    let (inner, outer) = (after_end + panicking, begins);
    if inner <= outer {
        for (index, frame) in frames.iter_mut().enumerate() {
            if !(inner..outer).contains(&index) {
                frame.owner = Owner::Machinery;
            }
        }
    }
}

fn owner(function: &str, module: Option<&str>) -> Owner {
    let ours = OUR_FUNCTIONS
        .iter()
        .any(|prefix| function.trim_start_matches('<').starts_with(prefix))
        || STARTING.contains(&function)
        || module.is_some_and(|name| name.starts_with(OUR_MODULES));
    if ours {
        Owner::Machinery
    } else {
        Owner::Program
    }
}

/// The name as it stands in the source. The program chose it, so control
/// characters, which must not reach a terminal, are taken out.
fn demangled(name: &str) -> String {
    let text = format!("{:#}", rustc_demangle::demangle(name));
    text.chars().filter(|c| !c.is_control()).collect()
}

fn place(file: &str, line: Option<u32>, column: Option<u32>) -> String {
    let mut text: String = file.chars().filter(|c| !c.is_control()).collect();
    for number in [line, column].into_iter().flatten() {
        text.push(':');
        text.push_str(&number.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_they_were_written() {
        assert_eq!(
            demangled("_ZN4main6worker17h0123456789abcdefE"),
            "main::worker"
        );
        assert_eq!(demangled("divide"), "divide");
        assert_eq!(demangled("evil\x1b[31m"), "evil[31m");
    }

    #[test]
    fn frames_of_ours_are_told_apart() {
        assert_eq!(owner("coopt.perform", None), Owner::Machinery);
        assert_eq!(owner("coopt_runtime::spawn", None), Owner::Machinery);
        assert_eq!(owner("<coopt_wasi::Wasi>::read", None), Owner::Machinery);
        assert_eq!(
            owner("indirect-wasi:cli", Some("wit-component:shim")),
            Owner::Machinery
        );
        assert_eq!(
            owner("wasi_thread_start", Some("app.wasm")),
            Owner::Machinery
        );
        assert_eq!(owner("cooptation", Some("app.wasm")), Owner::Program);
        assert_eq!(owner("_started", Some("app.wasm")), Owner::Program);
    }

    fn program(names: &[&str]) -> Vec<Frame> {
        let frames = names.iter().map(|name| Frame {
            function: (*name).to_owned(),
            place: None,
            owner: Owner::Program,
        });
        frames.collect()
    }

    /// The functions of the program.
    fn shown<'n>(names: &[&'n str]) -> Vec<&'n str> {
        let mut frames = program(names);
        mark_rust(&mut frames);
        let both = names.iter().zip(&frames);
        let shown = both.filter(|(_, frame)| frame.owner == Owner::Program);
        shown.map(|(name, _)| *name).collect()
    }

    #[test]
    fn what_rust_leaves_out_of_a_backtrace_is_machinery() {
        let begins = "std::sys::backtrace::__rust_begin_short_backtrace";
        let ends = "std::sys::backtrace::__rust_end_short_backtrace";
        let panic = [
            "abort",
            ends,
            "__rustc::rust_begin_unwind",
            "core::panicking::panic_fmt",
            "app::work",
            "app::main",
            begins,
            "std::rt::lang_start",
        ];
        assert_eq!(shown(&panic), ["app::work", "app::main"]);
        assert_eq!(shown(&["app::work", begins, "main"]), ["app::work"]);
        assert_eq!(shown(&["abort", "work", "main"]), ["abort", "work", "main"]);
        // The marks of a thread that panics while it starts another.
        assert_eq!(shown(&[begins, ends, "work"]), [begins, ends, "work"]);
        assert_eq!(shown(&[]), [""; 0]);
    }

    #[test]
    fn places_leave_out_what_is_unknown() {
        assert_eq!(place("a.c", Some(3), Some(7)), "a.c:3:7");
        assert_eq!(place("a.c", Some(3), None), "a.c:3");
        assert_eq!(place("a.c", None, None), "a.c");
    }
}
