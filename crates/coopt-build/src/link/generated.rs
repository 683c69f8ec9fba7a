//! The functions that coopt-build writes itself.
//!
//! Most are trampolines: the place where a guest's call may switch threads.
//! A trampoline asks the runtime for an action and, unless it is to
//! continue, hands it to [`Generated::Perform`], the only code that calls a
//! switching built-in (invariant I1) and the only code that saves and
//! restores the guest's globals (invariant I3).

use coopt_abi::action;
use coopt_abi::guest::WAIT_NOT_EQUAL;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Catch, Function, InstructionSink, MemArg, ValType};
use wasmparser::FuncType;
use wasmparser::ValType::{I32, I64};

use crate::Error;
use crate::guest::Guest;
use crate::lower::Int;
use crate::module::count;

use super::plan::Plan;

/// A generated function. The order is the order in the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Generated {
    /// The export `wasi:cli/run`.
    Run,
    /// What a host thread runs: one guest thread after the other.
    ThreadStart,
    /// Performs an action.
    Perform,
    /// `memory.atomic.wait32`, and its offset.
    Wait32,
    /// `memory.atomic.wait64`, and its offset.
    Wait64,
    /// `memory.atomic.notify`, and its offset.
    Notify,
    /// `coopt.futex_wait`
    FutexWait,
    /// `coopt.sleep_until`
    SleepUntil,
    /// `coopt.thread_yield`
    ThreadYield,
    /// `coopt.thread_exit`
    ThreadExit,
    /// preview1's `sched_yield`
    SchedYield,
    /// preview1's `poll_oneoff`
    PollOneoff,
}

/// A built-in that only generated functions call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    SuspendThenResume,
    ResumeLater,
    Yield,
    WaitableSetWait,
    WaitableSetPoll,
}

impl Builtin {
    /// The built-ins that a result needs.
    pub fn all(threads: bool) -> impl Iterator<Item = Self> {
        let all: &[Self] = if threads {
            &[
                Self::SuspendThenResume,
                Self::ResumeLater,
                Self::Yield,
                Self::WaitableSetWait,
                Self::WaitableSetPoll,
            ]
        } else {
            &[Self::Yield, Self::WaitableSetWait, Self::WaitableSetPoll]
        };
        all.iter().copied()
    }

    /// The import that wit-component turns into the canonical definition.
    pub fn import(self) -> (&'static str, &'static str) {
        let name = match self {
            Self::SuspendThenResume => "[thread-suspend-then-resume]",
            Self::ResumeLater => "[thread-resume-later]",
            Self::Yield => "[thread-yield]",
            Self::WaitableSetWait => "[waitable-set-wait]",
            Self::WaitableSetPoll => "[waitable-set-poll]",
        };
        ("$root", name)
    }

    /// Its core type.
    pub fn ty(self) -> FuncType {
        match self {
            Self::SuspendThenResume => FuncType::new([I32], [I32]),
            Self::ResumeLater => FuncType::new([I32], []),
            Self::Yield => FuncType::new([], [I32]),
            Self::WaitableSetWait | Self::WaitableSetPoll => FuncType::new([I32; 2], [I32]),
        }
    }
}

impl Generated {
    /// Its name in backtraces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "coopt.run",
            Self::ThreadStart => "coopt.thread_start",
            Self::Perform => "coopt.perform",
            Self::Wait32 => "coopt.atomic_wait32",
            Self::Wait64 => "coopt.atomic_wait64",
            Self::Notify => "coopt.atomic_notify",
            Self::FutexWait => "coopt.futex_wait",
            Self::SleepUntil => "coopt.sleep_until",
            Self::ThreadYield => "coopt.thread_yield",
            Self::ThreadExit => "coopt.thread_exit",
            Self::SchedYield => "coopt.sched_yield",
            Self::PollOneoff => "coopt.poll_oneoff",
        }
    }

    /// Its type; for the replacement of an import, the type the import must have.
    pub fn ty(self) -> FuncType {
        match self {
            Self::Run | Self::SchedYield => FuncType::new([], [I32]),
            Self::ThreadStart => FuncType::new([I32], []),
            Self::Perform => FuncType::new([I32], [I32]),
            Self::Wait32 => FuncType::new([I32, I32, I64, I32], [I32]),
            Self::Wait64 => FuncType::new([I32, I64, I64, I32], [I32]),
            Self::Notify => FuncType::new([I32; 3], [I32]),
            Self::FutexWait => FuncType::new([I32, I32, I64, I32, I32], [I32]),
            Self::SleepUntil => FuncType::new([I64], [I32]),
            Self::ThreadYield | Self::ThreadExit => FuncType::new([], []),
            Self::PollOneoff => FuncType::new([I32; 4], [I32]),
        }
    }

    /// Writes its body.
    pub fn body(self, guest: &Guest<'_>, plan: &Plan) -> Result<Function, Error> {
        let emitter = Emitter { guest, plan };
        Ok(match self {
            Self::Run => emitter.run(),
            Self::ThreadStart => emitter.thread_start()?,
            Self::Perform => emitter.perform()?,
            Self::Wait32 => emitter.atomic_wait(Int::I32),
            Self::Wait64 => emitter.atomic_wait(Int::I64),
            Self::Notify => emitter.notify(),
            Self::FutexWait => emitter.futex_wait(),
            Self::SleepUntil => emitter.sleep_until(),
            Self::ThreadYield => emitter.thread_yield(None),
            Self::SchedYield => emitter.thread_yield(Some(0)),
            Self::ThreadExit => emitter.thread_exit(),
            Self::PollOneoff => emitter.poll_oneoff(),
        })
    }
}

