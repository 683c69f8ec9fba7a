//! The plain instructions that an atomic is made of.

use wasm_encoder::{InstructionSink, MemArg};

use crate::module::atomic::{Access, Int, Rmw};

fn memarg(access: Access) -> MemArg {
    MemArg {
        offset: access.memarg.offset,
        align: access.width_log2,
        memory_index: access.memarg.memory,
    }
}

/// The bits of an `i64` or `i32` that the access reads or writes.
fn mask(access: Access) -> i64 {
    match access.width_log2 {
        0 => 0xff,
        1 => 0xffff,
        2 => 0xffff_ffff,
        _ => -1,
    }
}

/// `[address] -> [value]`, zero-extended.
pub fn load(access: Access, sink: &mut InstructionSink<'_>) {
    let memarg = memarg(access);
    match (access.int, access.width_log2) {
        (Int::I32, 0) => sink.i32_load8_u(memarg),
        (Int::I32, 1) => sink.i32_load16_u(memarg),
        (Int::I32, _) => sink.i32_load(memarg),
        (Int::I64, 0) => sink.i64_load8_u(memarg),
        (Int::I64, 1) => sink.i64_load16_u(memarg),
        (Int::I64, 2) => sink.i64_load32_u(memarg),
        (Int::I64, _) => sink.i64_load(memarg),
    };
}

/// `[address, value] -> []`, the value's upper bits dropped.
pub fn store(access: Access, sink: &mut InstructionSink<'_>) {
    let memarg = memarg(access);
    match (access.int, access.width_log2) {
        (Int::I32, 0) => sink.i32_store8(memarg),
        (Int::I32, 1) => sink.i32_store16(memarg),
        (Int::I32, _) => sink.i32_store(memarg),
        (Int::I64, 0) => sink.i64_store8(memarg),
        (Int::I64, 1) => sink.i64_store16(memarg),
        (Int::I64, 2) => sink.i64_store32(memarg),
        (Int::I64, _) => sink.i64_store(memarg),
    };
}

/// `[address] -> [address]`, through the local `address`: traps unless
/// address plus offset is a multiple of the width.
pub fn check_alignment(access: Access, sink: &mut InstructionSink<'_>, address: u32) {
    sink.local_tee(address);
    if access.is_byte() {
        return;
    }
    let mask = (1_i32 << access.width_log2) - 1;
    // Only the low bits count, so an offset that is itself aligned, as
    // nearly all are, cannot change the answer.
    let offset = (access.memarg.offset & 0xffff_ffff) as u32 as i32 & mask;
    if offset != 0 {
        sink.i32_const(offset).i32_add();
    }
    sink.i32_const(mask)
        .i32_and()
        .if_(wasm_encoder::BlockType::Empty)
        .unreachable()
        .end();
    sink.local_get(address);
}

/// `[expected] -> [expected]`, cut to the width of the access.
pub fn wrap(access: Access, sink: &mut InstructionSink<'_>) {
    if !access.is_narrow() {
        return;
    }
    match access.int {
        Int::I32 => sink.i32_const(mask(access) as i32).i32_and(),
        Int::I64 => sink.i64_const(mask(access)).i64_and(),
    };
}

/// `[old, operand] -> [new]`.
pub fn apply(rmw: Rmw, int: Int, sink: &mut InstructionSink<'_>) {
    match (rmw, int) {
        (Rmw::Add, Int::I32) => sink.i32_add(),
        (Rmw::Add, Int::I64) => sink.i64_add(),
        (Rmw::Sub, Int::I32) => sink.i32_sub(),
        (Rmw::Sub, Int::I64) => sink.i64_sub(),
        (Rmw::And, Int::I32) => sink.i32_and(),
        (Rmw::And, Int::I64) => sink.i64_and(),
        (Rmw::Or, Int::I32) => sink.i32_or(),
        (Rmw::Or, Int::I64) => sink.i64_or(),
        (Rmw::Xor, Int::I32) => sink.i32_xor(),
        (Rmw::Xor, Int::I64) => sink.i64_xor(),
        // The new value is the operand: the pass never loads `old` under it.
        (Rmw::Xchg, _) => sink,
    };
}
