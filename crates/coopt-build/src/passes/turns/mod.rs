//! Ends the turn of a thread that goes on for long without a wait, so that the others run, too. The
//! same program takes the same turns in every run.
//!
//! A thread that waits in a loop of its own looks at memory until another has written there: by
//! atomic instructions, or by plain loads. So each atomic instruction that reads counts, in a loop or
//! not, as does each round of a loop that loads and neither stores nor calls
//! ([`Preempt::Spins`](crate::Preempt::Spins)). A thread that computes keeps the others waiting, too,
//! if each round of every loop does not count ([`Preempt::Loops`](crate::Preempt::Loops)); but that
//! costs what computes a few per cent, and odd loops more.
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

mod loops;
mod passing;
mod rounds;

use coopt_abi::calls::{RuntimeFunction, runtime};
use wasm_encoder::BlockType::Empty;
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasmparser::{BlockType, Operator, ValType};

use crate::generated::{Code, Emitter, Helper};
use crate::plan::AddedGlobal;
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass, Source};
use loops::{Loop, opens, reads_atomically};
use passing::Used;
use rounds::{
    ATOMIC, GLOBALS, TELL, TIGHT_ROUNDS, TURN_OVER, WIDE_ROUND, count_down, count_in_place,
};

/// A loop that is open, and left to tell.
#[derive(Debug)]
struct Telling {
    /// The local that a tight loop counts in.
    left: Option<u32>,
    /// The locals that go past the call.
    used: Vec<Used>,
}

/// How many blocks stand around such a loop.
const AROUND: u32 = 3;

/// A block that is open.
#[derive(Debug)]
struct Block {
    /// `None` for a block that stays as it was.
    telling: Option<Telling>,
    /// How many loops are left to tell among it and the blocks around it.
    loops: u32,
}

/// The pass.
#[derive(Debug, Default)]
pub struct Turns {
    /// Whether every loop counts.
    every_loop: bool,
    /// The types of the body's locals.
    locals: Vec<ValType>,
    /// The loops that have not begun.
    loops: std::vec::IntoIter<Loop>,
    /// The local that the body's tight loops count in.
    left: Option<u32>,
    /// The blocks that are open.
    open: Vec<Block>,
    /// Whether the current instruction is the first in a loop that counts in its place.
    is_first_in_odd: bool,
}

impl Turns {
    /// For a program in which every loop counts, or only what may be a thread that waits.
    pub fn new(every_loop: bool) -> Self {
        Self {
            every_loop,
            ..Self::default()
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
            self.open(None);
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
            self.open(None);
            self.is_first_in_odd = true;
            return Answer::Keep;
        };
        let code = output.code();
        let telling = if next.is_wide {
            code.sink().block(ty).loop_(Empty).block(Empty).loop_(ty);
            count_down(emitter, WIDE_ROUND, code);
            Telling {
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
            Telling {
                left: Some(left),
                used: self.passing(&next),
            }
        };
        code.rare_br_if(1);
        self.open(Some(telling));
        Answer::Replaced
    }

    /// The locals of a tight loop that go past the call.
    fn passing(&self, tight: &Loop) -> Vec<Used> {
        let type_of = |local: &u32| Some((*local, *self.locals.get(*local as usize)?));
        let used = tight.used.iter().filter_map(type_of);
        used.filter(|(_, ty)| passing::has_bits(*ty))
            .take(passing::MAX)
            .collect()
    }

    /// Writes what follows the body of a loop that is left to tell.
    fn end(telling: &Telling, code: &mut Code, emitter: &Emitter<'_, '_>) {
        let mut sink = code.sink();
        sink.end().br(AROUND - 1).end();
        for (used, global) in telling.used.iter().zip(passing::globals(emitter)) {
            passing::push(*used, &mut sink);
            sink.global_set(global);
        }
        sink.call(emitter.helper(if telling.left.is_some() {
            &TELL
        } else {
            &TURN_OVER
        }));
        for (used, global) in telling.used.iter().zip(passing::globals(emitter)) {
            sink.global_get(global);
            passing::pop(*used, &mut sink);
        }
        if let Some(left) = telling.left {
            sink.i32_const(TIGHT_ROUNDS).local_set(left);
        }
        sink.br(0).end().unreachable().end();
    }

    /// A block begins.
    fn open(&mut self, telling: Option<Telling>) {
        let loops = self.open_loops() + u32::from(telling.is_some());
        self.open.push(Block { telling, loops });
    }

    /// How many loops are open that are left to tell.
    fn open_loops(&self) -> u32 {
        self.open.last().map_or(0, |block| block.loops)
    }

    /// How far away the label is now that was `depth` blocks away.
    fn label(&self, depth: u32) -> u32 {
        let target = self.open.len().checked_sub(depth as usize);
        // The label of a loop is inside of what stands around the loop.
        let outer = target.and_then(|place| self.open.get(place.checked_sub(1)?));
        let outer = outer.map_or(0, |block| block.loops);
        depth + AROUND * (self.open_loops() - outer)
    }

    /// Leads a branch to where its label is now.
    fn branch(&self, op: &Operator<'_>, output: &mut Output<'_>) -> Answer {
        if self.open_loops() == 0 {
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

impl Pass for Turns {
    fn globals(&self) -> &'static [AddedGlobal] {
        &GLOBALS
    }

    fn runtime(&self, program: &Program<'_>) -> Vec<RuntimeFunction> {
        // The thread layer's function takes its place.
        let is_alone = program.turn_over.is_none();
        is_alone.then_some(runtime::TURN_OVER).into_iter().collect()
    }

    fn helpers(&self, _: &Program<'_>) -> Vec<&'static Helper> {
        vec![&TURN_OVER, &TELL]
    }

    fn spares_library(&self) -> bool {
        true
    }

    fn enter(&mut self, source: Source<'_, '_>, _: &mut Output<'_>, _: &Emitter<'_, '_>) {
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
                if let Some(Block {
                    telling: Some(telling),
                    ..
                }) = self.open.pop()
                {
                    Self::end(&telling, output.code(), emitter);
                    return Answer::Replaced;
                }
            }
            _ if opens(op) => self.open(None),
            _ => return self.branch(op, output),
        }
        Answer::Keep
    }
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
