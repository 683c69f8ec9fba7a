//! One function body, with its atomics lowered and its calls led to where the
//! functions now are.

use std::convert::Infallible;

use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{Function, InstructionSink, ValType};
use wasmparser::{FunctionBody, Operator};

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

/// What becomes of a call.
pub struct Callee<'c> {
    /// The function of the result to call.
    pub function: u32,
    /// Code that may take the place of the call.
    pub in_place: Option<&'c dyn InPlace>,
}

/// Code that takes the place of a call.
pub trait InPlace {
    /// How many operands it takes. They are its first locals, one each.
    fn params(&self) -> u32;
    /// The groups of its locals.
    fn locals(&self) -> &[(u32, ValType)];
    /// Writes it: `[] -> [results]`, with its locals from `base` on.
    fn emit(&self, sink: &mut InstructionSink<'_>, base: u32);
}

/// A body after lowering.
pub struct Lowered {
    pub function: Function,
    /// Its locals, parameters included, as engines count them.
    pub local_count: u32,
}

/// Locals that the lowering adds to a body, once an instruction asks for one.
struct Temporaries {
    /// Index of the first: four `i32`s, then three `i64`s.
    base: u32,
    used: bool,
}

impl Temporaries {
    const I32S: u32 = 4;
    const I64S: u32 = 3;
    const COUNT: u32 = Self::I32S + Self::I64S;

    fn address(&mut self) -> u32 {
        self.used = true;
        self.base
    }
    fn old(&mut self, int: Int) -> u32 {
        self.of(int, 0)
    }
    fn operand(&mut self, int: Int) -> u32 {
        self.of(int, 1)
    }
    fn expected(&mut self, int: Int) -> u32 {
        self.of(int, 2)
    }
    fn of(&mut self, int: Int, which: u32) -> u32 {
        self.used = true;
        match int {
            Int::I32 => self.base + 1 + which,
            Int::I64 => self.base + Self::I32S + which,
        }
    }
}

/// Locals for the code that takes the place of calls, once a body has such a
/// call. They come after the temporaries.
struct Places {
    /// Where the locals begin, by the function that was to be called.
    bases: Vec<(u32, u32)>,
    locals: Vec<(u32, ValType)>,
    /// The next local.
    next: u32,
    /// How many calls have been replaced.
    calls: u32,
}

impl Places {
    /// In one body so many calls are replaced at most, and as long as there are no more
    /// locals than this: so no input, however odd, becomes much larger by it.
    const CALLS_MAX: u32 = 16;
    const LOCALS_MAX: u32 = 256;

    /// Writes a call, or what takes its place.
    fn call(&mut self, sink: &mut InstructionSink<'_>, callee: &Callee<'_>) {
        match callee.in_place {
            Some(code) if self.has_room(code) => self.emit(sink, callee.function, code),
            _ => _ = sink.call(callee.function),
        }
    }

    fn has_room(&self, code: &dyn InPlace) -> bool {
        let more: u32 = code.locals().iter().map(|(count, _)| *count).sum();
        self.calls < Self::CALLS_MAX && self.next.saturating_add(more) <= Self::LOCALS_MAX
    }

    fn emit(&mut self, sink: &mut InstructionSink<'_>, function: u32, code: &dyn InPlace) {
        self.calls += 1;
        let base = self.base(function, code);
        for param in (0..code.params()).rev() {
            sink.local_set(base + param);
        }
        code.emit(sink, base);
    }

