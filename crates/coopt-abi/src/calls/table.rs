//! The table itself: two macros that hand its rows to another macro. The rows of WASI preview 1 are
//! in [`preview1`](super::preview1).

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
        $crate::preview1_calls! { $with {
            /// Starts a thread in the exported function `wasi_thread_start(id, start_arg)`;
            /// returns a positive thread id, or a negated WASI errno.
            "coopt" "thread_spawn": unsafe fn thread_spawn(start_arg: u32) -> i32
                = direct(thread_spawn);

            /// Starts a thread, as wasi-threads has it: see `coopt.thread_spawn`.
            "wasi" "thread-spawn": unsafe fn wasi_thread_spawn(start_arg: u32) -> i32
                = direct(thread_spawn);

            /// The id of the calling thread.
            "coopt" "thread_self": safe fn thread_self() -> u32
                = direct(thread_self);

            /// Names a thread for reports and backtraces; returns 0, or an errno.
            "coopt" "thread_set_name": unsafe fn thread_set_name(tid: u32, name: u32, len: u32) -> i32
                = direct(thread_set_name);

            /// Sets a thread's scheduling priority, 0 to
            /// [`Priority::MAX`](crate::thread::Priority::MAX); returns 0, `SRCH` or `INVAL`.
            /// Never switches.
            "coopt" "thread_set_priority": safe fn thread_set_priority(tid: u32, priority: u32) -> i32
                = direct(thread_set_priority);

            /// Ends a `futex_wait` or `sleep_until` of a thread with
            /// [`Outcome::Interrupted`](crate::wait::Outcome::Interrupted), or a call of WASI that
            /// waits for others with `INTR`; returns 1. Does nothing and returns 0 when the thread is
            /// not parked, when `futex_requeue` has moved it (what it waited for has come), or when
            /// it waits by an instruction, whose callers know no such end.
            "coopt" "thread_wake": safe fn thread_wake(tid: u32) -> u32
                = direct(thread_wake);

            /// Parks if `*addr == expected`; returns an [`Outcome`](crate::wait::Outcome).
            "coopt" "futex_wait": unsafe fn futex_wait(
                addr: u32, expected: u32, kind: u32, owner: u32, deadline: i64
            ) -> u32
                = compares(futex_wait) in_place;

            /// Wakes up to `count` waiters, in the order of the queue; returns how many.
            "coopt" "futex_wake": safe fn futex_wake(addr: u32, count: u32) -> u32
                = direct(futex_wake);

            /// Wakes the first waiter; returns its id, with [`WAITERS`](crate::lock_word::WAITERS)
            /// set when others still wait, or 0 when nobody waits.
            "coopt" "futex_handoff": safe fn futex_handoff(addr: u32) -> u32
                = direct(futex_handoff);

            /// Wakes up to `wake` waiters of `from`, then moves up to `requeue` to `to`'s queue,
            /// where they wait for a lock, without a deadline, and beyond the reach of
            /// `thread_wake`; returns how many it woke plus how many it moved.
            "coopt" "futex_requeue": safe fn futex_requeue(
                from: u32, to: u32, wake: u32, requeue: u32
            ) -> u32
                = direct(futex_requeue);

            /// The highest priority among the waiters;
            /// [`NO_WAITERS`](crate::calls::NO_WAITERS) when there are none.
            "coopt" "futex_priority": safe fn futex_priority(addr: u32) -> i32
                = direct(futex_priority);

            /// Parks until the deadline; returns
            /// [`Outcome::TimedOut`](crate::wait::Outcome::TimedOut), or
            /// [`Outcome::Interrupted`](crate::wait::Outcome::Interrupted).
            "coopt" "sleep_until": safe fn sleep_until(deadline: i64) -> u32
                = waits(sleep_until);

            /// Lets every other runnable thread of the caller's priority, and above, go first.
            "coopt" "thread_yield": safe fn thread_yield()
                = gives_way(thread_yield);

            /// As `thread_yield`, but first the host has its turn, if anything is asked of it, and waits
            /// whose deadline has passed end.
            "coopt" "thread_yield_to_host": safe fn thread_yield_to_host()
                = gives_way(thread_yield_to_host);

            /// If a runnable thread has a higher priority than the caller, that thread runs first,
            /// and the caller goes on before the others of its own priority; else returns at once.
            "coopt" "thread_preempt": safe fn thread_preempt()
                = gives_way(thread_preempt);

            /// The calling thread's stack has `size` bytes, for messages, and nothing else lies from
            /// `low` on. A component that checks stacks traps from here on when a frame would go
            /// below `low`.
            "coopt" "stack_bounds": safe fn stack_bounds(low: u32, size: u32)
                = direct(stack_bounds);

            /// Ends the calling thread from any depth; does not return.
            "coopt" "thread_exit": safe fn thread_exit() -> !
                = throws();

            /// Opens both ends of a pipe, or of two (`ways` is 2) that lead both ways, with preview
            /// 1's `fdflags`, and stores their descriptors at `fds`; returns an errno.
            "coopt" "fd_pipe": unsafe fn fd_pipe(ways: u32, fdflags: u32, fds: u32) -> i32
                = direct(fd_pipe);

            /// Gives what `fd` stands for another descriptor, the lowest that is free and not below
            /// `least`, and stores it at `to`; returns an errno.
            "coopt" "fd_dup": unsafe fn fd_dup(fd: u32, least: u32, to: u32) -> i32
                = direct(fd_dup);

            /// Gives what `fd` stands for the descriptor `to`, too, whatever that was; returns an
            /// errno.
            "coopt" "fd_dup_to": safe fn fd_dup_to(fd: u32, to: u32) -> i32
                = direct(fd_dup_to);

            /// Nanoseconds on the monotonic clock.
            "coopt" "clock_monotonic": safe fn clock_monotonic() -> u64
                = direct(clock_monotonic);
        } }
    };
}

