//! Performing an action: the one place where threads switch.

use coopt_abi::action;
use coopt_abi::calls::runtime;
use wasm_encoder::{BlockType, InstructionSink, ValType};
use wasmparser::ValType::I32;

use crate::generated::code::Code;
use crate::generated::emitter::Emitter;
use crate::generated::helper::Helper;
use crate::plan::Builtin;

/// `(action) -> action`: performs actions until the calling host thread
/// may go on (0) or must end (`END` and the host thread to resume).
pub static PERFORM: Helper = Helper {
    name: "coopt.perform",
    params: &[I32],
    results: &[I32],
    write: |emitter, code| {
        emitter.perform(code);
        Ok(())
    },
};

/// The locals that code which may switch needs.
#[derive(Debug)]
pub struct SwitchLocals {
    /// Holds the action.
    pub action: u32,
    /// Hold the globals of the thread while other threads run.
    saved: Vec<u32>,
}

impl Emitter<'_, '_> {
    /// Locals for a switch.
    pub fn switch_locals(&self, code: &mut Code) -> SwitchLocals {
        let action = code.local(ValType::I32);
        self.switch_locals_with(code, action)
    }

    /// Locals for a switch whose action is in a local already.
    fn switch_locals_with(&self, code: &mut Code, action: u32) -> SwitchLocals {
        let globals = if self.plan.threads {
            self.thread_globals()
        } else {
            &[]
        };
        let saved = globals.iter().map(|(_, ty)| code.local(*ty)).collect();
        SwitchLocals { action, saved }
    }

    fn perform(&self, code: &mut Code) {
        const ACTION: u32 = 0;
        let locals = self.switch_locals_with(code, ACTION);
        let mut sink = code.sink();
        sink.block(BlockType::Empty).loop_(BlockType::Empty);
        if self.plan.threads {
            is_switch(&mut sink, ACTION);
            sink.if_(BlockType::Empty);
            self.switch(&mut sink, &locals);
            sink.i32_const(0).return_().end();
        }
        self.perform_host_turn(&mut sink, ACTION);
        sink.end().end();
        sink.local_get(ACTION).end();
    }

    /// `[action] -> []`: performs the action unless it is `CONTINUE`. A `SWITCH`,
    /// the usual case, is performed in place: a frame less is a return less that
    /// the processor mispredicts after the stacks have been exchanged.
    pub fn perform_unless_continue(&self, sink: &mut InstructionSink<'_>, locals: &SwitchLocals) {
        sink.local_tee(locals.action).if_(BlockType::Empty);
        if self.plan.threads {
            is_switch(sink, locals.action);
            sink.if_(BlockType::Empty);
            self.switch(sink, locals);
            sink.else_();
        }
        sink.local_get(locals.action)
            .call(self.helper(&PERFORM))
            .drop();
        if self.plan.threads {
            sink.end();
        }
        sink.end();
    }

    /// `[action] -> [outcome]`: performs the action, and asks how the wait ended.
    pub fn finish_wait(&self, sink: &mut InstructionSink<'_>, locals: &SwitchLocals) {
        self.perform_unless_continue(sink, locals);
        sink.call(self.runtime(runtime::WAIT_OUTCOME));
    }

    /// Performs the `SWITCH` in the action's local.
    fn switch(&self, sink: &mut InstructionSink<'_>, locals: &SwitchLocals) {
        let saved = || locals.saved.iter().zip(self.thread_globals());
        for (local, (global, _)) in saved() {
            sink.global_get(*global).local_set(*local);
        }
        sink.local_get(locals.action)
            .i32_const(action::HOST_MASK.cast_signed())
            .i32_and();
        // SWITCH: other threads run; on return the scheduler has made this
        // host thread's thread current.
        sink.call(self.plan.builtin(Builtin::SUSPEND_THEN_RESUME))
            .drop();
        for (local, (global, _)) in saved() {
            sink.local_get(*local).global_set(*global);
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
        sink.call(self.plan.builtin(Builtin::WAITABLE_SET_WAIT));
        sink.else_();
        is(sink, action::YIELD_TO_HOST);
        sink.i32_eqz().br_if(2);
        // SWITCH: only the host runs.
        sink.call(self.plan.builtin(Builtin::YIELD)).drop();
        sink.call(self.runtime(runtime::EVENT_WINDOW_OPEN))
            .i32_const(window);
        sink.call(self.plan.builtin(Builtin::WAITABLE_SET_POLL));
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
