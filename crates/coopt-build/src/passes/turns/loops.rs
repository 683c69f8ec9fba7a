//! What is known of the loops of a body before they are written.

use std::collections::BTreeSet;

use wasmparser::{BlockType, FunctionBody, Operator};

use crate::module::atomic::Atomic;

/// What is known of a loop before its body is written.
#[derive(Clone, Debug, Default)]
pub struct Loop {
    /// Whether something in it calls, or is another loop.
    pub is_wide: bool,
    loads: bool,
    stores: bool,
    /// Whether it takes operands, or is left by an instruction that cannot be led elsewhere.
    pub is_odd: bool,
    /// The locals that it uses.
    pub used: BTreeSet<u32>,
}

impl Loop {
    /// Whether it does nothing but look at memory. Atomic instructions count by themselves.
    pub const fn only_loads(&self) -> bool {
        self.loads && !self.stores && !self.is_wide
    }

    /// Notes an instruction that is in no loop further in.
    fn note(&mut self, op: &Operator<'_>) {
        self.is_wide |= calls(op);
        self.is_odd |= leads_oddly(op);
        self.loads |= loads(op);
        self.stores |= stores(op);
        if !self.is_wide {
            self.used.extend(local_of(op));
        }
    }

    /// Notes a loop further in, which has ended.
    fn hold(&mut self, inner: &Self) {
        self.is_wide = true;
        self.is_odd |= inner.is_odd;
        self.loads |= inner.loads;
        self.stores |= inner.stores;
        // Only those of tight loops are asked for.
        self.used.clear();
    }

    /// The loops of a body, in the order in which they begin.
    pub fn all_of(body: &FunctionBody<'_>) -> Vec<Self> {
        let mut loops: Vec<Self> = Vec::new();
        // The blocks that are open; of a loop its place.
        let mut open: Vec<Option<usize>> = Vec::new();
        // The places of the loops that are open.
        let mut around: Vec<usize> = Vec::new();
        let ops = body.get_operators_reader().into_iter().flatten();
        for op in ops.map_while(Result::ok) {
            if let Some(innermost) = around.last() {
                loops[*innermost].note(&op);
            }
            match op {
                Operator::Loop { blockty } => {
                    open.push(Some(loops.len()));
                    around.push(loops.len());
                    loops.push(Self {
                        is_odd: matches!(blockty, BlockType::FuncType(_)),
                        ..Self::default()
                    });
                }
                Operator::End | Operator::Delegate { .. } => {
                    if let Some(Some(ended)) = open.pop() {
                        around.pop();
                        if let Some(outer) = around.last() {
                            // A loop begins after the one that it is in.
                            let (before, after) = loops.split_at_mut(ended);
                            before[*outer].hold(&after[0]);
                        }
                    }
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
pub fn reads_atomically(op: &Operator<'_>) -> bool {
    matches!(
        Atomic::of(op),
        Some(Atomic::Load(_) | Atomic::Rmw(..) | Atomic::Cmpxchg(_))
    )
}

pub fn opens(op: &Operator<'_>) -> bool {
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
