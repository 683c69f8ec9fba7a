//! A body while it is rewritten.

use wasm_encoder::ValType;

use crate::generated::Code;

/// What has become of the body so far.
#[derive(Debug)]
pub struct Output<'b> {
    /// The bytes of the body, which start at `source_start` of the module.
    source: &'b [u8],
    source_start: usize,
    /// The position up to which the source has been copied or replaced.
    done: usize,
    /// Where the current instruction starts.
    current: usize,
    code: Code,
    is_changed: bool,
}

impl<'b> Output<'b> {
    /// For a body that starts at `source_start` of the module, whose first instruction is at
    /// `first`.
    pub(super) fn new(source: &'b [u8], source_start: usize, first: usize, code: Code) -> Self {
        Self {
            source,
            source_start,
            done: first,
            current: first,
            code,
            is_changed: false,
        }
    }

    /// Where to write: what is written stands before the current instruction, or in its place.
    pub fn code(&mut self) -> &mut Code {
        self.copy_until(self.current);
        self.is_changed = true;
        &mut self.code
    }

    /// Takes the operands of the current instruction, of these types, into locals.
    pub fn take_operands(&mut self, types: impl IntoIterator<Item = ValType>) -> Vec<u32> {
        let code = self.code();
        let locals: Vec<u32> = types.into_iter().map(|ty| code.local(ty)).collect();
        let mut sink = code.sink();
        for local in locals.iter().rev() {
            sink.local_set(*local);
        }
        locals
    }

    /// How many locals the body has, parameters and added ones included.
    pub fn local_count(&self) -> u32 {
        self.code.local_count()
    }

    /// The next instruction starts at `position`.
    pub(super) fn begin_instruction(&mut self, position: usize) {
        self.current = position;
        self.code.release_locals();
    }

    /// What was written takes the place of the current instruction, which ends at `end`.
    pub(super) fn replace_until(&mut self, end: usize) {
        self.copy_until(self.current);
        self.done = end;
        self.is_changed = true;
    }

    /// The new body; `None` when nothing has changed.
    pub(super) fn finish(mut self) -> Option<Code> {
        if !self.is_changed {
            return None;
        }
        self.copy_until(self.source_start.saturating_add(self.source.len()));
        Some(self.code)
    }

    fn copy_until(&mut self, position: usize) {
        let start = self.done.saturating_sub(self.source_start);
        let end = position.saturating_sub(self.source_start);
        if let Some(bytes) = self.source.get(start..end) {
            self.code.raw(bytes);
            self.done = position;
        }
    }
}
