//! The calls: each function that a program imports and coopt provides, as one row of one table.
//!
//! From [`calls!`](crate::calls) come the data ([`CALLS`]), what coopt-build puts in an import's
//! place, the check of the runtime's exports, the C layer's imports, and the pages of [`rows`]. A
//! test holds `coopt.h` against it.
//!
//! A row says, in this order: what the call does; the import's module and name; whether any
//! numbers may be passed (`safe`) or some are addresses that must be right (`unsafe`); a name of
//! its own, the parameters and the result; the [`Way`] it is carried out, with the runtime
//! functions behind it; and, for a wait, whether its trampoline may take the place of the call
//! (`in_place`). The order of the rows is that of the trampolines in a component.
//!
//! Addresses are pointers of the program (`u32`). Deadlines are absolute nanoseconds on the
//! monotonic clock (`i64`); [`NO_DEADLINE`](crate::guest::NO_DEADLINE) means never. All calls
//! exist with threads off too.
//!
//! The run queue and the queue of each futex are ordered by priority, higher first, then by
//! arrival. A wake-up or a change of priority never switches: whoever makes a thread of higher
//! priority runnable calls `thread_preempt` once it has put its own affairs in order.

/// The import module of our own calls.
pub const MODULE: &str = "coopt";

/// The import module of the WASI calls of today's toolchains.
pub const PREVIEW1: &str = "wasi_snapshot_preview1";

/// Hands the rows of the table to the macro `$with`, each as
///
/// ```text
/// #[doc = ...] "module" "name": safe fn own_name(param: type, ...) -> type = way(function, ...) in_place;
/// ```
///
/// where the result and `in_place` may be missing.
#[macro_export]
macro_rules! calls {
    ($with:ident) => {
        $with! {
            /// Starts a thread in the exported function `wasi_thread_start(id, start_arg)`: a
            /// positive thread id, or a negated WASI errno.
            "coopt" "thread_spawn": unsafe fn thread_spawn(start_arg: u32) -> i32
                = direct(thread_spawn);

            /// The same, as wasi-threads has it.
            "wasi" "thread-spawn": unsafe fn wasi_thread_spawn(start_arg: u32) -> i32
                = direct(thread_spawn);

            /// The id of the calling thread.
            "coopt" "thread_self": safe fn thread_self() -> u32
                = direct(thread_self);

            /// Names a thread for reports and backtraces; 0, or an errno.
            "coopt" "thread_set_name": unsafe fn thread_set_name(tid: u32, name: u32, len: u32) -> i32
                = direct(thread_set_name);

            /// Sets a thread's scheduling priority, 0 to
            /// [`Priority::MAX`](crate::thread::Priority::MAX); 0, or an errno (`SRCH`, `INVAL`).
            /// Never switches.
            "coopt" "thread_set_priority": safe fn thread_set_priority(tid: u32, priority: u32) -> i32
                = direct(thread_set_priority);

            /// Ends a `futex_wait` or `sleep_until` of a thread with
            /// [`Outcome::Interrupted`](crate::wait::Outcome::Interrupted): 1. When it is not parked, or
            /// `futex_requeue` has moved it, so that what it waited for has come, or it waits by
            /// an instruction or a call of WASI, whose callers know no such end: 0.
            "coopt" "thread_wake": safe fn thread_wake(tid: u32) -> u32
                = direct(thread_wake);

            /// Parks while `*addr == expected`; an [`Outcome`](crate::wait::Outcome).
            "coopt" "futex_wait": unsafe fn futex_wait(
                addr: u32, expected: u32, kind: u32, owner: u32, deadline: i64
            ) -> u32
                = compares(futex_wait) in_place;

            /// Stores at `lock` what `futex_handoff` of it returns, and then waits as
            /// `futex_wait` does. Nobody runs in between. If `*addr != expected`, nothing
            /// happens.
            "coopt" "futex_handoff_wait": unsafe fn futex_handoff_wait(
                lock: u32, addr: u32, expected: u32, kind: u32, owner: u32, deadline: i64
            ) -> u32
                = compares(futex_handoff_wait) in_place;

            /// Wakes up to `count` waiters, in the order of the queue; how many.
            "coopt" "futex_wake": safe fn futex_wake(addr: u32, count: u32) -> u32
                = direct(futex_wake);

            /// Wakes the first waiter and says who it was: its id, with
            /// [`WAITERS`](crate::lock_word::WAITERS) set when others still wait; 0 when
            /// nobody waits.
            "coopt" "futex_handoff": safe fn futex_handoff(addr: u32) -> u32
                = direct(futex_handoff);

            /// Wakes up to `wake` waiters of `from`, then moves up to `requeue` to `to`'s queue,
            /// where they wait for a lock, without a deadline, and beyond the reach of
            /// `thread_wake`; how many woken plus moved.
            "coopt" "futex_requeue": safe fn futex_requeue(
                from: u32, to: u32, wake: u32, requeue: u32
            ) -> u32
                = direct(futex_requeue);

            /// The highest priority among the waiters;
            /// [`NO_WAITERS`](crate::guest::NO_WAITERS) when there are none.
            "coopt" "futex_priority": safe fn futex_priority(addr: u32) -> i32
                = direct(futex_priority);

            /// Parks until the deadline; [`Outcome::TimedOut`](crate::wait::Outcome::TimedOut), or
            /// [`Outcome::Interrupted`](crate::wait::Outcome::Interrupted).
            "coopt" "sleep_until": safe fn sleep_until(deadline: i64) -> u32
                = waits(sleep_until);

            /// Lets every other runnable thread of the caller's priority, and above, go first.
            "coopt" "thread_yield": safe fn thread_yield()
                = gives_way(thread_yield);

            /// If a runnable thread has a higher priority than the caller, it runs now, and the
            /// caller will be the first of its own priority to go on; else returns at once.
            "coopt" "thread_preempt": safe fn thread_preempt()
                = gives_way(thread_preempt);

            /// Ends the calling thread from any depth; does not return.
            "coopt" "thread_exit": safe fn thread_exit() -> !
                = throws();

            /// Nanoseconds on the monotonic clock.
            "coopt" "clock_monotonic": safe fn clock_monotonic() -> u64
                = direct(clock_monotonic);

            /// WASI's `thread_yield`; its errno is always 0.
            "wasi_snapshot_preview1" "sched_yield": safe fn sched_yield() -> i32
                = gives_way(thread_yield);

            /// Waits for clocks, blocking its caller only; an errno.
            "wasi_snapshot_preview1" "poll_oneoff": unsafe fn poll_oneoff(
                subscriptions: u32, events: u32, count: u32, count_out: u32
            ) -> i32
                = begins(poll_begin, poll_end);

            /// Writes the time of a clock; an errno. The monotonic one is that of the deadlines.
            "wasi_snapshot_preview1" "clock_time_get": unsafe fn clock_time_get(
                clock: u32, precision: u64, time: u32
            ) -> i32
                = direct(clock_time_get);

            /// Ends the program.
            "wasi_snapshot_preview1" "proc_exit": safe fn proc_exit(code: u32) -> !
                = direct(proc_exit);
        }
    };
}

