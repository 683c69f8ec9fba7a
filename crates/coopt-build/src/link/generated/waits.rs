//! The trampolines: calls of the guest that may switch threads.

use coopt_abi::calls::{ADDR, AGAIN, Call, EXPECTED, Way, runtime};
use coopt_abi::wait::Outcome;
use wasm_encoder::{BlockType, Function, InstructionSink, MemArg, ValType};

use crate::Error;
use crate::lower::Int;
use crate::module::count;

use super::{Emitter, exit_tag};

/// Memory 0 at the address on the stack, plus nothing.
fn word(align: u32) -> MemArg {
    MemArg {
        offset: 0,
        align,
        memory_index: 0,
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
        let mut function = self.trampoline_after(&[(1, ValType::I32)])?;
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
        sink.call(self.runtime(runtime::ATOMIC_WAIT));
        self.finish_wait(&mut sink, action);
        sink.end();
        Ok(function)
    }

    /// `[action] -> [WAIT_*]`
    fn finish_wait(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        self.perform_unless_continue(sink, action_local);
        sink.call(self.runtime(runtime::WAIT_OUTCOME));
    }

    /// `(addr, count, offset) -> woken`
    pub(super) fn notify(&self) -> Function {
        let [addr, count, offset, ea] = [0_u32, 1, 2, 3];
        let mut function = Function::new([(1, ValType::I32)]);
        let mut sink = function.instructions();
        Self::effective_address(&mut sink, (addr, offset, ea), 2);
        sink.local_get(ea).i32_load(word(2)).drop(); // traps out of bounds
        sink.local_get(ea).local_get(count);
        sink.call(self.runtime(runtime::FUTEX_WAKE)).end();
        function
    }

    /// What an import becomes, as a function.
    pub(super) fn trampoline(&self, call: &Call) -> Result<Function, Error> {
        let mut function = match call.way {
            Way::Throws => Function::new([]),
            _ => Function::new(self.action_and_saved_globals()?),
        };
        let mut sink = function.instructions();
        self.carry_out(&mut sink, call, 0);
        sink.end();
        Ok(function)
    }

    /// `[] -> [the result]`: carries out a call whose parameters, and behind them an action and
    /// the saved globals, begin with local `base`.
    pub(super) fn carry_out(&self, sink: &mut InstructionSink<'_>, call: &Call, base: u32) {
        let action = base + count(call.params.len());
        let params = || (base..).zip(call.params);
        let ask = |sink: &mut InstructionSink<'_>, function| {
            for (param, _) in params() {
                sink.local_get(param);
            }
            sink.call(self.runtime(function));
        };
        match call.way {
            Way::Direct(function) => ask(sink, function),
            Way::GivesWay(function) => {
                ask(sink, function);
                self.perform_unless_continue(sink, action);
                if call.result.is_some() {
                    sink.i32_const(0);
                }
            }
            Way::Waits(function) => {
                ask(sink, function);
                self.finish_wait(sink, action);
            }
            Way::Compares(function) => {
                let compared = [ADDR, EXPECTED];
                let compared = compared.map(|name| params().find(|(_, param)| param.name == name));
                let asked = params().filter(|(_, param)| param.name != EXPECTED);
                let [Some((addr, _)), Some((expected, _))] = compared else {
                    unreachable!("coopt-abi's tests find them in each such call")
                };
                sink.block(BlockType::Result(ValType::I32));
                sink.i32_const(Outcome::NotEqual.to_bits().cast_signed());
                sink.local_get(addr)
                    .i32_load(word(2))
                    .local_get(expected)
                    .i32_ne();
                sink.br_if(0).drop();
                for (param, _) in asked {
                    sink.local_get(param);
                }
                sink.call(self.runtime(function));
                self.finish_wait(sink, action);
                sink.end();
            }
            Way::Begins(begin, end) => {
                sink.loop_(BlockType::Result(ValType::I32));
                ask(sink, begin);
                self.perform_unless_continue(sink, action);
                ask(sink, end);
                sink.local_tee(action).i32_const(AGAIN).i32_eq().br_if(0);
                sink.local_get(action).end();
            }
            Way::Throws => {
                sink.throw(exit_tag(self.guest));
            }
        }
    }
}
