//! The life of threads.

use coopt_abi::calls::errno;
use coopt_abi::thread::NAME_LEN_MAX;
use coopt_sched::{HostNeed, HostThread, Priority, ThreadId};

use crate::runtime::with;
use crate::{host, program_memory};

/// `wasi.thread-spawn`: a positive id, or a negated errno. The new thread
/// runs when the caller blocks or yields.
#[unsafe(no_mangle)]
pub extern "C" fn thread_spawn(start_arg: u32) -> i32 {
    let refused = |errno: u32| -errno.cast_signed();
    if host::build::threads() == 0 {
        return refused(errno::NOTSUP);
    }
    with(|runtime| {
        let fresh = match runtime.scheduler.prepare_spawn() {
            Ok(HostNeed::Pooled) => None,
            Ok(HostNeed::Fresh) => Some(HostThread(host::thread_new(
                host::build::thread_start_index(),
                0,
            ))),
            Err(_) => return refused(errno::AGAIN),
        };
        runtime
            .scheduler
            .spawn(start_arg, fresh)
            .get()
            .cast_signed()
    })
}

/// Called by a host thread that has just been given a thread to run.
#[unsafe(no_mangle)]
pub extern "C" fn thread_begin() -> u32 {
    with(|runtime| runtime.scheduler.begin().1)
}

/// Called when the current thread's start function has returned, or when
/// `coopt.thread_exit` ended the thread, be it the main thread: the program
/// goes on until the last thread ends.
#[unsafe(no_mangle)]
pub extern "C" fn thread_end() -> u32 {
    with(|runtime| {
        let action = runtime.scheduler.exit();
        runtime.settle(action)
    })
}

/// The id of the calling thread.
#[unsafe(no_mangle)]
pub extern "C" fn thread_self() -> u32 {
    with(|runtime| runtime.scheduler.current().unwrap_or(ThreadId::MAIN).get())
}

/// `coopt.thread_yield`
#[unsafe(no_mangle)]
pub extern "C" fn thread_yield() -> u32 {
    with(|runtime| {
        let action = runtime.scheduler.yield_now();
        runtime.settle(action)
    })
}

/// `coopt.thread_yield_to_host`
#[unsafe(no_mangle)]
pub extern "C" fn thread_yield_to_host() -> u32 {
    with(|runtime| {
        let action = runtime.scheduler.yield_to_host();
        runtime.settle(action)
    })
}

/// Called when a thread has computed for long.
#[unsafe(no_mangle)]
pub extern "C" fn turn_over() -> u32 {
    thread_yield_to_host()
}

/// `coopt.thread_preempt`
#[unsafe(no_mangle)]
pub extern "C" fn thread_preempt() -> u32 {
    with(|runtime| {
        let action = runtime.scheduler.preempt();
        runtime.settle(action)
    })
}

/// `coopt.thread_set_priority`
#[unsafe(no_mangle)]
pub extern "C" fn thread_set_priority(id: u32, priority: u32) -> i32 {
    let Some(priority) = Priority::new(priority) else {
        return errno::INVAL.cast_signed();
    };
    with(|runtime| {
        let set = ThreadId::new(id).is_some_and(|id| runtime.scheduler.set_priority(id, priority));
        if set { 0 } else { errno::SRCH.cast_signed() }
    })
}

/// `coopt.thread_wake`
#[unsafe(no_mangle)]
pub extern "C" fn thread_wake(id: u32) -> u32 {
    with(|runtime| {
        ThreadId::new(id)
            .is_some_and(|id| runtime.interrupt_call(id) || runtime.scheduler.wake_thread(id))
            .into()
    })
}

/// `coopt.thread_set_name`: keeps what fits of the name.
#[unsafe(no_mangle)]
pub extern "C" fn thread_set_name(id: u32, name: u32, len: u32) -> i32 {
    let mut buffer = [0; NAME_LEN_MAX];
    let kept = &mut buffer[..NAME_LEN_MAX.min(len as usize)];
    program_memory::read(name, kept);
    with(|runtime| {
        let named = ThreadId::new(id).is_some_and(|id| runtime.scheduler.set_name(id, kept));
        crate::info::publish(&runtime.scheduler);
        if named { 0 } else { errno::SRCH.cast_signed() }
    })
}
