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
    /// That of the runtime, the trampolines, or what wit-component adds.
    Coopt,
}

/// How the names of functions begin that coopt-build generates or merges in.
const OUR_FUNCTIONS: [&str; 4] = ["coopt.", "coopt_runtime::", "coopt_sched::", "coopt_wasi::"];

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

fn owner(function: &str, module: Option<&str>) -> Owner {
    let ours = OUR_FUNCTIONS
        .iter()
        .any(|prefix| function.trim_start_matches('<').starts_with(prefix))
        || module.is_some_and(|name| name.starts_with(OUR_MODULES));
    if ours { Owner::Coopt } else { Owner::Program }
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
        assert_eq!(owner("coopt.perform", None), Owner::Coopt);
        assert_eq!(owner("coopt_runtime::spawn", None), Owner::Coopt);
        assert_eq!(owner("<coopt_wasi::Wasi>::read", None), Owner::Coopt);
        assert_eq!(
            owner("indirect-wasi:cli", Some("wit-component:shim")),
            Owner::Coopt
        );
        assert_eq!(owner("cooptation", Some("app.wasm")), Owner::Program);
    }

    #[test]
    fn places_leave_out_what_is_unknown() {
        assert_eq!(place("a.c", Some(3), Some(7)), "a.c:3:7");
        assert_eq!(place("a.c", Some(3), None), "a.c:3");
        assert_eq!(place("a.c", None, None), "a.c");
    }
}
