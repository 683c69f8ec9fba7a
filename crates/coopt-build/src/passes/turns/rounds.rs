//! The count of rounds, and what happens when a turn is over.

use coopt_abi::calls::{Type, runtime};
use wasm_encoder::BlockType::Empty;

use crate::generated::{Code, Emitter, Helper};
use crate::plan::AddedGlobal;
use crate::plan::needs::BelongsTo;
use crate::rewrite::Output;

use super::passing;

/// What a turn has of rounds, less up to a quarter: a period that never changes might fall into step
/// with that of the program.
const ROUNDS: i32 = 1 << 17;
const VARIATION: i32 = (1 << 15) - 1;
/// After how many rounds a tight loop tells.
pub const TIGHT_ROUNDS: i32 = 1 << 13;
/// How much a round of another loop counts for.
pub const WIDE_ROUND: i32 = 16;
/// How much an atomic instruction counts for.
pub const ATOMIC: i32 = 128;

/// What is left of the turn.
const LEFT: AddedGlobal = AddedGlobal {
    name: "rounds left",
    ty: Type::I32,
    init: ROUNDS as i64,
    belongs_to: BelongsTo::Component,
};
/// What the next turn is shorter by.
const NEXT: AddedGlobal = AddedGlobal {
    name: "next variation",
    ty: Type::I32,
    init: 1,
    belongs_to: BelongsTo::Component,
};

pub static GLOBALS: [AddedGlobal; 2 + passing::MAX] = {
    let mut all = [passing::GLOBAL; 2 + passing::MAX];
    all[0] = LEFT;
    all[1] = NEXT;
    all
};

/// `()`: ends the turn, and begins the next one.
pub static TURN_OVER: Helper = Helper {
    name: "coopt.turn_over",
    params: &[],
    results: &[],
    write: |emitter, code| {
        let [left, next] = [LEFT, NEXT].map(|global| emitter.plan.added_global(global.name));
        let locals = emitter.switch_locals(code);
        let passing: Vec<(u32, u32)> = passing::globals(emitter)
            .map(|global| (global, code.local(wasm_encoder::ValType::I64)))
            .collect();
        let mut sink = code.sink();
        // Other threads need the globals, too.
        for (global, local) in &passing {
            sink.global_get(*global).local_set(*local);
        }
        // SWITCH: the other runnable threads run; and handlers, if the thread layer has any.
        match emitter.program.turn_over {
            Some(function) => {
                sink.call(emitter.plan.program_function(function));
            }
            None => {
                sink.call(emitter.runtime(runtime::TURN_OVER));
                emitter.perform_unless_continue(&mut sink, &locals);
            }
        }
        for (global, local) in &passing {
            sink.local_get(*local).global_set(*global);
        }
        // A linear congruential generator of full period.
        sink.global_get(next).i32_const(1_664_525).i32_mul();
        sink.i32_const(1_013_904_223).i32_add().global_set(next);
        sink.i32_const(ROUNDS);
        sink.global_get(next).i32_const(17).i32_shr_u();
        sink.i32_const(VARIATION).i32_and().i32_sub();
        sink.global_set(left).end();
        Ok(())
    },
};

/// `()`: counts the rounds of a tight loop.
pub static TELL: Helper = Helper {
    name: "coopt.tell_rounds",
    params: &[],
    results: &[],
    write: |emitter, code| {
        count_down(emitter, TIGHT_ROUNDS, code);
        code.sink().if_(Empty).call(emitter.helper(&TURN_OVER));
        code.sink().end().end();
        Ok(())
    },
};

/// `[] -> [is the turn over]`
pub fn count_down(emitter: &Emitter<'_, '_>, by: i32, code: &mut Code) {
    let left = emitter.plan.added_global(LEFT.name);
    let now = code.local(wasm_encoder::ValType::I32);
    let mut sink = code.sink();
    sink.global_get(left).i32_const(by).i32_sub().local_tee(now);
    sink.global_set(left).local_get(now);
    sink.i32_const(0).i32_le_s();
}

pub fn count_in_place(emitter: &Emitter<'_, '_>, by: i32, output: &mut Output<'_>) {
    let code = output.code();
    count_down(emitter, by, code);
    code.rare_if().call(emitter.helper(&TURN_OVER)).end();
}
