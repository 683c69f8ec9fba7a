//! What a call becomes, by the way its row in the table of calls says it is carried out.

use coopt_abi::calls::{ADDR, AGAIN, Call, EXPECTED, RuntimeFunction, Way, runtime};
use coopt_abi::wait::Outcome;
use wasm_encoder::{BlockType, InstructionSink, MemArg, ValType};

use crate::generated::code::Code;
use crate::generated::emitter::Emitter;
use crate::generated::switch::PERFORM;
use crate::module::count;

/// A word of the program's memory at the address on the stack. The alignment is a hint only: a
/// plain load does not trap on another address.
const WORD: MemArg = MemArg {
    offset: 0,
    align: 2,
    memory_index: 0,
};

impl Emitter<'_, '_> {
    /// The trampoline as a function.
    pub(super) fn trampoline(&self, code: &mut Code, call: &Call) {
        let params: Vec<u32> = (0..count(call.params.len())).collect();
        self.carry_out(code, call, &params);
        code.sink().end();
    }

    /// `[] -> [the result]`: carries out a call whose operands are in the locals `params`.
    pub fn carry_out(&self, code: &mut Code, call: &Call, params: &[u32]) {
        match call.way {
            Way::Direct(function) => self.ask(&mut code.sink(), function, params),
            Way::GivesWay(function) => {
                let locals = self.switch_locals(code);
                let mut sink = code.sink();
                self.ask(&mut sink, function, params);
                self.perform_unless_continue(&mut sink, &locals);
                if call.result.is_some() {
                    sink.i32_const(0);
                }
            }
            Way::Waits(function) => {
                let locals = self.switch_locals(code);
                let mut sink = code.sink();
                self.ask(&mut sink, function, params);
                self.finish_wait(&mut sink, &locals);
            }
            Way::Compares(function) => self.compare_and_wait(code, call, function, params),
            Way::Begins(function) => self.begin_and_end(code, function, params),
            Way::Throws => self.throw_exit(&mut code.sink()),
        }
    }

    /// Calls a function of the runtime.
    fn ask(&self, sink: &mut InstructionSink<'_>, function: RuntimeFunction, params: &[u32]) {
        for param in params {
            sink.local_get(*param);
        }
        sink.call(self.runtime(function));
    }

    /// `[] -> [outcome]`: parks the thread if the word is as expected.
    fn compare_and_wait(
        &self,
        code: &mut Code,
        call: &Call,
        function: RuntimeFunction,
        params: &[u32],
    ) {
        let locals = self.switch_locals(code);
        let of = |name: &'static str| {
            let named = call.params.iter().zip(params);
            let mut named = named.filter(move |(param, _)| param.name == name);
            named.next().map(|(_, local)| *local)
        };
        let (Some(address), Some(expected)) = (of(ADDR), of(EXPECTED)) else {
            unreachable!("a test of coopt-abi finds both in each such row")
        };
        let asked: Vec<u32> = params
            .iter()
            .copied()
            .filter(|param| *param != expected)
            .collect();
        let mut sink = code.sink();
        sink.block(BlockType::Result(ValType::I32));
        sink.i32_const(Outcome::NotEqual.to_bits().cast_signed());
        sink.local_get(address)
            .i32_load(WORD)
            .local_get(expected)
            .i32_ne();
        sink.br_if(0).drop();
        self.ask(&mut sink, function, &asked);
        self.finish_wait(&mut sink, &locals);
        sink.end();
    }

    /// `[] -> [the result]`: begins the call, performs the action, and ends the call; while the end
    /// says [`AGAIN`], waits and ends again. The code is small, as many calls are such: a switch
    /// here costs less than what the host does.
    fn begin_and_end(&self, code: &mut Code, begin: RuntimeFunction, params: &[u32]) {
        let local = code.local(ValType::I32);
        let perform = self.helper(&PERFORM);
        let mut sink = code.sink();
        self.ask(&mut sink, begin, params);
        sink.local_tee(local).if_(BlockType::Empty);
        sink.local_get(local).call(perform).drop().end();
        sink.loop_(BlockType::Result(ValType::I32));
        sink.call(self.runtime(runtime::CALL_END)).local_tee(local);
        sink.i32_const(AGAIN).i32_eq().if_(BlockType::Empty);
        sink.call(self.runtime(runtime::CALL_WAIT));
        sink.call(perform).drop().br(1).end();
        sink.local_get(local).end();
    }

    fn throw_exit(&self, sink: &mut InstructionSink<'_>) {
        match self.plan.exit_tag() {
            Some(tag) => sink.throw(tag),
            None => unreachable!("a program with such a call has the tag"),
        };
    }
}
