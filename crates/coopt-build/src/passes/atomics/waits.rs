//! The functions for `memory.atomic.wait32`, `wait64` and `notify`. Each takes the instruction's
//! operands and then its offset.

use coopt_abi::calls::runtime;
use coopt_abi::wait::Outcome;
use wasm_encoder::{BlockType, InstructionSink, MemArg, ValType};
use wasmparser::ValType::{I32, I64};

use crate::generated::{Code, Emitter, Helper};
use crate::module::atomic::Int;

/// `(addr, expected, timeout, offset) -> outcome`
pub static WAIT32: Helper = Helper {
    name: "coopt.atomic_wait32",
    params: &[I32, I32, I64, I32],
    results: &[I32],
    write: |emitter, code| {
        wait(emitter, code, Int::I32);
        Ok(())
    },
};

/// `(addr, expected, timeout, offset) -> outcome`
pub static WAIT64: Helper = Helper {
    name: "coopt.atomic_wait64",
    params: &[I32, I64, I64, I32],
    results: &[I32],
    write: |emitter, code| {
        wait(emitter, code, Int::I64);
        Ok(())
    },
};

/// `(addr, count, offset) -> woken`
pub static NOTIFY: Helper = Helper {
    name: "coopt.atomic_notify",
    params: &[I32; 3],
    results: &[I32],
    write: |emitter, code| {
        notify(emitter, code);
        Ok(())
    },
};

/// The word of the program's memory at the address on the stack.
fn word(align: u32) -> MemArg {
    MemArg {
        offset: 0,
        align,
        memory_index: 0,
    }
}

/// `[] -> []`: leaves `base + offset` in `ea`; traps when the sum is misaligned or
/// needs more than 32 bits, as the instruction does.
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

/// Compares the word, then parks.
fn wait(emitter: &Emitter<'_, '_>, code: &mut Code, int: Int) {
    let [addr, expected, timeout, offset] = [0_u32, 1, 2, 3];
    let ea = code.local(ValType::I32);
    let locals = emitter.switch_locals(code);
    let mut sink = code.sink();
    let align = if int == Int::I32 { 2 } else { 3 };
    effective_address(&mut sink, (addr, offset, ea), align);
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
    sink.call(emitter.runtime(runtime::ATOMIC_WAIT));
    emitter.finish_wait(&mut sink, &locals);
    sink.end();
}

fn notify(emitter: &Emitter<'_, '_>, code: &mut Code) {
    let [addr, count, offset] = [0_u32, 1, 2];
    let ea = code.local(ValType::I32);
    let mut sink = code.sink();
    effective_address(&mut sink, (addr, offset, ea), 2);
    sink.local_get(ea).i32_load(word(2)).drop(); // traps out of bounds
    sink.local_get(ea).local_get(count);
    sink.call(emitter.runtime(runtime::FUTEX_WAKE)).end();
}