/// Hands to the macro `$with` the functions of the runtime that no row of [`calls!`](crate::calls)
/// brings: what generated code calls of its own accord.
#[macro_export]
macro_rules! runtime_calls {
    ($with:ident) => {
        $with! {
            /// Makes the calling host thread the main thread, before anything of the program runs.
            PROGRAM_START = program_start();
            /// Called by a host thread that now runs another thread; its `start_arg`.
            THREAD_BEGIN = thread_begin() -> u32;
            /// Called when a thread's start function has returned, or `thread_exit` ended it; an
            /// action.
            THREAD_END = thread_end() -> u32;
            /// `memory.atomic.wait`, after the comparison; an action.
            ATOMIC_WAIT = atomic_wait(addr: u32, timeout: i64) -> u32;
            /// How the calling thread's last wait ended: an [`Outcome`](crate::wait::Outcome).
            WAIT_OUTCOME = wait_outcome() -> u32;
            /// Called before the host is asked for an event; the waitable set.
            EVENT_WINDOW_OPEN = event_window_open() -> u32;
            /// Called with the event; an action.
            EVENT_WINDOW_CLOSE = event_window_close(event: u32) -> u32;
        }
    };
}

/// A number type of WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
}

/// A parameter of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name in the table.
    pub name: &'static str,
    /// Its type.
    pub ty: Type,
}

/// A function of the runtime, by the name of its export. Only this module makes them, so each is
/// one that [`runtime_functions`] lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuntimeFunction(&'static str);

