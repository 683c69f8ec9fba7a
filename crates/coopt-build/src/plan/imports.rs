//! What takes the place of each import of a program, whoever imports it.

use coopt_abi::calls::{self, Call, PREVIEW1, RuntimeFunction, Way};
/// What takes an import's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// A function of the runtime, called directly.
    Runtime(RuntimeFunction),
    /// A trampoline: the call may switch threads.
    Trampoline(&'static Call),
    /// Nobody provides the import; the remedy is what to do about that.
    Unknown { remedy: &'static str },
}

/// Whether an import creates threads.
pub fn creates_threads(module: &str, name: &str) -> bool {
    Call::find(module, name).is_some_and(Call::creates_threads)
}

/// Decides what the import `module`.`name` becomes.
pub fn resolve(module: &str, name: &str) -> Resolution {
    if let Some(call) = Call::find(module, name) {
        return match call.way {
            Way::Direct(function) => Resolution::Runtime(function),
            _ => Resolution::Trampoline(call),
        };
    }
    let remedy = match module {
        PREVIEW1 => "preview1 has no such call: recompile with a toolchain of 2020 or later",
        calls::MODULE => {
            "this coopt does not know the function: use the headers and libraries of the same \
             version"
        }
        "wasi_unstable" => {
            "it is a call of the first WASI draft: recompile with a toolchain of 2020 or later"
        }
        "env" => {
            "it is a symbol that was not defined when the program was linked: link the library \
             that defines it (or drop `--allow-undefined` to see which call needs it)"
        }
        _ => {
            "no host of coopt provides it: link code that defines it, or leave out the code that \
             calls it"
        }
    };
    Resolution::Unknown { remedy }
}
