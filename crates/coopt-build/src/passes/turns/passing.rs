//! The way of a loop's locals past the end of a turn: as bits, through globals.

use coopt_abi::calls::Type;
use wasm_encoder::InstructionSink;
use wasmparser::ValType;

use crate::generated::Emitter;
use crate::plan::AddedGlobal;
use crate::plan::needs::BelongsTo;

/// Where a local of a tight loop is on its way past the end of a turn.
pub const GLOBAL: AddedGlobal = AddedGlobal {
    name: "passing",
    ty: Type::I64,
    init: 0,
    belongs_to: BelongsTo::Component,
};
/// How many locals may be on their way. Further ones stay where they are.
pub const MAX: usize = 32;

/// The globals.
pub fn globals(emitter: &Emitter<'_, '_>) -> impl Iterator<Item = u32> {
    let added = emitter.plan.added_globals();
    let globals = added.filter(|(_, global)| global.name == GLOBAL.name);
    globals.map(|(index, _)| index)
}

/// A local that a tight loop uses, and its type.
pub type Used = (u32, ValType);

/// `[] -> [i64]`
pub fn push((local, ty): Used, sink: &mut InstructionSink<'_>) {
    sink.local_get(local);
    match ty {
        ValType::I32 => sink.i64_extend_i32_u(),
        ValType::F32 => sink.i32_reinterpret_f32().i64_extend_i32_u(),
        ValType::F64 => sink.i64_reinterpret_f64(),
        _ => sink,
    };
}

/// `[i64] -> []`
pub fn pop((local, ty): Used, sink: &mut InstructionSink<'_>) {
    match ty {
        ValType::I32 => sink.i32_wrap_i64(),
        ValType::F32 => sink.i32_wrap_i64().f32_reinterpret_i32(),
        ValType::F64 => sink.f64_reinterpret_i64(),
        _ => &mut *sink,
    };
    sink.local_set(local);
}

/// Whether values of the type go through a global of 64 bits.
pub const fn has_bits(ty: ValType) -> bool {
    matches!(
        ty,
        ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64
    )
}
