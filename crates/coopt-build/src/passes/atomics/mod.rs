//! Makes the atomic instructions plain, and leads waits and notifications to the scheduler.
//!
//! Cooperative threads switch only where they call out, so a load, an
//! operation and a store in a row are as indivisible as the atomic they
//! replace, and cost no locked bus cycle. What must survive is the alignment
//! check: an atomic traps on an address that is not a multiple of its width,
//! and the plain instructions do not.

mod plain;
mod waits;

use coopt_abi::calls::{RuntimeFunction, runtime};
use wasm_encoder::{BlockType, ValType};
use wasmparser::Operator;

use crate::generated::{Emitter, Helper};
use crate::module::atomic::{Access, Atomic, Int, Rmw};
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass};
use plain::{apply, check_alignment, load, store, wrap};
use waits::{NOTIFY, WAIT32, WAIT64};

/// The pass.
#[derive(Debug)]
pub struct Atomics;

impl Pass for Atomics {
    fn runtime(&self, program: &Program<'_>) -> Vec<RuntimeFunction> {
        let uses = program.module.atomics;
        let waits = uses.wait32 > 0 || uses.wait64 > 0;
        waits.then_some(runtime::ATOMIC_WAIT).into_iter().collect()
    }

    fn helpers(&self, program: &Program<'_>) -> Vec<&'static Helper> {
        let uses = program.module.atomics;
        let helpers = [
            (uses.wait32, &WAIT32),
            (uses.wait64, &WAIT64),
            (uses.notify, &NOTIFY),
        ];
        let used = helpers.into_iter().filter(|(uses, _)| *uses > 0);
        used.map(|(_, helper)| helper).collect()
    }

    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        match Atomic::of(op) {
            None => return Answer::Keep,
            Some(Atomic::Fence) => {}
            Some(Atomic::Notify(memarg)) => call(output, emitter, &NOTIFY, memarg),
            Some(Atomic::Wait(Int::I32, memarg)) => call(output, emitter, &WAIT32, memarg),
            Some(Atomic::Wait(Int::I64, memarg)) => call(output, emitter, &WAIT64, memarg),
            Some(Atomic::Load(access)) => plain_load(output, access),
            Some(Atomic::Store(access)) => plain_store(output, access),
            Some(Atomic::Rmw(rmw, access)) => plain_rmw(output, rmw, access),
            Some(Atomic::Cmpxchg(access)) => plain_cmpxchg(output, access),
        }
        Answer::Replaced
    }
}

fn val_type(int: Int) -> ValType {
    match int {
        Int::I32 => ValType::I32,
        Int::I64 => ValType::I64,
    }
}

/// `[operands] -> [result]`: the helper takes the offset behind the operands.
fn call(
    output: &mut Output<'_>,
    emitter: &Emitter<'_, '_>,
    helper: &Helper,
    memarg: wasmparser::MemArg,
) {
    // A memory32 offset fits 32 bits (checked by validation).
    let offset = memarg.offset as u32 as i32;
    let helper = emitter.helper(helper);
    output.code().sink().i32_const(offset).call(helper);
}

/// `[address] -> [value]`
fn plain_load(output: &mut Output<'_>, access: Access) {
    let code = output.code();
    if !access.is_byte() {
        let address = code.local(ValType::I32);
        check_alignment(access, &mut code.sink(), address);
    }
    load(access, &mut code.sink());
}

/// `[address, value] -> []`
fn plain_store(output: &mut Output<'_>, access: Access) {
    let code = output.code();
    if !access.is_byte() {
        let address = code.local(ValType::I32);
        let value = code.local(val_type(access.int));
        let mut sink = code.sink();
        sink.local_set(value);
        check_alignment(access, &mut sink, address);
        sink.local_get(value);
    }
    store(access, &mut code.sink());
}

/// `[address, operand] -> [old]`
fn plain_rmw(output: &mut Output<'_>, rmw: Rmw, access: Access) {
    let code = output.code();
    let address = code.local(ValType::I32);
    let [old, operand] = [access.int; 2].map(|int| code.local(val_type(int)));
    let mut sink = code.sink();
    sink.local_set(operand);
    check_alignment(access, &mut sink, address);
    load(access, &mut sink);
    sink.local_set(old).local_get(address);
    if rmw != Rmw::Xchg {
        sink.local_get(old);
    }
    sink.local_get(operand);
    apply(rmw, access.int, &mut sink);
    store(access, &mut sink);
    sink.local_get(old);
}

/// `[address, expected, replacement] -> [old]`
fn plain_cmpxchg(output: &mut Output<'_>, access: Access) {
    let code = output.code();
    let address = code.local(ValType::I32);
    let [old, replacement, expected] = [access.int; 3].map(|int| code.local(val_type(int)));
    let mut sink = code.sink();
    sink.local_set(replacement);
    wrap(access, &mut sink);
    sink.local_set(expected);
    check_alignment(access, &mut sink, address);
    load(access, &mut sink);
    sink.local_tee(old).local_get(expected);
    match access.int {
        Int::I32 => sink.i32_eq(),
        Int::I64 => sink.i64_eq(),
    };
    sink.if_(BlockType::Empty)
        .local_get(address)
        .local_get(replacement);
    store(access, &mut sink);
    sink.end().local_get(old);
}
