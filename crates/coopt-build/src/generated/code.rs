//! Instructions, and the locals they need.

use wasm_encoder::{
    BlockType, BranchHint, Encode, Function, Instruction, InstructionSink, ValType,
};

use crate::module::count;

/// The code of one function while it is written.
#[derive(Debug)]
pub struct Code {
    bytes: Vec<u8>,
    locals: Locals,
    /// Where the `if`s are that are rarely taken.
    rare: Vec<u32>,
}

/// The locals of a function: its parameters, those it declares, and those that were added.
#[derive(Debug)]
struct Locals {
    declared: Vec<(u32, ValType)>,
    /// How many parameters and declared locals there are.
    before: u32,
    added: Vec<ValType>,
    /// The added locals that are free, by their place in `added`, in order.
    free: Vec<usize>,
    /// The added locals that are never free.
    kept: Vec<usize>,
}

impl Code {
    /// The code of a function with `params` parameters, which declares the locals `declared`.
    pub fn new(params: u32, declared: Vec<(u32, ValType)>) -> Self {
        let before = declared
            .iter()
            .fold(params, |sum, (count, _)| sum.saturating_add(*count));
        Self {
            bytes: Vec::new(),
            rare: Vec::new(),
            locals: Locals {
                declared,
                before,
                added: Vec::new(),
                free: Vec::new(),
                kept: Vec::new(),
            },
        }
    }

    /// Where instructions are written.
    pub fn sink(&mut self) -> InstructionSink<'_> {
        InstructionSink::new(&mut self.bytes)
    }

    /// `[condition] -> []`: begins an `if` that is rarely taken. A host that heeds such hints lays the
    /// code inside out of the way.
    pub fn rare_if(&mut self) -> InstructionSink<'_> {
        self.rare.push(count(self.bytes.len()));
        let mut sink = self.sink();
        sink.if_(BlockType::Empty);
        sink
    }

    /// `[condition] -> []`: a branch that is rarely taken.
    pub fn rare_br_if(&mut self, depth: u32) {
        self.rare.push(count(self.bytes.len()));
        self.sink().br_if(depth);
    }

    /// Writes an instruction that was read.
    pub fn instruction(&mut self, instruction: &Instruction<'_>) {
        instruction.encode(&mut self.bytes);
    }

    /// Writes instructions as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// A local of the type `ty` for temporary use: a free added local, or else a new one. The
    /// value in the local is not known.
    pub fn local(&mut self, ty: ValType) -> u32 {
        let locals = &mut self.locals;
        let free = locals
            .free
            .iter()
            .position(|local| locals.added[*local] == ty);
        let place = match free {
            Some(position) => locals.free.remove(position),
            None => {
                locals.added.push(ty);
                locals.added.len() - 1
            }
        };
        locals.before.saturating_add(count(place))
    }

    /// A local of the type `ty` for the whole function, which begins with zero.
    pub fn kept_local(&mut self, ty: ValType) -> u32 {
        let locals = &mut self.locals;
        let place = locals.added.len();
        locals.added.push(ty);
        locals.kept.push(place);
        locals.before.saturating_add(count(place))
    }

    /// Makes all added locals free, but for those that are kept.
    pub fn release_locals(&mut self) {
        let locals = &mut self.locals;
        if locals.free.len() + locals.kept.len() != locals.added.len() {
            let all = 0..locals.added.len();
            locals.free = all.filter(|place| !locals.kept.contains(place)).collect();
        }
    }

    /// How many locals there are, parameters included, as engines count them.
    pub fn local_count(&self) -> u32 {
        self.locals
            .before
            .saturating_add(count(self.locals.added.len()))
    }

    /// How many bytes have been written.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The function, and its hints.
    pub fn finish(self) -> (Function, Vec<BranchHint>) {
        let mut groups = self.locals.declared;
        let declared = groups.len();
        for ty in self.locals.added {
            match groups[declared..].last_mut() {
                Some((count, last)) if *last == ty => *count += 1,
                _ => groups.push((1, ty)),
            }
        }
        let mut function = Function::new(groups);
        let header = count(function.byte_len());
        let hint = |at: u32| BranchHint {
            branch_func_offset: header.saturating_add(at),
            branch_hint_value: 0,
        };
        let hints = self.rare.into_iter().map(hint).collect();
        function.raw(self.bytes);
        (function, hints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_local_serves_again() {
        let mut code = Code::new(2, vec![(3, ValType::F32)]);
        let first = [ValType::I32, ValType::I64, ValType::I32].map(|ty| code.local(ty));
        assert_eq!(first, [5, 6, 7]);
        code.release_locals();
        let second = [ValType::I64, ValType::I32, ValType::F64].map(|ty| code.local(ty));
        assert_eq!(second, [6, 5, 8]);
        assert_eq!(code.local_count(), 9);
    }

    #[test]
    fn locals_of_one_type_in_a_row_are_one_group() {
        let mut code = Code::new(1, vec![(1, ValType::I32)]);
        for ty in [ValType::I32, ValType::I32, ValType::I64, ValType::I32] {
            code.local(ty);
        }
        code.sink().end();
        let groups = [
            (1, ValType::I32),
            (2, ValType::I32),
            (1, ValType::I64),
            (1, ValType::I32),
        ];
        let mut expected = Function::new(groups);
        expected.instructions().end();
        assert_eq!(code.finish().0, expected);
    }
}
