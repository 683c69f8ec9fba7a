//! One function body, re-encoded with its atomics lowered.

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{Encode, Function, InstructionSink, ValType};
use wasmparser::FunctionBody;

use super::atomics::{Access, Atomic, Int, Rmw};

/// The functions, in the index space of the result, that waits and
/// notifications call. Each takes the instruction's operands and then its
/// offset as an `i32`.
#[derive(Clone, Copy, Debug)]
pub struct WaitFunctions {
    pub wait32: u32,
    pub wait64: u32,
    pub notify: u32,
}

/// Locals that the lowering adds to a body that uses atomics.
#[derive(Clone, Copy)]
struct Temporaries {
    /// Index of the first: four `i32`s, then three `i64`s.
    base: u32,
}

impl Temporaries {
    const I32S: u32 = 4;
    const I64S: u32 = 3;

    fn address(self) -> u32 {
        self.base
    }
    fn old(self, int: Int) -> u32 {
        self.of(int, 0)
    }
    fn operand(self, int: Int) -> u32 {
        self.of(int, 1)
    }
    fn expected(self, int: Int) -> u32 {
        self.of(int, 2)
    }
    fn of(self, int: Int, which: u32) -> u32 {
        match int {
            Int::I32 => self.base + 1 + which,
            Int::I64 => self.base + Self::I32S + which,
        }
    }
}

/// Re-encodes `body`, whose function has `param_count` parameters.
///
/// # Errors
/// When the module uses what the re-encoder cannot express; validation has
/// ruled out everything else.
pub fn lower_body<R: Reencode>(
    reencoder: &mut R,
    wait: WaitFunctions,
    param_count: u32,
    body: &FunctionBody<'_>,
) -> Result<Function, reencode::Error<R::Error>> {
    let mut locals = Vec::new();
    let mut local_count = param_count;
    for group in body.get_locals_reader()? {
        let (count, ty) = group?;
        local_count = local_count.saturating_add(count);
        locals.push((count, reencoder.val_type(ty)?));
    }

    let temporaries = Temporaries { base: local_count };
    let mut code = Vec::with_capacity(body.range().len());
    let mut uses_temporaries = false;
    let mut ops = body.get_operators_reader()?;
    while !ops.eof() {
        let op = ops.read()?;
        match Atomic::of(&op) {
            None => reencoder.instruction(op)?.encode(&mut code),
            Some(atomic) => {
                uses_temporaries = true;
                lower_atomic(
                    &mut InstructionSink::new(&mut code),
                    atomic,
                    temporaries,
                    wait,
                );
            }
        }
    }

    if uses_temporaries {
        locals.push((Temporaries::I32S, ValType::I32));
        locals.push((Temporaries::I64S, ValType::I64));
    }
    let mut function = Function::new(locals);
    function.raw(code);
    Ok(function)
}

fn lower_atomic(
    sink: &mut InstructionSink<'_>,
    atomic: Atomic,
    temporaries: Temporaries,
    wait: WaitFunctions,
) {
    // A memory32 offset fits 32 bits (checked by validation).
    let offset = |memarg: wasmparser::MemArg| memarg.offset as u32 as i32;
    match atomic {
        Atomic::Fence => {}
        Atomic::Notify(memarg) => {
            sink.i32_const(offset(memarg)).call(wait.notify);
        }
        Atomic::Wait(Int::I32, memarg) => {
            sink.i32_const(offset(memarg)).call(wait.wait32);
        }
        Atomic::Wait(Int::I64, memarg) => {
            sink.i32_const(offset(memarg)).call(wait.wait64);
        }
        Atomic::Load(access) => {
            access.check_alignment(sink, temporaries.address());
            access.load(sink);
        }
        Atomic::Store(access) => lower_store(sink, access, temporaries),
        Atomic::Rmw(rmw, access) => lower_rmw(sink, rmw, access, temporaries),
        Atomic::Cmpxchg(access) => lower_cmpxchg(sink, access, temporaries),
    }
}

/// `[address, value] -> []`
fn lower_store(sink: &mut InstructionSink<'_>, access: Access, temporaries: Temporaries) {
    let value = temporaries.operand(access.int);
    sink.local_set(value);
    access.check_alignment(sink, temporaries.address());
    sink.local_get(value);
    access.store(sink);
}

/// `[address, operand] -> [old]`
fn lower_rmw(sink: &mut InstructionSink<'_>, rmw: Rmw, access: Access, temporaries: Temporaries) {
    let address = temporaries.address();
    let (old, operand) = (temporaries.old(access.int), temporaries.operand(access.int));
    sink.local_set(operand);
    access.check_alignment(sink, address);
    access.load(sink);
    sink.local_set(old).local_get(address);
    if rmw != Rmw::Xchg {
        sink.local_get(old);
    }
    sink.local_get(operand);
    rmw.apply(access.int, sink);
    access.store(sink);
    sink.local_get(old);
}

/// `[address, expected, replacement] -> [old]`
fn lower_cmpxchg(sink: &mut InstructionSink<'_>, access: Access, temporaries: Temporaries) {
    let address = temporaries.address();
    let old = temporaries.old(access.int);
    let replacement = temporaries.operand(access.int);
    let expected = temporaries.expected(access.int);
    sink.local_set(replacement);
    access.wrap(sink);
    sink.local_set(expected);
    access.check_alignment(sink, address);
    access.load(sink);
    sink.local_tee(old).local_get(expected);
    match access.int {
        Int::I32 => sink.i32_eq(),
        Int::I64 => sink.i64_eq(),
    };
    sink.if_(wasm_encoder::BlockType::Empty)
        .local_get(address)
        .local_get(replacement);
    access.store(sink);
    sink.end().local_get(old);
}
