//! The trampolines: calls of the guest that may switch threads.

use coopt_abi::wait::Outcome;
use wasm_encoder::{BlockType, Function, InstructionSink, MemArg, ValType};
use wasmparser::FuncType;

use crate::Error;
use crate::lower::Int;
use crate::module::count;

use super::Emitter;

/// Memory 0 at the address on the stack, plus nothing.
fn word(align: u32) -> MemArg {
    MemArg {
        offset: 0,
        align,
        memory_index: 0,
    }
}

/// The waits whose trampolines may take the place of their calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FutexWait {
    /// `coopt.futex_wait`: `(addr, expected, kind, owner, deadline) -> WAIT_*`
    Plain,
    /// `coopt.futex_handoff_wait`: the same after a `lock`
    Handoff,
}

impl FutexWait {
    /// Its type.
    pub fn ty(self) -> FuncType {
        use wasmparser::ValType::{I32, I64};
        match self {
            Self::Plain => FuncType::new([I32, I32, I32, I32, I64], [I32]),
            Self::Handoff => FuncType::new([I32, I32, I32, I32, I32, I64], [I32]),
        }
    }

    /// How many operands it takes.
    pub fn params(self) -> u32 {
        count(self.ty().params().len())
    }
}

impl Emitter<'_, '_> {
    /// `[] -> []`: leaves `base + offset` in `ea`; traps where the
    /// instruction it stands for does.
    fn effective_address(
        sink: &mut InstructionSink<'_>,
        (base, offset, ea): (u32, u32, u32),
        align_log2: u32,
    ) {
        let mask = (1 << align_log2) - 1;
        sink.local_get(base)
            .local_get(offset)
            .i32_add()
            .local_tee(ea);
        sink.local_get(offset).i32_lt_u(); // carried out of 32 bits
        sink.local_get(ea).i32_const(mask).i32_and().i32_or();
        sink.if_(BlockType::Empty).unreachable().end();
    }

    /// `(addr, expected, timeout, offset) -> WAIT_*`: compares, then parks.
    pub(super) fn atomic_wait(&self, int: Int) -> Result<Function, Error> {
        let [addr, expected, timeout, offset, ea, action] = [0_u32, 1, 2, 3, 4, 5];
        let mut function = self.trampoline(&[(1, ValType::I32)])?;
        let mut sink = function.instructions();
        let align = if int == Int::I32 { 2 } else { 3 };
        Self::effective_address(&mut sink, (addr, offset, ea), align);
        match int {
            Int::I32 => sink
                .local_get(ea)
                .i32_load(word(align))
                .local_get(expected)
                .i32_ne(),
            Int::I64 => sink
                .local_get(ea)
                .i64_load(word(align))
                .local_get(expected)
                .i64_ne(),
        };
        sink.if_(BlockType::Empty);
        sink.i32_const(Outcome::NotEqual.to_bits().cast_signed())
            .return_()
            .end();
        sink.local_get(ea).local_get(timeout);
        sink.call(self.runtime(self.plan.runtime_functions.atomic_wait));
        self.finish_wait(&mut sink, action);
        Ok(function)
    }

    /// `[action] -> [WAIT_*]`, and the end of the block or function.
    fn finish_wait(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        self.perform_unless_continue(sink, action_local);
        sink.call(self.runtime(self.plan.runtime_functions.wait_outcome))
            .end();
    }

    /// `(addr, count, offset) -> woken`
    pub(super) fn notify(&self) -> Function {
        let [addr, count, offset, ea] = [0_u32, 1, 2, 3];
        let mut function = Function::new([(1, ValType::I32)]);
        let mut sink = function.instructions();
        Self::effective_address(&mut sink, (addr, offset, ea), 2);
        sink.local_get(ea).i32_load(word(2)).drop(); // traps out of bounds
        sink.local_get(ea).local_get(count);
        sink.call(self.runtime(self.plan.runtime_functions.futex_wake))
            .end();
        function
    }

    /// `[] -> [WAIT_*]`: a wait whose parameters, and behind them its other locals,
    /// begin with local `base`.
    pub(super) fn futex_wait(&self, sink: &mut InstructionSink<'_>, wait: FutexWait, base: u32) {
        let action = base + wait.params();
        let params = base..action;
        let [addr, expected] = [action - 5, action - 4];
        sink.block(BlockType::Result(ValType::I32));
        sink.i32_const(Outcome::NotEqual.to_bits().cast_signed());
        sink.local_get(addr)
            .i32_load(word(2))
            .local_get(expected)
            .i32_ne();
        sink.br_if(0).drop();
        for param in params.filter(|&param| param != expected) {
            sink.local_get(param);
        }
        let functions = &self.plan.runtime_functions;
        sink.call(self.runtime(match wait {
            FutexWait::Plain => functions.futex_wait,
            FutexWait::Handoff => functions.futex_handoff_wait,
        }));
        self.finish_wait(sink, action);
    }

    /// The same as a function.
    pub(super) fn futex_wait_function(&self, wait: FutexWait) -> Result<Function, Error> {
        let mut function = Function::new(self.action_and_saved_globals()?);
        let mut sink = function.instructions();
        self.futex_wait(&mut sink, wait, 0);
        sink.end();
        Ok(function)
    }

    /// `(deadline) -> WAIT_*`
    pub(super) fn sleep_until(&self) -> Result<Function, Error> {
        let [deadline, action] = [0_u32, 1];
        let mut function = self.trampoline(&[])?;
        let mut sink = function.instructions();
        sink.local_get(deadline)
            .call(self.runtime(self.plan.runtime_functions.sleep_until));
        self.finish_wait(&mut sink, action);
        Ok(function)
    }

    /// `() -> ()`, or an errno for the WASI call: other threads may run first, as
    /// the function `ask` of the runtime decides.
    pub(super) fn give_way(&self, ask: u32, errno: Option<i32>) -> Result<Function, Error> {
        const ACTION: u32 = 0;
        let mut function = self.trampoline(&[])?;
        let mut sink = function.instructions();
        sink.call(self.runtime(ask));
        self.perform_unless_continue(&mut sink, ACTION);
        if let Some(errno) = errno {
            sink.i32_const(errno);
        }
        sink.end();
        Ok(function)
    }

    /// `(in, out, count, count_out) -> errno`
    pub(super) fn poll_oneoff(&self) -> Result<Function, Error> {
        let [in_, out, count, count_out, action] = [0_u32, 1, 2, 3, 4];
        let functions = &self.plan.runtime_functions;
        let mut function = self.trampoline(&[])?;
        let mut sink = function.instructions();
        sink.local_get(in_).local_get(out).local_get(count);
        sink.call(self.runtime(functions.poll_begin));
        self.perform_unless_continue(&mut sink, action);
        sink.local_get(in_)
            .local_get(out)
            .local_get(count)
            .local_get(count_out);
        sink.call(self.runtime(functions.poll_end)).end();
        Ok(function)
    }
}