impl RuntimeFunction {
    /// The name of the export.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// How a call is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `direct(f)`: the program calls `f` of the runtime, which has the call's type.
    Direct(RuntimeFunction),
    /// `gives_way(f)`: a trampoline asks `f`, which takes the call's parameters, for an action and
    /// performs it. It answers 0 if the call has a result.
    GivesWay(RuntimeFunction),
    /// `waits(f)`: the same, and it answers with the wait's outcome.
    Waits(RuntimeFunction),
    /// `compares(f)`: the same, but it first compares the word at the parameter [`ADDR`] with the
    /// parameter [`EXPECTED`]. If they differ, it answers
    /// [`Outcome::NotEqual`](crate::wait::Outcome::NotEqual); if not, it asks `f`, which takes the other
    /// parameters.
    Compares(RuntimeFunction),
    /// `begins(f, g)`: a trampoline asks `f` for an action, performs it, and answers with what `g`
    /// returns. Both take the call's parameters. While `g` returns [`AGAIN`], it begins again.
    Begins(RuntimeFunction, RuntimeFunction),
    /// `throws()`: a trampoline throws the tag that ends a thread.
    Throws,
}

/// The parameter of a [`Way::Compares`] that is the address of the word.
pub const ADDR: &str = "addr";
/// The parameter of a [`Way::Compares`] that the word is compared with.
pub const EXPECTED: &str = "expected";

/// What the second function of a [`Way::Begins`] returns for "not yet": no errno is negative.
pub const AGAIN: i32 = -1;

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The import's module.
    pub module: &'static str,
    /// The import's name.
    pub name: &'static str,
    /// What it is called in a backtrace, if it is a trampoline.
    pub trampoline: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// Its result. A call that does not return has none.
    pub result: Option<Type>,
    /// How it is carried out.
    pub way: Way,
    /// Whether its trampoline may take the place of the call.
    pub in_place: bool,
}

impl Call {
    /// The row for the import `module`.`name`.
    #[must_use]
    pub fn find(module: &str, name: &str) -> Option<&'static Self> {
        CALLS
            .iter()
            .find(|call| call.module == module && call.name == name)
    }

    /// The parameters of the functions of the runtime behind it.
    pub fn asked(&self) -> impl Iterator<Item = Param> {
        let compares = matches!(self.way, Way::Compares(_));
        let params = self.params.iter().copied();
        params.filter(move |param| !(compares && param.name == EXPECTED))
    }

    /// Whether it creates a thread.
    #[must_use]
    pub fn creates_threads(&self) -> bool {
        self.way == rows::thread_spawn.way
    }
}

/// Where the parameters of a function of the runtime stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Params {
    /// They are those that this call passes on.
    Asked(&'static Call),
    /// Here.
    Own(&'static [Param]),
}

/// A function that the runtime exports for programs or for generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuntimeExport {
    /// Which.
    pub function: RuntimeFunction,
    params: Params,
    /// Its result.
    pub result: Option<Type>,
}

impl RuntimeExport {
    /// The types of its parameters.
    pub fn param_types(&self) -> impl Iterator<Item = Type> {
        let (call, own) = match self.params {
            Params::Asked(call) => (Some(call), &[][..]),
            Params::Own(own) => (None, own),
        };
        let asked = call.into_iter().flat_map(Call::asked);
        asked.chain(own.iter().copied()).map(|param| param.ty)
    }
}

/// All functions that the runtime exports. One that is behind two calls is listed twice.
pub fn runtime_exports() -> impl Iterator<Item = RuntimeExport> {
    let behind = CALLS.iter().flat_map(|call| {
        let action = Some(Type::I32);
        let (first, second) = match call.way {
            Way::Direct(function) => (Some((function, call.result)), None),
            Way::GivesWay(ask) | Way::Waits(ask) | Way::Compares(ask) => {
                (Some((ask, action)), None)
            }
            Way::Begins(begin, end) => (Some((begin, action)), Some((end, call.result))),
            Way::Throws => (None, None),
        };
        let functions = first.into_iter().chain(second);
        functions.map(move |(function, result)| RuntimeExport {
            function,
            params: Params::Asked(call),
            result,
        })
    });
    behind.chain(RUNTIME.iter().copied())
}

/// The [`Type`] of a number, from its Rust name.
macro_rules! number {
    (u32) => {
        Type::I32
    };
    (i32) => {
        Type::I32
    };
    (u64) => {
        Type::I64
    };
    (i64) => {
        Type::I64
    };
}

/// The result of a call.
macro_rules! result {
    () => {
        None
    };
    (!) => {
        None
    };
    ($ty:tt) => {
        Some(number!($ty))
    };
}