/// Hands to the macro `$with` the functions of the runtime that generated code, or the host, calls
/// of its own accord. No row of [`calls!`](crate::calls!) names them.
#[macro_export]
macro_rules! runtime_calls {
    ($with:ident) => {
        $with! {
            /// Makes the calling host thread the main thread, before anything of the program runs.
            PROGRAM_START = program_start();
            /// Called by a host thread that begins to run a thread; returns its `start_arg`.
            THREAD_BEGIN = thread_begin() -> u32;
            /// Called when a thread's start function has returned, or `thread_exit` ended the
            /// thread; returns an action.
            THREAD_END = thread_end() -> u32;
            /// `memory.atomic.wait`, after the comparison; returns an action.
            ATOMIC_WAIT = atomic_wait(addr: u32, timeout: i64) -> u32;
            /// How the calling thread's last wait ended: an [`Outcome`](crate::wait::Outcome).
            WAIT_OUTCOME = wait_outcome() -> u32;
            /// Called before the host is asked for an event; returns the waitable set.
            EVENT_WINDOW_OPEN = event_window_open() -> u32;
            /// Called with the event; returns an action.
            EVENT_WINDOW_CLOSE = event_window_close(event: u32) -> u32;
            /// What the calling thread's call returns that has begun, or
            /// [`AGAIN`](crate::calls::AGAIN) when it has to wait again.
            CALL_END = call_end() -> i32;
            /// The action by which the calling thread waits for its call that has begun.
            CALL_WAIT = call_wait() -> u32;
            /// Called when a thread has computed for long; returns an action.
            TURN_OVER = turn_over() -> u32;
            /// The lowest byte of the stack of a thread that begins with `start_arg`, if the C
            /// library has it where musl has it; else 0.
            STACK_FIND = stack_find(start_arg: u32) -> u32;
            /// Called before a trap when the calling thread's stack has overflowed.
            FAULT_STACK = fault_stack();
            /// Called before a trap when the function at `pointer` of the program's table does not
            /// have the program's type `wanted`.
            FAULT_FUNCTION_TYPE = fault_function_type(pointer: u32, wanted: u32);
            /// Opens the sockets that listen from the start, before the program starts.
            LISTENERS_OPEN = listeners_open();
            /// Opens the directories that a program may use, before the program starts.
            PREOPENS_OPEN = preopens_open();
            /// Called when the C library has found no directory that leads to the path at `path`,
            /// which ends with a zero.
            PATH_OUTSIDE = path_outside(path: u32);
            /// Room in the program's memory for what the host returns, as the Canonical ABI has it.
            /// It is called by the host, and it traps when there is no room.
            CABI_REALLOC = cabi_realloc(old: u32, old_size: u32, align: u32, new_size: u32) -> u32;
        }
    };
}
