//! The life of a thread: where it starts and how it ends.

use coopt_abi::action;
use coopt_abi::calls::runtime;
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{BlockType, Function, ValType};

use crate::Error;
use crate::link::reencode::{self, GuestReencoder};

use super::{Builtin, Emitter, Generated};

impl Emitter<'_, '_> {
    /// `wasi:cli/run`: the main thread. When `_start` returns, the program is
    /// over, and the host ends the other threads; when `pthread_exit` ended
    /// it, the program lives until its last thread has ended.
    pub(super) fn run(&self) -> Function {
        let mut function = Function::new([]);
        let mut sink = function.instructions();
        let start = self.plan.guest_function(self.guest.start);
        sink.call(self.runtime(runtime::PROGRAM_START));
        // The module's own start function, which initialises its memory, may
        // notify and wait: it runs here, when there is somebody to ask.
        if let Some(initialise) = self.guest.module.start {
            sink.call(self.plan.guest_function(initialise));
        }
        let thread_end = self.runtime(runtime::THREAD_END);
        let perform = self.plan.generated(Generated::Perform);
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
        function
    }

    /// The start function of every host thread. A host thread outlives its
    /// guest thread: it is parked and given to the next thread that starts,
    /// because a fresh one costs a fresh stack.
    pub(super) fn thread_start(&self) -> Result<Function, Error> {
        const ACTION: u32 = 1;
        let mut function = Function::new([(1, ValType::I32)]);
        let thread_self = self.runtime(runtime::THREAD_SELF);
        let begin = self.runtime(runtime::THREAD_BEGIN);
        let Some(guest_start) = self.guest.thread_start else {
            return Err(Error::internal(
                "a component with threads has no thread start",
            ));
        };
        let guest_start = self.plan.guest_function(guest_start);

        function.instructions().loop_(BlockType::Empty);
        self.reset_globals(&mut function)?;
        let mut sink = function.instructions();
        // `thread_begin` says what `thread_self` must answer from here on, so
        // it comes first, and its result goes through a local.
        sink.call(begin).local_set(0);
        self.call_catching_exit(
            &mut sink,
            |sink| {
                sink.call(thread_self).local_get(0).call(guest_start);
            },
            |_| {},
        );
        sink.call(self.runtime(runtime::THREAD_END));
        sink.call(self.plan.generated(Generated::Perform))
            .local_tee(ACTION);
        // SWITCH: resumed as another thread, unless the action is to end.
        sink.i32_eqz().br_if(0).end();
        sink.local_get(ACTION)
            .i32_const(action::HOST_MASK.cast_signed())
            .i32_and();
        sink.call(self.plan.builtin(Builtin::ResumeLater)).end();
        Ok(function)
    }

    /// A new thread starts with the initial value of every global.
    fn reset_globals(&self, function: &mut Function) -> Result<(), Error> {
        for (index, global) in self.guest.thread_globals() {
            let mut ops = global.init.get_operators_reader();
            while !ops.is_end_then_eof() {
                let mut reencoder = GuestReencoder { plan: self.plan };
                let instruction = reencoder
                    .parse_instruction(&mut ops)
                    .map_err(reencode::error)?;
                function.instruction(&instruction);
            }
            function.instructions().global_set(index);
        }
        Ok(())
    }
}