    fn base(&mut self, function: u32, code: &dyn InPlace) -> u32 {
        if let Some((_, base)) = self.bases.iter().find(|(other, _)| *other == function) {
            return *base;
        }
        let base = self.next;
        self.bases.push((function, base));
        for &(count, ty) in code.locals() {
            self.locals.push((count, ty));
            self.next = self.next.saturating_add(count);
        }
        base
    }
}

/// Lowers `body`, whose function has `param_count` parameters.
///
/// Between the instructions that change (atomics, and those that name a
/// function, whose index `function_index` gives, or `callee` for a call) the
/// code is copied as it is: nothing else of the guest is numbered anew.
///
/// # Errors
/// None for a module that has been validated.
pub fn lower_body<'c>(
    body: &FunctionBody<'_>,
    param_count: u32,
    wait: WaitFunctions,
    callee: impl Fn(u32) -> Callee<'c>,
    function_index: impl Fn(u32) -> u32,
) -> Result<Lowered, reencode::Error<Infallible>> {
    let mut locals = Vec::new();
    let mut local_count = param_count;
    for group in body.get_locals_reader()? {
        let (count, ty) = group?;
        local_count = local_count.saturating_add(count);
        locals.push((count, RoundtripReencoder.val_type(ty)?));
    }

    let (bytes, bytes_start) = (body.as_bytes(), body.range().start);
    let mut temporaries = Temporaries {
        base: local_count,
        used: false,
    };
    let mut places = Places {
        bases: Vec::new(),
        locals: Vec::new(),
        next: local_count.saturating_add(Temporaries::COUNT),
        calls: 0,
    };
    let mut code = Vec::with_capacity(bytes.len());
    let mut ops = body.get_operators_reader()?;
    let mut uncopied = ops.original_position();
    while !ops.eof() {
        let start = ops.original_position();
        let op = ops.read()?;
        let change = match op {
            Operator::Call { function_index } => Change::Call(function_index),
            Operator::ReturnCall { function_index } => Change::ReturnCall(function_index),
            Operator::RefFunc { function_index } => Change::RefFunc(function_index),
            ref op => match Atomic::of(op) {
                Some(atomic) => Change::Atomic(atomic),
                None => continue,
            },
        };
        code.extend_from_slice(&bytes[uncopied - bytes_start..start - bytes_start]);
        uncopied = ops.original_position();
        let mut sink = InstructionSink::new(&mut code);
        match change {
            Change::Call(function) => places.call(&mut sink, &callee(function)),
            Change::ReturnCall(function) => _ = sink.return_call(function_index(function)),
            Change::RefFunc(function) => _ = sink.ref_func(function_index(function)),
            Change::Atomic(atomic) => lower_atomic(&mut sink, atomic, &mut temporaries, wait),
        }
    }
    code.extend_from_slice(&bytes[uncopied - bytes_start..]);

    if temporaries.used || !places.locals.is_empty() {
        locals.push((Temporaries::I32S, ValType::I32));
        locals.push((Temporaries::I64S, ValType::I64));
        local_count = local_count.saturating_add(Temporaries::COUNT);
    }
    if !places.locals.is_empty() {
        locals.extend(places.locals);
        local_count = places.next;
    }
    let mut function = Function::new(locals);
    function.raw(code);
    Ok(Lowered {
        function,
        local_count,
    })
}

/// An instruction that does not stay as it is.
enum Change {
    Call(u32),
    ReturnCall(u32),
    RefFunc(u32),
    Atomic(Atomic),
}

fn lower_atomic(
    sink: &mut InstructionSink<'_>,
    atomic: Atomic,
    temporaries: &mut Temporaries,
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
        Atomic::Load(access) => lower_load(sink, access, temporaries),
        Atomic::Store(access) => lower_store(sink, access, temporaries),
        Atomic::Rmw(rmw, access) => lower_rmw(sink, rmw, access, temporaries),
        Atomic::Cmpxchg(access) => lower_cmpxchg(sink, access, temporaries),
    }
}

/// `[address] -> [value]`
fn lower_load(sink: &mut InstructionSink<'_>, access: Access, temporaries: &mut Temporaries) {
    if !access.is_byte() {
        access.check_alignment(sink, temporaries.address());
    }
    access.load(sink);
}

/// `[address, value] -> []`
fn lower_store(sink: &mut InstructionSink<'_>, access: Access, temporaries: &mut Temporaries) {
    if !access.is_byte() {
        let value = temporaries.operand(access.int);
        sink.local_set(value);
        access.check_alignment(sink, temporaries.address());
        sink.local_get(value);
    }
    access.store(sink);
}

/// `[address, operand] -> [old]`
fn lower_rmw(
    sink: &mut InstructionSink<'_>,
    rmw: Rmw,
    access: Access,
    temporaries: &mut Temporaries,
) {
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
fn lower_cmpxchg(sink: &mut InstructionSink<'_>, access: Access, temporaries: &mut Temporaries) {
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
