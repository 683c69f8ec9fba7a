//! What all generated code asks for.

use coopt_abi::calls::RuntimeFunction;
use wasm_encoder::ValType;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};

use crate::error::Error;
use crate::generated::helper::Helper;
use crate::plan::Plan;
use crate::plan::needs::{AddedGlobal, BelongsTo};
use crate::program::Program;
use crate::reencode;
use crate::runtime::val_type;

/// Writes code for one result.
#[derive(Debug)]
pub struct Emitter<'e, 'g> {
    pub program: &'e Program<'g>,
    pub plan: &'e Plan,
    /// The globals that belong to the thread, and their types.
    thread_globals: Vec<(u32, ValType)>,
}

impl<'e, 'g> Emitter<'e, 'g> {
    /// For the merge of `program` that `plan` plans.
    pub fn new(program: &'e Program<'g>, plan: &'e Plan) -> Result<Self, Error> {
        let mut emitter = Self {
            program,
            plan,
            thread_globals: Vec::new(),
        };
        let own = program
            .thread_globals()
            .map(|(index, global)| (index, global.ty.content_type));
        let added = emitter.added_thread_globals();
        let added = added.map(|(index, global)| (index, val_type(global.ty)));
        let encode = |(index, ty)| Ok((index, RoundtripReencoder.val_type(ty)?));
        let globals = own.chain(added).map(encode).collect::<Result<_, _>>();
        emitter.thread_globals = globals.map_err(reencode::error)?;
        Ok(emitter)
    }

    /// Where a function of the runtime is in the result.
    pub fn runtime(&self, function: RuntimeFunction) -> u32 {
        let index = self.plan.runtime_functions.index(function);
        self.plan.runtime_function(index)
    }

    /// Where a generated function is in the result.
    pub fn helper(&self, helper: &Helper) -> u32 {
        self.plan.generated(helper.name)
    }

    /// The globals that belong to the thread: the program's own and added ones.
    pub fn thread_globals(&self) -> &[(u32, ValType)] {
        &self.thread_globals
    }

    /// The added globals that belong to the thread.
    pub fn added_thread_globals(&self) -> impl Iterator<Item = (u32, &'e AddedGlobal)> + use<'e> {
        let added = self.plan.added_globals();
        added.filter(|(_, global)| global.belongs_to == BelongsTo::Thread)
    }
}