/// The [`Way`] of a row.
macro_rules! way {
    (direct($f:ident)) => {
        Way::Direct(RuntimeFunction(stringify!($f)))
    };
    (gives_way($f:ident)) => {
        Way::GivesWay(RuntimeFunction(stringify!($f)))
    };
    (waits($f:ident)) => {
        Way::Waits(RuntimeFunction(stringify!($f)))
    };
    (compares($f:ident)) => {
        Way::Compares(RuntimeFunction(stringify!($f)))
    };
    (begins($f:ident, $g:ident)) => {
        Way::Begins(
            RuntimeFunction(stringify!($f)),
            RuntimeFunction(stringify!($g)),
        )
    };
    (throws()) => {
        Way::Throws
    };
}

/// Whether the row says `in_place`.
macro_rules! placed {
    () => {
        false
    };
    (in_place) => {
        true
    };
}

macro_rules! params {
    ($($param:ident: $ty:tt),*) => {
        &[$(Param { name: stringify!($param), ty: number!($ty) }),*]
    };
}

macro_rules! data {
    ($(
        $(#[doc = $doc:literal])*
        $module:literal $name:literal: $safety:ident fn $own:ident($($param:ident: $ty:tt),* $(,)?)
            $(-> $result:tt)? = $way:ident($($function:ident),*) $($placed:ident)?;
    )*) => {
        /// A page for each call.
        pub mod rows {
            #![expect(
                non_upper_case_globals,
                reason = "each has the name of the function that it describes"
            )]
            use super::{Call, Param, RuntimeFunction, Type, Way};
            $(
                $(#[doc = $doc])*
                ///
                #[doc = concat!(
                    "`", $module, ".", $name, stringify!(($($param: $ty),*) $(-> $result)?), "`"
                )]
                pub const $own: Call = Call {
                    module: $module,
                    name: $name,
                    trampoline: concat!("coopt.", stringify!($own)),
                    params: params!($($param: $ty),*),
                    result: result!($($result)?),
                    way: way!($way($($function),*)),
                    in_place: placed!($($placed)?),
                };
            )*
        }

        /// The table.
        pub static CALLS: &[Call] = &[$(rows::$own),*];
    };
}

macro_rules! runtime_data {
    ($(
        $(#[doc = $doc:literal])*
        $const:ident = $own:ident($($param:ident: $ty:tt),* $(,)?) $(-> $result:tt)?;
    )*) => {
        /// The functions of the runtime that generated code calls of its own accord.
        pub mod runtime {
            use super::RuntimeFunction;
            $(
                $(#[doc = $doc])*
                pub const $const: RuntimeFunction = RuntimeFunction(stringify!($own));
            )*
            /// The calling thread's id, as for `coopt.thread_self`.
            pub const THREAD_SELF: RuntimeFunction = RuntimeFunction("thread_self");
            /// `memory.atomic.notify`, as for `coopt.futex_wake`.
            pub const FUTEX_WAKE: RuntimeFunction = RuntimeFunction("futex_wake");
        }

        /// The functions of [`runtime`] that are behind no call.
        static RUNTIME: &[RuntimeExport] = &[$(RuntimeExport {
            function: runtime::$const,
            params: Params::Own(params!($($param: $ty),*)),
            result: result!($($result)?),
        }),*];
    };
}

calls!(data);
runtime_calls!(runtime_data);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_its_import() {
        for call in CALLS {
            assert_eq!(Call::find(call.module, call.name), Some(call));
        }
        assert_eq!(Call::find(MODULE, "no_such_call"), None);
    }

    #[test]
    fn a_row_can_be_carried_out() {
        for call in CALLS {
            let has = |name| {
                call.params
                    .iter()
                    .filter(|param| param.name == name)
                    .count()
            };
            if let Way::Compares(_) = call.way {
                assert_eq!((has(ADDR), has(EXPECTED)), (1, 1), "{}", call.name);
            }
            if let Way::Waits(_) | Way::Compares(_) | Way::Begins(..) = call.way {
                assert_eq!(call.result, Some(Type::I32), "{}", call.name);
            }
            let waits = matches!(call.way, Way::Waits(_) | Way::Compares(_));
            assert!(waits || !call.in_place, "{}", call.name);
        }
    }

    #[test]
    fn a_function_behind_two_calls_has_one_type() {
        for one in runtime_exports() {
            for other in runtime_exports().filter(|other| other.function == one.function) {
                let name = one.function.name();
                assert!(one.param_types().eq(other.param_types()), "{name}");
                assert_eq!(one.result, other.result, "{name}");
            }
        }
        for function in [runtime::THREAD_SELF, runtime::FUTEX_WAKE] {
            assert!(runtime_exports().any(|export| export.function == function));
        }
    }
}
