//! Ends the turn of a thread that goes on for long without a wait, so that the others run, too. The
//! same program takes the same turns in every run.
//!
//! A thread that waits in a loop of its own looks at memory until another has written there: by
//! atomic instructions, or by plain loads. So each atomic instruction that reads counts, in a loop or
//! not, as does each round of a loop that loads and neither stores nor calls ([`Preempt::Spins`]). A
//! thread that computes keeps the others waiting, too, if each round of every loop does not count
//! ([`Preempt::Loops`]); but that costs what computes a few per cent, and odd loops more.
//!
//! A loop in which nothing calls is tight: counting might cost more than its body does. So it counts
//! in a local, and tells the rest of the program every so many rounds only. A loop that is left before
//! that has told nothing, so a round of any other loop counts for several.
//!
//! Loops are left to tell, and begun again afterwards. So they have no call in them across which a
//! compiler would have to save what they have in registers. What a tight loop has in locals goes
//! through globals meanwhile: they are other values for the compiler then, and those of the loop may
//! stay where they are.
//!
//! ```text
//! loop $l        block $exit
//!   body           loop $again
//! end                block $told
//!                      loop $l
//!                        count one round, and br_if $told
//!                        body
//!                      end
//!                      br $exit
//!                    end
//!                    locals to globals, call $tell, globals to locals
//!                    br $again
//!                  end
//!                end
//! ```

use std::collections::BTreeSet;

use coopt_abi::calls::{Type, runtime};
use wasm_encoder::BlockType::Empty;
use wasm_encoder::InstructionSink;
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasmparser::{BlockType, FunctionBody, Operator, ValType};

use crate::generated::{Code, Emitter, Helper};
use crate::module::atomic::Atomic;
use crate::module::count;
use crate::plan::AddedGlobal;
use crate::plan::needs::BelongsTo;
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass, Source};

/// What a turn has of rounds, less up to a quarter: a period that never changes might fall into step
/// with that of the program.
const ROUNDS: i32 = 1 << 17;
const VARIATION: i32 = (1 << 15) - 1;
/// After how many rounds a tight loop tells.
const TIGHT_ROUNDS: i32 = 1 << 13;
/// How much a round of another loop counts for.
const WIDE_ROUND: i32 = 16;
/// How much an atomic instruction counts for.
const ATOMIC: i32 = 128;

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

/// Where a local of a tight loop is on its way past [`TURN_OVER`].
const PASSING: AddedGlobal = AddedGlobal {
    name: "passing",
    ty: Type::I64,
    init: 0,
    belongs_to: BelongsTo::Component,
};
/// How many locals may be on their way. Further ones stay where they are.
const PASSING_MAX: usize = 32;

static GLOBALS: [AddedGlobal; 2 + PASSING_MAX] = {
    let mut all = [PASSING; 2 + PASSING_MAX];
    all[0] = LEFT;
    all[1] = NEXT;
    all
};

