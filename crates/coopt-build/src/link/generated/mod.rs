//! The functions that coopt-build writes itself.
//!
//! Most are trampolines: the place where a guest's call may switch threads.
//! A trampoline asks the runtime for an action and, unless it is to
//! continue, performs it. The code that does so, in [`switch`], is the only
//! code that calls a switching built-in (invariant I1) and the only code that
//! saves and restores the guest's globals (invariant I3).
//!
//! | file | functions |
//! |---|---|
//! | [`life`] | `run`, the thread start function, `thread_exit` |
//! | [`switch`] | `perform`, and the switch inside each trampoline |
//! | [`waits`] | the trampolines |

mod builtin;
mod life;
mod switch;
mod waits;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Catch, Function, InstructionSink, ValType};
use wasmparser::FuncType;
use wasmparser::ValType::{I32, I64};

use coopt_abi::calls::{CALLS, Call, RuntimeFunction, Way};

use crate::Error;
use crate::guest::Guest;
use crate::lower::{self, Int};
use crate::module::count;
use crate::runtime::val_type;

use super::plan::Plan;

pub use builtin::Builtin;

/// A generated function. The order is the order in the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generated {
    /// The export `wasi:cli/run`.
    Run,
    /// What a host thread runs: one guest thread after the other.
    ThreadStart,
    /// Performs an action.
    Perform,
    /// `memory.atomic.wait32`, and its offset.
    Wait32,
    /// `memory.atomic.wait64`, and its offset.
    Wait64,
    /// `memory.atomic.notify`, and its offset.
    Notify,
    /// What an import becomes, by its place in the table of calls.
    Trampoline(&'static Call),
}

impl Generated {
    /// Its place among the others.
    pub fn order(self) -> usize {
        match self {
            Self::Run => 0,
            Self::ThreadStart => 1,
            Self::Perform => 2,
            Self::Wait32 => 3,
            Self::Wait64 => 4,
            Self::Notify => 5,
            Self::Trampoline(call) => 6 + CALLS.iter().take_while(|other| *other != call).count(),
        }
    }

    /// Its name in backtraces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "coopt.run",
            Self::ThreadStart => "coopt.thread_start",
            Self::Perform => "coopt.perform",
            Self::Wait32 => "coopt.atomic_wait32",
            Self::Wait64 => "coopt.atomic_wait64",
            Self::Notify => "coopt.atomic_notify",
            Self::Trampoline(call) => call.trampoline,
        }
    }

    /// Its type; for the replacement of an import, the type the import must have.
    pub fn ty(self) -> FuncType {
        match self {
            Self::Run => FuncType::new([], [I32]),
            Self::ThreadStart => FuncType::new([I32], []),
            Self::Perform => FuncType::new([I32], [I32]),
            Self::Wait32 => FuncType::new([I32, I32, I64, I32], [I32]),
            Self::Wait64 => FuncType::new([I32, I64, I64, I32], [I32]),
            Self::Notify => FuncType::new([I32; 3], [I32]),
            Self::Trampoline(call) => FuncType::new(
                call.params.iter().map(|param| val_type(param.ty)),
                call.result.map(val_type),
            ),
        }
    }

    /// Writes its body.
    pub fn body(self, guest: &Guest<'_>, plan: &Plan) -> Result<Function, Error> {
        let emitter = Emitter { guest, plan };
        match self {
            Self::Run => Ok(emitter.run()),
            Self::ThreadStart => emitter.thread_start(),
            Self::Perform => emitter.perform(),
            Self::Wait32 => emitter.atomic_wait(Int::I32),
            Self::Wait64 => emitter.atomic_wait(Int::I64),
            Self::Notify => Ok(emitter.notify()),
            Self::Trampoline(call) => emitter.trampoline(call),
        }
    }
}

/// A trampoline in the place of its call. A frame less is a return less that the
/// processor mispredicts, once the stacks have been exchanged.
pub struct InPlace<'e, 'g> {
    call: &'static Call,
    locals: Vec<(u32, ValType)>,
    emitter: Emitter<'e, 'g>,
}

impl<'e, 'g> InPlace<'e, 'g> {
    /// The call's trampoline, for the bodies of a guest.
    pub fn new(call: &'static Call, guest: &'e Guest<'g>, plan: &'e Plan) -> Result<Self, Error> {
        let emitter = Emitter { guest, plan };
        let mut locals = Vec::new();
        for ty in Generated::Trampoline(call).ty().params() {
            locals.push((
                1,
                RoundtripReencoder.val_type(*ty).map_err(Error::internal)?,
            ));
        }
        locals.extend(emitter.action_and_saved_globals()?);
        Ok(Self {
            call,
            locals,
            emitter,
        })
    }
}

impl lower::InPlace for InPlace<'_, '_> {
    fn params(&self) -> u32 {
        count(self.call.params.len())
    }

    fn locals(&self) -> &[(u32, ValType)] {
        &self.locals
    }

    fn emit(&self, sink: &mut InstructionSink<'_>, base: u32) {
        self.emitter.carry_out(sink, self.call, base);
    }
}

/// `pthread_exit` is a throw of this tag, caught where a thread starts. It is
/// not exported, so no code of the guest can catch it by name.
fn exit_tag(guest: &Guest<'_>) -> u32 {
    guest.module.tag_count
}

/// Whether the result can end threads by a throw, so that there is a tag to
/// declare, throw and catch.
pub fn has_exit_tag(plan: &Plan) -> bool {
    plan.generated.iter().any(
        |generated| matches!(generated, Generated::Trampoline(call) if call.way == Way::Throws),
    )
}

/// Writes the bodies.
#[derive(Clone, Copy)]
struct Emitter<'e, 'g> {
    guest: &'e Guest<'g>,
    plan: &'e Plan,
}

impl Emitter<'_, '_> {
    fn runtime(&self, function: RuntimeFunction) -> u32 {
        let index = self.plan.runtime_functions.index(function);
        self.plan.runtime_function(index)
    }

    /// `[] -> []`: calls `callee` with operands pushed by `operands`; the
    /// tag that ends a thread leads to `on_exit`.
    fn call_catching_exit(
        &self,
        sink: &mut InstructionSink<'_>,
        callee: impl Fn(&mut InstructionSink<'_>),
        on_exit: impl Fn(&mut InstructionSink<'_>),
    ) {
        if !has_exit_tag(self.plan) {
            callee(sink);
            return;
        }
        let catch = Catch::One {
            tag: exit_tag(self.guest),
            label: 0,
        };
        sink.block(BlockType::Empty); // returned
        sink.block(BlockType::Empty); // exited
        sink.try_table(BlockType::Empty, [catch]);
        callee(sink);
        sink.end().br(1).end();
        on_exit(sink);
        sink.end();
    }
}