/// `pthread_exit` is a throw of this tag, caught where a thread starts. It is
/// not exported, so no code of the guest can catch it by name.
fn exit_tag(guest: &Guest<'_>) -> u32 {
    guest.module.tag_count
}

/// Memory 0 at the address on the stack, plus nothing.
fn word(align: u32) -> MemArg {
    MemArg {
        offset: 0,
        align,
        memory_index: 0,
    }
}

/// Writes the bodies.
struct Emitter<'e, 'g> {
    guest: &'e Guest<'g>,
    plan: &'e Plan,
}

impl Emitter<'_, '_> {
    fn runtime(&self, function: u32) -> u32 {
        self.plan.runtime_function(function)
    }

    /// Whether `thread_exit` was asked for, so that there is a tag to catch.
    fn exits(&self) -> bool {
        self.plan.generated.contains(&Generated::ThreadExit)
    }

    /// `[action] -> []`: performs it unless it is to continue.
    fn perform_unless_continue(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        sink.local_tee(action_local)
            .if_(BlockType::Empty)
            .local_get(action_local);
        sink.call(self.plan.generated(Generated::Perform))
            .drop()
            .end();
    }

    /// `[] -> []`: calls `callee` with operands pushed by `operands`; the
    /// tag that ends a thread leads to `on_exit`.
    fn call_catching_exit(
        &self,
        sink: &mut InstructionSink<'_>,
        callee: impl Fn(&mut InstructionSink<'_>),
        on_exit: impl Fn(&mut InstructionSink<'_>),
    ) {
        if !self.exits() {
            callee(sink);
            return;
        }
        let catch = Catch::One {
            tag: exit_tag(self.guest),
            label: 0,
        };
        sink.block(BlockType::Empty); // returned
        sink.block(BlockType::Empty); // exited
        sink.try_table(BlockType::Empty, [catch]);
        callee(sink);
        sink.end().br(1).end();
        on_exit(sink);
        sink.end();
    }

    /// `wasi:cli/run`: the main thread. When `_start` returns, the program is
    /// over, and the host ends the other threads; when `pthread_exit` ended
    /// it, the program lives until its last thread has ended.
    fn run(&self) -> Function {
        let mut function = Function::new([]);
        let mut sink = function.instructions();
        let start = self.plan.guest_function(self.guest.start);
        sink.call(self.runtime(self.plan.runtime_functions.program_start));
        let main_exit = self.runtime(self.plan.runtime_functions.main_exit);
        let perform = self.plan.generated(Generated::Perform);
        self.call_catching_exit(
            &mut sink,
            |sink| {
                sink.call(start);
            },
            |sink| {
                sink.call(main_exit).call(perform).drop();
            },
        );
        sink.i32_const(0).end(); // `ok`
        function
    }

    /// The start function of every host thread. A host thread outlives its
    /// guest thread: it is parked and given to the next thread that starts,
    /// because a fresh one costs a fresh stack.
    fn thread_start(&self) -> Result<Function, Error> {
        const ACTION: u32 = 1;
        let mut function = Function::new([(1, ValType::I32)]);
        let functions = &self.plan.runtime_functions;
        let thread_self = self.runtime(functions.thread_self);
        let begin = self.runtime(functions.thread_begin);
        let Some(guest_start) = self.guest.thread_start else {
            return Err(Error::internal(
                "a component with threads has no thread start",
            ));
        };
        let guest_start = self.plan.guest_function(guest_start);

        function.instructions().loop_(BlockType::Empty);
        self.reset_globals(&mut function)?;
        let mut sink = function.instructions();
        // `thread_begin` says what `thread_self` must answer from here on, so
        // it comes first, and its result goes through a local.
        sink.call(begin).local_set(0);
        self.call_catching_exit(
            &mut sink,
            |sink| {
                sink.call(thread_self).local_get(0).call(guest_start);
            },
            |_| {},
        );
        sink.call(self.runtime(functions.thread_end));
        sink.call(self.plan.generated(Generated::Perform))
            .local_tee(ACTION);
        // SWITCH: resumed as another thread, unless the action is to end.
        sink.i32_eqz().br_if(0).end();
        sink.local_get(ACTION)
            .i32_const(action::HOST_MASK.cast_signed())
            .i32_and();
        sink.call(self.plan.builtin(Builtin::ResumeLater)).end();
        Ok(function)
    }

    /// A new thread starts with the initial value of every global.
    fn reset_globals(&self, function: &mut Function) -> Result<(), Error> {
        for (index, global) in self.guest.thread_globals() {
            let mut ops = global.init.get_operators_reader();
            while !ops.is_end_then_eof() {
                let mut reencoder = super::reencode::GuestReencoder { plan: self.plan };
                let instruction = reencoder
                    .parse_instruction(&mut ops)
                    .map_err(super::reencode::error)?;
                function.instruction(&instruction);
            }
            function.instructions().global_set(index);
        }
        Ok(())
    }

    /// `(action) -> action`: performs actions until the calling host thread
    /// may go on (0) or must end (`END` and the host thread to resume).
    fn perform(&self) -> Result<Function, Error> {
        const ACTION: u32 = 0;
        let first_saved = 1;
        let mut saved = Vec::new();
        for (_, global) in self.guest.thread_globals() {
            let ty = RoundtripReencoder.val_type(global.ty.content_type);
            saved.push((1, ty.map_err(Error::internal)?));
        }
        let mut function = Function::new(saved);
        let mut sink = function.instructions();

        for (local, (global, _)) in (first_saved..).zip(self.guest.thread_globals()) {
            sink.global_get(global).local_set(local);
        }
        sink.block(BlockType::Empty).loop_(BlockType::Empty);
        if self.plan.threads {
            self.perform_switch(&mut sink, ACTION);
        }
        self.perform_host_turn(&mut sink, ACTION);
        sink.end().end();
        for (local, (global, _)) in (first_saved..).zip(self.guest.thread_globals()) {
            sink.local_get(local).global_set(global);
        }
        sink.local_get(ACTION).end();
        Ok(function)
    }

    /// Inside `block loop`: performs `SWITCH` and leaves the block.
    fn perform_switch(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        sink.local_get(action_local)
            .i32_const(action::HOST_BITS.cast_signed())
            .i32_shr_u();
        sink.i32_const((action::SWITCH >> action::HOST_BITS).cast_signed())
            .i32_eq();
        sink.if_(BlockType::Empty);
        sink.local_get(action_local)
            .i32_const(action::HOST_MASK.cast_signed())
            .i32_and();
        // SWITCH: other threads run; on return the scheduler has made this
        // host thread's guest thread current.
        sink.call(self.plan.builtin(Builtin::SuspendThenResume))
            .drop();
        sink.i32_const(0).local_set(action_local).br(2);
        sink.end();
    }

    /// Inside `block loop`: performs `IDLE` and `YIELD_TO_HOST` and asks the
    /// runtime again; leaves the block for every other action.
    fn perform_host_turn(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        let functions = &self.plan.runtime_functions;
        let window = action::EVENT_WINDOW.cast_signed();
        let is = |sink: &mut InstructionSink<'_>, kind: u32| {
            sink.local_get(action_local)
                .i32_const(kind.cast_signed())
                .i32_eq();
        };
        is(sink, action::IDLE);
        sink.if_(BlockType::Result(ValType::I32));
        sink.call(self.runtime(functions.event_window_open))
            .i32_const(window);
        // SWITCH: only the host runs until an event comes.
        sink.call(self.plan.builtin(Builtin::WaitableSetWait));
        sink.else_();
        is(sink, action::YIELD_TO_HOST);
        sink.i32_eqz().br_if(2);
        // SWITCH: only the host runs.
        sink.call(self.plan.builtin(Builtin::Yield)).drop();
        sink.call(self.runtime(functions.event_window_open))
            .i32_const(window);
        sink.call(self.plan.builtin(Builtin::WaitableSetPoll));
        sink.end();
        sink.call(self.runtime(functions.event_window_close))
            .local_tee(action_local);
        sink.br_if(0);
    }

    /// `[] -> []`: leaves `base + offset` in `ea`; traps where the
    /// instruction it stands for does.
    fn effective_address(
        sink: &mut InstructionSink<'_>,
        (base, offset, ea): (u32, u32, u32),
        align_log2: u32,
    ) {
        let mask = (1 << align_log2) - 1;
        sink.local_get(base)
            .local_get(offset)
            .i32_add()
            .local_tee(ea);
        sink.local_get(offset).i32_lt_u(); // carried out of 32 bits
        sink.local_get(ea).i32_const(mask).i32_and().i32_or();
        sink.if_(BlockType::Empty).unreachable().end();
    }

    /// `(addr, expected, timeout, offset) -> WAIT_*`: compares, then parks.
    fn atomic_wait(&self, int: Int) -> Function {
        let [addr, expected, timeout, offset, ea, action] = [0_u32, 1, 2, 3, 4, 5];
        let mut function = Function::new([(2, ValType::I32)]);
        let mut sink = function.instructions();
        let align = if int == Int::I32 { 2 } else { 3 };
        Self::effective_address(&mut sink, (addr, offset, ea), align);
        match int {
            Int::I32 => sink
                .local_get(ea)
                .i32_load(word(align))
                .local_get(expected)
                .i32_ne(),
            Int::I64 => sink
                .local_get(ea)
                .i64_load(word(align))
                .local_get(expected)
                .i64_ne(),
        };
        sink.if_(BlockType::Empty);
        sink.i32_const(WAIT_NOT_EQUAL.cast_signed()).return_().end();
        sink.local_get(ea).local_get(timeout);
        sink.call(self.runtime(self.plan.runtime_functions.atomic_wait));
        self.finish_wait(&mut sink, action);
        function
    }

    /// `[action] -> [WAIT_*]`, and the end of the function.
    fn finish_wait(&self, sink: &mut InstructionSink<'_>, action_local: u32) {
        self.perform_unless_continue(sink, action_local);
        sink.call(self.runtime(self.plan.runtime_functions.wait_outcome))
            .end();
    }

    /// `(addr, count, offset) -> woken`
    fn notify(&self) -> Function {
        let [addr, count, offset, ea] = [0_u32, 1, 2, 3];
        let mut function = Function::new([(1, ValType::I32)]);
        let mut sink = function.instructions();
        Self::effective_address(&mut sink, (addr, offset, ea), 2);
        sink.local_get(ea).i32_load(word(2)).drop(); // traps out of bounds
        sink.local_get(ea).local_get(count);
        sink.call(self.runtime(self.plan.runtime_functions.futex_wake))
            .end();
        function
    }

    /// `(addr, expected, deadline, kind, owner) -> WAIT_*`
    fn futex_wait(&self) -> Function {
        let [addr, expected, deadline, kind, owner, action] = [0_u32, 1, 2, 3, 4, 5];
        let mut function = Function::new([(1, ValType::I32)]);
        let mut sink = function.instructions();
        sink.local_get(addr)
            .i32_load(word(2))
            .local_get(expected)
            .i32_ne();
        sink.if_(BlockType::Empty);
        sink.i32_const(WAIT_NOT_EQUAL.cast_signed()).return_().end();
        sink.local_get(addr)
            .local_get(deadline)
            .local_get(kind)
            .local_get(owner);
        sink.call(self.runtime(self.plan.runtime_functions.futex_wait));
        self.finish_wait(&mut sink, action);
        function
    }

    /// `(deadline) -> WAIT_*`
    fn sleep_until(&self) -> Function {
        let [deadline, action] = [0_u32, 1];
        let mut function = Function::new([(1, ValType::I32)]);
        let mut sink = function.instructions();
        sink.local_get(deadline)
            .call(self.runtime(self.plan.runtime_functions.sleep_until));
        self.finish_wait(&mut sink, action);
        function
    }

    /// `() -> ()`, or an errno for the WASI call.
    fn thread_yield(&self, errno: Option<i32>) -> Function {
        const ACTION: u32 = 0;
        let mut function = Function::new([(1, ValType::I32)]);
        let mut sink = function.instructions();
        sink.call(self.runtime(self.plan.runtime_functions.thread_yield));
        self.perform_unless_continue(&mut sink, ACTION);
        if let Some(errno) = errno {
            sink.i32_const(errno);
        }
        sink.end();
        function
    }

    fn thread_exit(&self) -> Function {
        let mut function = Function::new([]);
        function.instructions().throw(exit_tag(self.guest)).end();
        function
    }

    /// `(in, out, count, count_out) -> errno`
    fn poll_oneoff(&self) -> Function {
        let [in_, out, count, count_out, action] = [0_u32, 1, 2, 3, 4];
        let functions = &self.plan.runtime_functions;
        let mut function = Function::new([(1, ValType::I32)]);
        let mut sink = function.instructions();
        sink.local_get(in_).local_get(out).local_get(count);
        sink.call(self.runtime(functions.poll_begin));
        self.perform_unless_continue(&mut sink, action);
        sink.local_get(in_)
            .local_get(out)
            .local_get(count)
            .local_get(count_out);
        sink.call(self.runtime(functions.poll_end)).end();
        function
    }
}

/// The tag section's size in a result that can end threads by a throw.
pub fn exit_tags(plan: &Plan) -> u32 {
    count(usize::from(plan.generated.contains(&Generated::ThreadExit)))
}
