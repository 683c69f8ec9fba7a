//! Performing an action: the one place where threads switch.

use coopt_abi::action;
use coopt_abi::calls::runtime;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use crate::Error;

use super::{Builtin, Emitter, Generated};

impl Emitter<'_, '_> {
    /// `(action) -> action`: performs actions until the calling host thread
    /// may go on (0) or must end (`END` and the host thread to resume).
    pub(super) fn perform(&self) -> Result<Function, Error> {
        const ACTION: u32 = 0;
        let mut function = Function::new(self.saved_globals()?);
        let mut sink = function.instructions();
        sink.block(BlockType::Empty).loop_(BlockType::Empty);
        if self.plan.threads {
            is_switch(&mut sink, ACTION);
            sink.if_(BlockType::Empty);
            self.switch(&mut sink, ACTION);
            sink.i32_const(0).return_().end();
        }
        self.perform_host_turn(&mut sink, ACTION);
        sink.end().end();
        sink.local_get(ACTION).end();
        Ok(function)
    }

    /// A function with the locals `before`, then those of
    /// [`Self::action_and_saved_globals`].
    pub(super) fn trampoline_after(&self, before: &[(u32, ValType)]) -> Result<Function, Error> {
        let mut locals = before.to_vec();
        locals.extend(self.action_and_saved_globals()?);
        Ok(Function::new(locals))
    }

    /// A local for an action, and behind it those that
    /// [`Self::perform_unless_continue`] needs there.
    pub(super) fn action_and_saved_globals(&self) -> Result<Vec<(u32, ValType)>, Error> {
        let mut locals = vec![(1, ValType::I32)];
        locals.extend(self.saved_globals()?);
        Ok(locals)
    }

    /// `[action] -> []`: performs it unless it is to continue. A switch, the
    /// usual case, is performed in place: each frame less is a return less
    /// that the processor mispredicts once the stacks have been exchanged.
    pub(super) fn perform_unless_continue(
        &self,
        sink: &mut InstructionSink<'_>,
        action_local: u32,
    ) {
        sink.local_tee(action_local).if_(BlockType::Empty);
        if self.plan.threads {
            is_switch(sink, action_local);
            sink.if_(BlockType::Empty);
            self.switch(sink, action_local);
            sink.else_();
        }
        sink.local_get(action_local)
            .call(self.plan.generated(Generated::Perform))
            .drop();
        if self.plan.threads {
            sink.end();
        }
        sink.end();
    }

    /// Locals for the guest's globals, one each.
    fn saved_globals(&self) -> Result<Vec<(u32, ValType)>, Error> {
        let types = self.guest.thread_globals().map(|(_, global)| {
            let ty = RoundtripReencoder.val_type(global.ty.content_type);
            Ok((1, ty.map_err(Error::internal)?))
        });
        types.collect()
    }

    /// Performs the `SWITCH` in `action_local`; the locals behind it hold the
    /// globals meanwhile.
    fn switch(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        let saved = || (action_local + 1..).zip(self.guest.thread_globals());
        for (local, (global, _)) in saved() {
            sink.global_get(global).local_set(local);
        }
        sink.local_get(action_local)
            .i32_const(action::HOST_MASK.cast_signed())
            .i32_and();
        // SWITCH: other threads run; on return the scheduler has made this
        // host thread's guest thread current.
        sink.call(self.plan.builtin(Builtin::SuspendThenResume))
            .drop();
        for (local, (global, _)) in saved() {
            sink.local_get(local).global_set(global);
        }
    }

    /// Inside `block loop`: performs `IDLE` and `YIELD_TO_HOST` and asks the
    /// runtime again; leaves the block for every other action.
    fn perform_host_turn(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        let window = action::EVENT_WINDOW.cast_signed();
        let is = |sink: &mut InstructionSink<'_>, kind: u32| {
            sink.local_get(action_local)
                .i32_const(kind.cast_signed())
                .i32_eq();
        };
        is(sink, action::IDLE);
        sink.if_(BlockType::Result(ValType::I32));
        sink.call(self.runtime(runtime::EVENT_WINDOW_OPEN))
            .i32_const(window);
        // SWITCH: only the host runs until an event comes.
        sink.call(self.plan.builtin(Builtin::WaitableSetWait));
        sink.else_();
        is(sink, action::YIELD_TO_HOST);
        sink.i32_eqz().br_if(2);
        // SWITCH: only the host runs.
        sink.call(self.plan.builtin(Builtin::Yield)).drop();
        sink.call(self.runtime(runtime::EVENT_WINDOW_OPEN))
            .i32_const(window);
        sink.call(self.plan.builtin(Builtin::WaitableSetPoll));
        sink.end();
        sink.call(self.runtime(runtime::EVENT_WINDOW_CLOSE))
            .local_tee(action_local);
        sink.br_if(0);
    }
}

/// `[] -> [i32]`: whether the action is a `SWITCH`.
fn is_switch(sink: &mut InstructionSink<'_>, action_local: u32) {
    sink.local_get(action_local)
        .i32_const(action::HOST_BITS.cast_signed())
        .i32_shr_u();
    sink.i32_const((action::SWITCH >> action::HOST_BITS).cast_signed())
        .i32_eq();
}
