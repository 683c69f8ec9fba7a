//! What a build may be told.

/// What `componentize` may be told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Whether the component may create threads.
    pub threads: Threads,
    /// How many threads may live at once, the main thread included
    /// (1 to [`coopt_abi::thread::LIVE_MAX`]). Creating one more fails with
    /// `EAGAIN`.
    pub live_threads_max: u32,
    /// Whether the trampolines of waits take the place of their calls, which makes a switch
    /// faster and the component a little larger.
    pub waits_in_place: bool,
    /// Where a thread's turn may end though it does not wait.
    pub preempt: Preempt,
    /// Whether a thread traps whose stack overflows, where the module shows its stacks.
    pub stack_check: bool,
    /// Whether calls by pointers check the types of functions: library code then calls functions of
    /// other usual types, and in other code a trap can be explained.
    pub call_check: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: Threads::On,
            live_threads_max: coopt_abi::thread::LIVE_DEFAULT,
            waits_in_place: true,
            preempt: Preempt::Spins,
            stack_check: true,
            call_check: true,
        }
    }
}

/// Whether a component may create threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Threads {
    /// Threads are cooperative threads of the host.
    On,
    /// Creating a thread fails with `ENOTSUP`, and the component imports no
    /// threading built-in, so that every WASI 0.3 host runs it.
    Off,
}

/// Where a thread's turn may end though the thread does not wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preempt {
    /// In every loop: no thread keeps the others from running.
    Loops,
    /// Where it may be that the thread waits for another: at atomic instructions, and in loops that do
    /// nothing but look at memory.
    Spins,
    /// Nowhere.
    Off,
}
