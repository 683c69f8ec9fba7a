//! What the result must have besides the program and the runtime. Generated code and passes say so
//! before the indices are fixed.

use coopt_abi::calls::{RuntimeFunction, Type};
use wasmparser::ValType::I32;
use wasmparser::{FuncType, ValType};

/// A built-in of the Component Model that generated code calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// The name of the import in the module `$root`, which wit-component turns into the canonical
    /// definition.
    pub name: &'static str,
    pub params: &'static [ValType],
    pub results: &'static [ValType],
}

impl Builtin {
    /// `thread.suspend-then-resume`
    pub const SUSPEND_THEN_RESUME: Self = Self {
        name: "[thread-suspend-then-resume]",
        params: &[I32],
        results: &[I32],
    };
    /// `thread.resume-later`
    pub const RESUME_LATER: Self = Self {
        name: "[thread-resume-later]",
        params: &[I32],
        results: &[],
    };
    /// `thread.yield`
    pub const YIELD: Self = Self {
        name: "[thread-yield]",
        params: &[],
        results: &[I32],
    };
    /// `waitable-set.wait`
    pub const WAITABLE_SET_WAIT: Self = Self {
        name: "[waitable-set-wait]",
        params: &[I32, I32],
        results: &[I32],
    };
    /// `waitable-set.poll`
    pub const WAITABLE_SET_POLL: Self = Self {
        name: "[waitable-set-poll]",
        params: &[I32, I32],
        results: &[I32],
    };

    /// The built-ins that every result needs, or every one with threads.
    pub fn always(threads: bool) -> &'static [Self] {
        const ALL: [Builtin; 5] = [
            Builtin::SUSPEND_THEN_RESUME,
            Builtin::RESUME_LATER,
            Builtin::YIELD,
            Builtin::WAITABLE_SET_WAIT,
            Builtin::WAITABLE_SET_POLL,
        ];
        if threads { &ALL } else { &ALL[2..] }
    }

    /// The core type of the built-in.
    pub fn ty(self) -> FuncType {
        FuncType::new(self.params.iter().copied(), self.results.iter().copied())
    }
}

/// A mutable global that a pass adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddedGlobal {
    /// The name, by which a pass finds the global's index.
    pub name: &'static str,
    pub ty: Type,
    pub init: i64,
    pub belongs_to: BelongsTo,
}

/// Whose a global is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BelongsTo {
    /// The global is saved at a switch, and each thread starts with the initial value, as with the
    /// program's own globals (invariant I3).
    Thread,
    /// All threads share the global.
    Component,
}

/// What starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    /// The program, in its main thread: a function called before takes nothing.
    Program,
    /// Another thread: a function called before takes the thread's `start_arg`.
    Thread,
}

/// What the result must have.
#[derive(Debug, Default)]
pub struct Needs {
    /// The generated functions, in their order in the result, by name and type.
    pub generated: Vec<(&'static str, FuncType)>,
    /// The functions of the runtime that only passes call.
    pub runtime: Vec<RuntimeFunction>,
    /// Built-ins besides those that [`Builtin::always`] lists.
    pub builtins: Vec<Builtin>,
    /// Globals, in their order in the result.
    pub globals: Vec<AddedGlobal>,
    /// The generated functions that are called before something starts, by name.
    pub before_start: Vec<(Starts, &'static str)>,
}