/// `()`: ends the turn, and begins the next one.
static TURN_OVER: Helper = Helper {
    name: "coopt.turn_over",
    params: &[],
    results: &[],
    write: |emitter, code| {
        let (left, next) = (global(emitter, LEFT), global(emitter, NEXT));
        let locals = emitter.switch_locals(code);
        let passing: Vec<(u32, u32)> = passing(emitter)
            .map(|global| (global, code.local(wasm_encoder::ValType::I64)))
            .collect();
        let mut sink = code.sink();
        // Other threads need the globals, too.
        for (global, local) in &passing {
            sink.global_get(*global).local_set(*local);
        }
        sink.call(emitter.runtime(runtime::TURN_OVER));
        // SWITCH: the other runnable threads run.
        emitter.perform_unless_continue(&mut sink, &locals);
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
static TELL: Helper = Helper {
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
fn count_down(emitter: &Emitter<'_, '_>, by: i32, code: &mut Code) {
    let left = global(emitter, LEFT);
    let now = code.local(wasm_encoder::ValType::I32);
    let mut sink = code.sink();
    sink.global_get(left).i32_const(by).i32_sub().local_tee(now);
    sink.global_set(left).local_get(now);
    sink.i32_const(0).i32_le_s();
}

fn global(emitter: &Emitter<'_, '_>, global: AddedGlobal) -> u32 {
    let mut added = emitter.plan.added_globals();
    let found = added.find(|(_, other)| other.name == global.name);
    found.map_or_else(|| unreachable!("the pass adds it"), |(index, _)| index)
}

fn count_in_place(emitter: &Emitter<'_, '_>, by: i32, output: &mut Output<'_>) {
    let code = output.code();
    count_down(emitter, by, code);
    code.rare_if().call(emitter.helper(&TURN_OVER)).end();
}

fn passing(emitter: &Emitter<'_, '_>) -> impl Iterator<Item = u32> {
    let added = emitter.plan.added_globals();
    let passing = added.filter(|(_, global)| global.name == PASSING.name);
    passing.map(|(index, _)| index)
}

/// A local that a tight loop uses, and its type.
type Used = (u32, ValType);

/// `[] -> [i64]`
fn push_bits((local, ty): Used, sink: &mut InstructionSink<'_>) {
    sink.local_get(local);
    match ty {
        ValType::I32 => sink.i64_extend_i32_u(),
        ValType::F32 => sink.i32_reinterpret_f32().i64_extend_i32_u(),
        ValType::F64 => sink.i64_reinterpret_f64(),
        _ => sink,
    };
}

/// `[i64] -> []`
fn pop_bits((local, ty): Used, sink: &mut InstructionSink<'_>) {
    match ty {
        ValType::I32 => sink.i32_wrap_i64(),
        ValType::F32 => sink.i32_wrap_i64().f32_reinterpret_i32(),
        ValType::F64 => sink.f64_reinterpret_i64(),
        _ => &mut *sink,
    };
    sink.local_set(local);
}

/// What is known of a loop before its body is written.
#[derive(Clone, Debug, Default)]
struct Loop {
    /// Whether something in it calls, or is another loop.
    is_wide: bool,
    loads: bool,
    stores: bool,
    /// Whether it takes operands, or is left by an instruction that cannot be led elsewhere.
    is_odd: bool,
    /// The locals that it uses.
    used: BTreeSet<u32>,
}

impl Loop {
    /// Whether it does nothing but look at memory. Atomic instructions count by themselves.
    const fn only_loads(&self) -> bool {
        self.loads && !self.stores && !self.is_wide
    }

    /// The loops of a body, in the order in which they begin.
    fn all_of(body: &FunctionBody<'_>) -> Vec<Self> {
        let mut loops: Vec<Self> = Vec::new();
        // The blocks that are open; of a loop its place.
        let mut open: Vec<Option<usize>> = Vec::new();
        let ops = body.get_operators_reader().into_iter().flatten();
        for op in ops.map_while(Result::ok) {
            let (is_call, is_odd) = (calls(&op), leads_oddly(&op));
            for place in open.iter().flatten() {
                loops[*place].is_wide |= is_call || matches!(op, Operator::Loop { .. });
                loops[*place].is_odd |= is_odd;
                loops[*place].loads |= loads(&op);
                loops[*place].stores |= stores(&op);
                loops[*place].used.extend(local_of(&op));
            }
            match op {
                Operator::Loop { blockty } => {
                    open.push(Some(loops.len()));
                    let is_odd = matches!(blockty, BlockType::FuncType(_));
                    loops.push(Self {
                        is_odd,
                        ..Self::default()
                    });
                }
                Operator::End | Operator::Delegate { .. } => {
                    open.pop();
                }
                _ if opens(&op) => open.push(None),
                _ => {}
            }
        }
        loops
    }
}

fn local_of(op: &Operator<'_>) -> Option<u32> {
    match op {
        Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } => Some(*local_index),
        _ => None,
    }
}

fn loads(op: &Operator<'_>) -> bool {
    matches!(
        op,
        Operator::I32Load { .. }
            | Operator::I64Load { .. }
            | Operator::I32Load8S { .. }
            | Operator::I32Load8U { .. }
            | Operator::I32Load16S { .. }
            | Operator::I32Load16U { .. }
            | Operator::I64Load8S { .. }
            | Operator::I64Load8U { .. }
            | Operator::I64Load16S { .. }
            | Operator::I64Load16U { .. }
            | Operator::I64Load32S { .. }
            | Operator::I64Load32U { .. }
    )
}

fn stores(op: &Operator<'_>) -> bool {
    matches!(
        op,
        Operator::I32Store { .. }
            | Operator::I64Store { .. }
            | Operator::F32Store { .. }
            | Operator::F64Store { .. }
            | Operator::I32Store8 { .. }
            | Operator::I32Store16 { .. }
            | Operator::I64Store8 { .. }
            | Operator::I64Store16 { .. }
            | Operator::I64Store32 { .. }
            | Operator::V128Store { .. }
            | Operator::MemoryCopy { .. }
            | Operator::MemoryFill { .. }
            | Operator::MemoryInit { .. }
    )
}

/// Whether the instruction tells what another thread may have written.
fn reads_atomically(op: &Operator<'_>) -> bool {
    matches!(
        Atomic::of(op),
        Some(Atomic::Load(_) | Atomic::Rmw(..) | Atomic::Cmpxchg(_))
    )
}

fn opens(op: &Operator<'_>) -> bool {
    matches!(
        op,
        Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Try { .. }
            | Operator::TryTable { .. }
    )
}

fn calls(op: &Operator<'_>) -> bool {
    matches!(
        op,
        Operator::Call { .. }
            | Operator::CallIndirect { .. }
            | Operator::CallRef { .. }
            | Operator::MemoryAtomicWait32 { .. }
            | Operator::MemoryAtomicWait64 { .. }
            | Operator::MemoryAtomicNotify { .. }
    )
}

/// Whether the instruction names labels otherwise than `br`, `br_if` and `br_table` do.
fn leads_oddly(op: &Operator<'_>) -> bool {
    matches!(
        op,
        Operator::BrOnNull { .. }
            | Operator::BrOnNonNull { .. }
            | Operator::BrOnCast { .. }
            | Operator::BrOnCastFail { .. }
            | Operator::Try { .. }
            | Operator::TryTable { .. }
            | Operator::Delegate { .. }
            | Operator::Rethrow { .. }
    )
}

/// The types of a function's locals; a program with too many is refused elsewhere.
fn locals(source: Source<'_, '_>) -> Vec<ValType> {
    const MAX: usize = 50_000;
    let declared = source.body.get_locals_reader().into_iter().flatten();
    let declared = declared.map_while(Result::ok);
    let declared = declared.flat_map(|(count, ty)| std::iter::repeat_n(ty, count as usize));
    source
        .params
        .iter()
        .copied()
        .chain(declared)
        .take(MAX)
        .collect()
}

/// A loop that is open, and left to tell.
#[derive(Debug)]
struct Open {
    /// The local that a tight loop counts in.
    left: Option<u32>,
    /// The locals that go past the call.
    used: Vec<Used>,
}

/// How many blocks stand around such a loop.
const AROUND: u32 = 3;

/// The pass.
#[derive(Debug)]
pub struct Turns {
    /// Whether every loop counts.
    every_loop: bool,
    /// The types of the body's locals.
    locals: Vec<ValType>,
    /// The loops that have not begun.
    loops: std::vec::IntoIter<Loop>,
    /// The local that the body's tight loops count in.
    left: Option<u32>,
    /// The blocks that are open; `None` for those that stay as they were.
    open: Vec<Option<Open>>,
    /// Whether the current instruction is the first in a loop that counts in its place.
    is_first_in_odd: bool,
}

impl Turns {
    /// For a program in which every loop counts, or only what may be a thread that waits.
    pub fn new(every_loop: bool) -> Self {
        Self {
            every_loop,
            locals: Vec::new(),
            loops: Vec::new().into_iter(),
            left: None,
            open: Vec::new(),
            is_first_in_odd: false,
        }
    }

    /// Whether something in the program counts.
    pub fn has_work(&self, program: &Program<'_>) -> bool {
        program.module.bodies.iter().any(|body| {
            let ops = body.get_operators_reader().into_iter().flatten();
            let reads = ops.map_while(Result::ok).any(|op| reads_atomically(&op));
            let loops = || Loop::all_of(body).into_iter();
            reads || loops().any(|one| self.counts(&one))
        })
    }

    /// Whether the rounds of a loop count.
    const fn counts(&self, one: &Loop) -> bool {
        self.every_loop || one.only_loads()
    }

    /// A loop begins.
    fn begin(
        &mut self,
        ty: BlockType,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        let next = self.loops.next();
        if !next.as_ref().is_some_and(|next| self.counts(next)) {
            self.open.push(None);
            return Answer::Keep;
        }
        let next = next.filter(|next| !next.is_odd);
        let ty = match ty {
            BlockType::Empty => Some(Empty),
            BlockType::Type(ty) => {
                let result = RoundtripReencoder.val_type(ty).ok();
                result.map(wasm_encoder::BlockType::Result)
            }
            BlockType::FuncType(_) => None,
        };
        let (Some(next), Some(ty)) = (next, ty) else {
            self.open.push(None);
            self.is_first_in_odd = true;
            return Answer::Keep;
        };
        let code = output.code();
        let open = if next.is_wide {
            code.sink().block(ty).loop_(Empty).block(Empty).loop_(ty);
            count_down(emitter, WIDE_ROUND, code);
            Open {
                left: None,
                used: Vec::new(),
            }
        } else {
            let left = self
                .left
                .get_or_insert_with(|| code.kept_local(wasm_encoder::ValType::I32));
            let left = *left;
            let mut sink = code.sink();
            sink.i32_const(TIGHT_ROUNDS).local_set(left);
            sink.block(ty).loop_(Empty).block(Empty).loop_(ty);
            sink.local_get(left).i32_const(1).i32_sub().local_tee(left);
            sink.i32_eqz();
            Open {
                left: Some(left),
                used: self.passing(&next),
            }
        };
        code.rare_br_if(1);
        self.open.push(Some(open));
        Answer::Replaced
    }

    /// The locals of a tight loop that go past the call.
    fn passing(&self, tight: &Loop) -> Vec<Used> {
        let type_of = |local: &u32| Some((*local, *self.locals.get(*local as usize)?));
        let used = tight.used.iter().filter_map(type_of);
        used.filter(|(_, ty)| has_bits(*ty))
            .take(PASSING_MAX)
            .collect()
    }

    /// Writes what follows the body of a loop that is left to tell.
    fn end(open: &Open, code: &mut Code, emitter: &Emitter<'_, '_>) {
        let mut sink = code.sink();
        sink.end().br(AROUND - 1).end();
        for (used, global) in open.used.iter().zip(passing(emitter)) {
            push_bits(*used, &mut sink);
            sink.global_set(global);
        }
        sink.call(emitter.helper(if open.left.is_some() {
            &TELL
        } else {
            &TURN_OVER
        }));
        for (used, global) in open.used.iter().zip(passing(emitter)) {
            sink.global_get(global);
            pop_bits(*used, &mut sink);
        }
        if let Some(left) = open.left {
            sink.i32_const(TIGHT_ROUNDS).local_set(left);
        }
        sink.br(0).end().unreachable().end();
    }

    /// How far away the label is now that was `depth` blocks away.
    fn label(&self, depth: u32) -> u32 {
        let inner = self.open.iter().rev().take(depth as usize);
        depth + AROUND * count(inner.flatten().count())
    }

    /// Leads a branch to where its label is now.
    fn branch(&self, op: &Operator<'_>, output: &mut Output<'_>) -> Answer {
        if self.open.iter().flatten().next().is_none() {
            return Answer::Keep;
        }
        let label = |depth| self.label(depth);
        match op {
            Operator::Br { relative_depth } => {
                output.code().sink().br(label(*relative_depth));
            }
            Operator::BrIf { relative_depth } => {
                output.code().sink().br_if(label(*relative_depth));
            }
            Operator::BrTable { targets } => {
                let all = targets.targets().map_while(Result::ok).map(label);
                let all: Vec<u32> = all.collect();
                output.code().sink().br_table(all, label(targets.default()));
            }
            _ => return Answer::Keep,
        }
        Answer::Replaced
    }
}

/// Whether values of the type go through a global of 64 bits.
const fn has_bits(ty: ValType) -> bool {
    matches!(
        ty,
        ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64
    )
}

impl Pass for Turns {
    fn globals(&self) -> &'static [AddedGlobal] {
        &GLOBALS
    }

    fn helpers(&self, _: &Program<'_>) -> Vec<&'static Helper> {
        vec![&TURN_OVER, &TELL]
    }

    fn spares_library(&self) -> bool {
        true
    }

    fn enter(
        &mut self,
        source: Source<'_, '_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) {
        let _ = (output, emitter);
        let loops = Loop::all_of(source.body);
        let locals = if loops.is_empty() {
            Vec::new()
        } else {
            locals(source)
        };
        *self = Self {
            locals,
            loops: loops.into_iter(),
            ..Self::new(self.every_loop)
        };
    }

    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        if std::mem::take(&mut self.is_first_in_odd) {
            count_in_place(emitter, WIDE_ROUND, output);
        }
        if reads_atomically(op) {
            count_in_place(emitter, ATOMIC, output);
            return Answer::Keep;
        }
        match op {
            Operator::Loop { blockty } => return self.begin(*blockty, output, emitter),
            Operator::End | Operator::Delegate { .. } => {
                if let Some(Some(open)) = self.open.pop() {
                    Self::end(&open, output.code(), emitter);
                    return Answer::Replaced;
                }
            }
            _ if opens(op) => self.open.push(None),
            _ => return self.branch(op, output),
        }
        Answer::Keep
    }
}
