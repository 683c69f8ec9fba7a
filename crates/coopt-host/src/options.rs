//! What can be chosen for all programs of a host.

/// The smallest stack of a thread, in bytes: room for a few frames of a C
/// program and of the trampolines that it calls.
pub const STACK_SIZE_MIN: usize = 64 << 10;

/// The largest stack of a thread, in bytes. As many stacks as there can be
/// threads fit into half of a 47-bit address space.
pub const STACK_SIZE_MAX: usize = 1 << 30;

/// How programs are run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The native stack of each thread, in bytes: [`STACK_SIZE_MIN`] to
    /// [`STACK_SIZE_MAX`]. A page that is never touched costs address space
    /// only.
    pub stack_size: usize,
    /// How large the memory of a program may become, in bytes; `None` for what
    /// WebAssembly has.
    pub memory_size_max: Option<usize>,
}

impl Default for Options {
    /// 64 mebibytes: as much as the largest stacks that programs ask for, since
    /// nobody knows which threads those are.
    fn default() -> Self {
        Self {
            stack_size: 64 << 20,
            memory_size_max: None,
        }
    }
}
