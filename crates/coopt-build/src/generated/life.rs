//! The life of a thread: where it starts and how it ends.

use coopt_abi::action;
use coopt_abi::calls::{Type, runtime};
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{BlockType, Catch, InstructionSink, ValType};
use wasmparser::ValType::I32;

use crate::error::Error;
use crate::generated::code::Code;
use crate::generated::emitter::Emitter;
use crate::generated::helper::Helper;
use crate::generated::switch::PERFORM;
use crate::plan::{Builtin, Starts};
use crate::reencode::{self, ProgramReencoder};

/// `wasi:cli/run`: the main thread.
pub static RUN: Helper = Helper {
    name: "coopt.run",
    params: &[],
    results: &[I32],
    write: |emitter, code| {
        emitter.run(code);
        Ok(())
    },
};

/// What a host thread runs: one thread of the program after the other.
pub static THREAD_START: Helper = Helper {
    name: "coopt.thread_start",
    params: &[I32],
    results: &[],
    write: |emitter, code| emitter.thread_start(code),
};

impl Emitter<'_, '_> {
    /// When `_start` returns, the program is over, and the host ends the other
    /// threads. When `pthread_exit` ends `_start`, the program lives until its
    /// last thread has ended.
    fn run(&self, code: &mut Code) {
        let mut sink = code.sink();
        let start = self.plan.program_function(self.program.start);
        sink.call(self.runtime(runtime::PROGRAM_START));
        for helper in self.plan.before_start(Starts::Program) {
            sink.call(helper);
        }
        if self.plan.uses.listeners {
            sink.call(self.runtime(runtime::LISTENERS_OPEN));
        }
        if self.plan.uses.directories {
            sink.call(self.runtime(runtime::PREOPENS_OPEN));
        }
        // The module's own start function initialises memory, and may notify
        // and wait. So the runtime starts before that function runs.
        if let Some(initialise) = self.program.module.start {
            sink.call(self.plan.program_function(initialise));
        }
        let thread_end = self.runtime(runtime::THREAD_END);
        let perform = self.helper(&PERFORM);
        self.call_catching_exit(
            &mut sink,
            |sink| {
                sink.call(start);
            },
            |sink| {
                sink.call(thread_end).call(perform).drop();
            },
        );
        sink.i32_const(0).end(); // `ok`
    }

    /// A host thread outlives its thread of the program. The next thread that
    /// starts runs on the parked host thread, because a new host thread costs a
    /// new stack.
    fn thread_start(&self, code: &mut Code) -> Result<(), Error> {
        const START_ARG: u32 = 0;
        let action = code.local(ValType::I32);
        let thread_self = self.runtime(runtime::THREAD_SELF);
        let begin = self.runtime(runtime::THREAD_BEGIN);
        let Some(start) = self.program.thread_start else {
            return Err(Error::internal(
                "a component with threads has no thread start",
            ));
        };
        let start = self.plan.program_function(start);

        code.sink().loop_(BlockType::Empty);
        self.reset_globals(code)?;
        let mut sink = code.sink();
        // `thread_begin` says what `thread_self` must answer from here on, so
        // it comes first, and its result goes through a local.
        sink.call(begin).local_set(START_ARG);
        for helper in self.plan.before_start(Starts::Thread) {
            sink.local_get(START_ARG).call(helper);
        }
        self.call_catching_exit(
            &mut sink,
            |sink| {
                sink.call(thread_self).local_get(START_ARG).call(start);
            },
            |_| {},
        );
        sink.call(self.runtime(runtime::THREAD_END));
        sink.call(self.helper(&PERFORM)).local_tee(action);
        // SWITCH: resumed as another thread, unless the action is to end.
        sink.i32_eqz().br_if(0).end();
        sink.local_get(action)
            .i32_const(action::HOST_MASK.cast_signed())
            .i32_and();
        sink.call(self.plan.builtin(Builtin::RESUME_LATER)).end();
        Ok(())
    }

    /// A new thread starts with the initial value of every global that belongs
    /// to the thread (invariant I3).
    fn reset_globals(&self, code: &mut Code) -> Result<(), Error> {
        for (index, global) in self.program.thread_globals() {
            let mut ops = global.init.get_operators_reader();
            while !ops.is_end_then_eof() {
                let mut reencoder = ProgramReencoder { plan: self.plan };
                let instruction = reencoder
                    .parse_instruction(&mut ops)
                    .map_err(reencode::error)?;
                code.instruction(&instruction);
            }
            code.sink().global_set(index);
        }
        for (index, global) in self.added_thread_globals() {
            let mut sink = code.sink();
            match global.ty {
                Type::I32 => sink.i32_const(global.init as i32),
                Type::I64 => sink.i64_const(global.init),
            };
            sink.global_set(index);
        }
        Ok(())
    }

    /// `[] -> []`: calls `callee` with operands that it pushes itself; the
    /// tag that ends a thread leads to `on_exit`.
    fn call_catching_exit(
        &self,
        sink: &mut InstructionSink<'_>,
        callee: impl Fn(&mut InstructionSink<'_>),
        on_exit: impl Fn(&mut InstructionSink<'_>),
    ) {
        let Some(tag) = self.plan.exit_tag() else {
            callee(sink);
            return;
        };
        let catch = Catch::One { tag, label: 0 };
        sink.block(BlockType::Empty); // returned
        sink.block(BlockType::Empty); // exited
        sink.try_table(BlockType::Empty, [catch]);
        callee(sink);
        sink.end().br(1).end();
        on_exit(sink);
        sink.end();
    }
}
