//! What each import of a guest becomes.

use wasmparser::FuncType;

use crate::runtime::RuntimeFunctions;
use crate::world;

use super::generated::{FutexWait, Generated};

/// What takes an import's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It stays an import: the preview1 adapter provides it under this name,
    /// with this type.
    Keep(&'static str, &'static FuncType),
    /// A function of the runtime, called directly.
    Runtime(u32),
    /// A trampoline: the call may switch threads.
    Generated(Generated),
    /// Nobody provides it; this is what to do about it.
    Unknown { remedy: &'static str },
}

/// The import module of the WASI calls of today's toolchains.
pub const PREVIEW1: &str = "wasi_snapshot_preview1";

/// Whether a function of the adapter is one of preview1: it exports others,
/// for its own use, which are not for programs.
fn is_preview1_call(name: &str) -> bool {
    const FAMILIES: [&str; 9] = [
        "args_", "clock_", "environ_", "fd_", "path_", "poll_", "proc_", "random_", "sock_",
    ];
    FAMILIES.iter().any(|family| name.starts_with(family))
}

/// Whether an import creates threads.
pub fn creates_threads(module: &str, name: &str) -> bool {
    matches!(
        (module, name),
        ("wasi", "thread-spawn") | (coopt_abi::guest::MODULE, "thread_spawn")
    )
}

/// Decides what the guest's import `module`.`name` becomes.
pub fn resolve(runtime: &RuntimeFunctions, module: &str, name: &str) -> Resolution {
    use Resolution::{Generated as Trampoline, Runtime};
    match (module, name) {
        ("wasi", "thread-spawn") => Runtime(runtime.thread_spawn),
        (coopt_abi::guest::MODULE, name) => match name {
            "thread_spawn" => Runtime(runtime.thread_spawn),
            "thread_self" => Runtime(runtime.thread_self),
            "thread_set_name" => Runtime(runtime.thread_set_name),
            "thread_set_priority" => Runtime(runtime.thread_set_priority),
            "thread_wake" => Runtime(runtime.thread_wake),
            "thread_yield" => Trampoline(Generated::ThreadYield),
            "thread_preempt" => Trampoline(Generated::ThreadPreempt),
            "thread_exit" => Trampoline(Generated::ThreadExit),
            "futex_wait" => Trampoline(Generated::FutexWait(FutexWait::Plain)),
            "futex_handoff_wait" => Trampoline(Generated::FutexWait(FutexWait::Handoff)),
            "futex_wake" => Runtime(runtime.futex_wake),
            "futex_handoff" => Runtime(runtime.futex_handoff),
            "futex_requeue" => Runtime(runtime.futex_requeue),
            "futex_priority" => Runtime(runtime.futex_priority),
            "sleep_until" => Trampoline(Generated::SleepUntil),
            "clock_monotonic" => Runtime(runtime.clock_monotonic),
            _ => Resolution::Unknown {
                remedy: "this coopt does not know the function: use the headers and libraries of \
                         the same version",
            },
        },
        (PREVIEW1, "sched_yield") => Trampoline(Generated::SchedYield),
        (PREVIEW1, "poll_oneoff") => Trampoline(Generated::PollOneoff),
        (PREVIEW1, "clock_time_get") => Runtime(runtime.clock_time_get),
        (PREVIEW1, "proc_exit") => Runtime(runtime.proc_exit),
        (PREVIEW1, name) => match world::adapter_export(name) {
            Some((name, ty)) if is_preview1_call(name) => Resolution::Keep(name, ty),
            _ => Resolution::Unknown {
                remedy: "preview1 has no such call: recompile with a toolchain of 2020 or later",
            },
        },
        ("wasi_unstable", _) => Resolution::Unknown {
            remedy: "it is a call of the first WASI draft: recompile with a toolchain of 2020 or \
                     later",
        },
        ("env", _) => Resolution::Unknown {
            remedy: "it is a symbol that was not defined when the program was linked: link the \
                     library that defines it (or drop `--allow-undefined` to see which call \
                     needs it)",
        },
        _ => Resolution::Unknown {
            remedy: "no host of coopt provides it: link code that defines it, or leave out the \
                     code that calls it",
        },
    }
}
