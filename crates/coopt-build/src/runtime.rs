//! The runtime: the wasm module that is merged into every guest.
//!
//! It is `guest/coopt-runtime` of this repository, compiled by set-up. What
//! it imports and exports is the contract between that crate and this one;
//! both sides of it are listed here.

use crate::Error;
use crate::module::Module;

/// The compiled runtime.
const WASM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/runtime.wasm"));

/// Parses the embedded runtime.
pub fn parse() -> Result<Module<'static>, Error> {
    Module::parse(WASM).map_err(|error| Error::internal(format!("the embedded runtime: {error}")))
}

/// The runtime reads and writes guest memory, which is another memory than
/// its own, through imports of this module. Each is one instruction once
/// both are merged (invariant I2).
pub const GUEST_MEMORY: &str = "guest";

/// What the builder knows and the runtime asks for: constants.
pub const BUILD: &str = "build";

/// Declares the functions that trampolines, or guests directly, call.
macro_rules! runtime_functions {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Functions that the runtime exports, by their index in it.
        #[derive(Clone, Copy, Debug)]
        pub struct RuntimeFunctions {
            $($(#[$doc])* pub $name: u32,)*
        }

        impl RuntimeFunctions {
            /// Finds them all in the runtime.
            pub fn of(runtime: &Module<'_>) -> Result<Self, Error> {
                Ok(Self {
                    $($name: runtime.exported_function(stringify!($name)).ok_or_else(|| {
                        Error::internal(concat!(
                            "the embedded runtime exports no `", stringify!($name), "`"
                        ))
                    })?,)*
                })
            }
        }
    };
}

runtime_functions! {
    /// `()`, called by the main thread before `_start`
    program_start,
    /// `(start_arg) -> tid or -errno`
    thread_spawn,
    /// `() -> tid`
    thread_self,
    /// `(tid, ptr, len) -> errno`
    thread_set_name,
    /// `(tid) -> 0 or 1`
    thread_wake,
    /// `(tid, priority) -> errno`
    thread_set_priority,
    /// `() -> action`
    thread_yield,
    /// `() -> action`
    thread_preempt,
    /// `() -> start_arg`, called by a fiber that now runs another thread
    thread_begin,
    /// `() -> action`, called when a thread's start function has returned, or
    /// `pthread_exit` ended it
    thread_end,
    /// `(addr, kind, owner, deadline: i64) -> action`
    futex_wait,
    /// `(lock, addr, kind, owner, deadline: i64) -> action`
    futex_handoff_wait,
    /// `(addr, timeout: i64) -> action`, as `memory.atomic.wait` counts time
    atomic_wait,
    /// `(addr, count) -> woken`
    futex_wake,
    /// `(addr) -> tid`
    futex_handoff,
    /// `(from, to, wake, requeue) -> count`
    futex_requeue,
    /// `(addr) -> priority or -1`
    futex_priority,
    /// `(deadline: i64) -> action`
    sleep_until,
    /// `() -> WAIT_*`, of the calling thread's last wait
    wait_outcome,
    /// `() -> i64`
    clock_monotonic,
    /// `(id, precision: i64, out) -> errno`
    clock_time_get,
    /// `(in, out, count) -> action`
    poll_begin,
    /// `(in, out, count, count_out) -> errno`
    poll_end,
    /// `(code)`, does not return
    proc_exit,
    /// `() -> waitable set`, before the host is asked for an event
    event_window_open,
    /// `(event) -> action`, after it
    event_window_close,
}
