//! Each atomic instruction, as data, and the plain instructions that do the
//! same where one thread runs at a time.
//!
//! Cooperative threads switch only where they call out, so a load, an
//! operation and a store in a row are as indivisible as the atomic they
//! replace, and cost no locked bus cycle. What must survive is the alignment
//! check: an atomic traps on an address that is not a multiple of its width,
//! and the plain instructions do not.

use wasm_encoder::{InstructionSink, MemArg};
use wasmparser::Operator;

/// The operand type of an atomic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Int {
    I32,
    I64,
}

/// What an atomic does between its load and its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rmw {
    Add,
    Sub,
    And,
    Or,
    Xor,
    Xchg,
}

/// An atomic instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Atomic {
    Fence,
    Notify(wasmparser::MemArg),
    Wait(Int, wasmparser::MemArg),
    Load(Access),
    Store(Access),
    Rmw(Rmw, Access),
    Cmpxchg(Access),
}

/// Where and how wide an atomic reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    pub int: Int,
    /// log2 of the bytes read or written.
    pub width_log2: u32,
    pub memarg: wasmparser::MemArg,
}

/// Which atomics a module uses, by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtomicUses {
    pub wait32: u32,
    pub wait64: u32,
    pub notify: u32,
    pub fence: u32,
    pub plain: u32,
}

impl AtomicUses {
    /// Counts `op` when it is an atomic.
    pub fn note(&mut self, op: &Operator<'_>) {
        let Some(atomic) = Atomic::of(op) else { return };
        let counter = match atomic {
            Atomic::Fence => &mut self.fence,
            Atomic::Notify(_) => &mut self.notify,
            Atomic::Wait(Int::I32, _) => &mut self.wait32,
            Atomic::Wait(Int::I64, _) => &mut self.wait64,
            _ => &mut self.plain,
        };
        *counter = counter.saturating_add(1);
    }
}

impl Atomic {
    /// The atomic that `op` is, if it is one.
    pub fn of(op: &Operator<'_>) -> Option<Self> {
        use Operator as O;
        let access = |int, width_log2, memarg: &_| Access {
            int,
            width_log2,
            memarg: *memarg,
        };
        Some(match op {
            O::AtomicFence => Self::Fence,
            O::MemoryAtomicNotify { memarg } => Self::Notify(*memarg),
            O::MemoryAtomicWait32 { memarg } => Self::Wait(Int::I32, *memarg),
            O::MemoryAtomicWait64 { memarg } => Self::Wait(Int::I64, *memarg),
            O::I32AtomicLoad8U { memarg } => Self::Load(access(Int::I32, 0, memarg)),
            O::I32AtomicLoad16U { memarg } => Self::Load(access(Int::I32, 1, memarg)),
            O::I32AtomicLoad { memarg } => Self::Load(access(Int::I32, 2, memarg)),
            O::I64AtomicLoad8U { memarg } => Self::Load(access(Int::I64, 0, memarg)),
            O::I64AtomicLoad16U { memarg } => Self::Load(access(Int::I64, 1, memarg)),
            O::I64AtomicLoad32U { memarg } => Self::Load(access(Int::I64, 2, memarg)),
            O::I64AtomicLoad { memarg } => Self::Load(access(Int::I64, 3, memarg)),
            O::I32AtomicStore8 { memarg } => Self::Store(access(Int::I32, 0, memarg)),
            O::I32AtomicStore16 { memarg } => Self::Store(access(Int::I32, 1, memarg)),
            O::I32AtomicStore { memarg } => Self::Store(access(Int::I32, 2, memarg)),
            O::I64AtomicStore8 { memarg } => Self::Store(access(Int::I64, 0, memarg)),
            O::I64AtomicStore16 { memarg } => Self::Store(access(Int::I64, 1, memarg)),
            O::I64AtomicStore32 { memarg } => Self::Store(access(Int::I64, 2, memarg)),
            O::I64AtomicStore { memarg } => Self::Store(access(Int::I64, 3, memarg)),
            O::I32AtomicRmw8CmpxchgU { memarg } => Self::Cmpxchg(access(Int::I32, 0, memarg)),
            O::I32AtomicRmw16CmpxchgU { memarg } => Self::Cmpxchg(access(Int::I32, 1, memarg)),
            O::I32AtomicRmwCmpxchg { memarg } => Self::Cmpxchg(access(Int::I32, 2, memarg)),
            O::I64AtomicRmw8CmpxchgU { memarg } => Self::Cmpxchg(access(Int::I64, 0, memarg)),
            O::I64AtomicRmw16CmpxchgU { memarg } => Self::Cmpxchg(access(Int::I64, 1, memarg)),
            O::I64AtomicRmw32CmpxchgU { memarg } => Self::Cmpxchg(access(Int::I64, 2, memarg)),
            O::I64AtomicRmwCmpxchg { memarg } => Self::Cmpxchg(access(Int::I64, 3, memarg)),
            _ => {
                let (rmw, access) = rmw(op)?;
                Self::Rmw(rmw, access)
            }
        })
    }
}

/// The read-modify-write instructions: six operations in seven widths.
fn rmw(op: &Operator<'_>) -> Option<(Rmw, Access)> {
    use Operator as O;
    macro_rules! table {
        ($($rmw:ident: $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident;)*) => {
            match op {
                $(
                    O::$a { memarg } => (Rmw::$rmw, Int::I32, 0, memarg),
                    O::$b { memarg } => (Rmw::$rmw, Int::I32, 1, memarg),
                    O::$c { memarg } => (Rmw::$rmw, Int::I32, 2, memarg),
                    O::$d { memarg } => (Rmw::$rmw, Int::I64, 0, memarg),
                    O::$e { memarg } => (Rmw::$rmw, Int::I64, 1, memarg),
                    O::$f { memarg } => (Rmw::$rmw, Int::I64, 2, memarg),
                    O::$g { memarg } => (Rmw::$rmw, Int::I64, 3, memarg),
                )*
                _ => return None,
            }
        };
    }
    #[rustfmt::skip]
    let (rmw, int, width_log2, memarg) = table! {
        Add: I32AtomicRmw8AddU I32AtomicRmw16AddU I32AtomicRmwAdd
             I64AtomicRmw8AddU I64AtomicRmw16AddU I64AtomicRmw32AddU I64AtomicRmwAdd;
        Sub: I32AtomicRmw8SubU I32AtomicRmw16SubU I32AtomicRmwSub
             I64AtomicRmw8SubU I64AtomicRmw16SubU I64AtomicRmw32SubU I64AtomicRmwSub;
        And: I32AtomicRmw8AndU I32AtomicRmw16AndU I32AtomicRmwAnd
             I64AtomicRmw8AndU I64AtomicRmw16AndU I64AtomicRmw32AndU I64AtomicRmwAnd;
        Or:  I32AtomicRmw8OrU I32AtomicRmw16OrU I32AtomicRmwOr
             I64AtomicRmw8OrU I64AtomicRmw16OrU I64AtomicRmw32OrU I64AtomicRmwOr;
        Xor: I32AtomicRmw8XorU I32AtomicRmw16XorU I32AtomicRmwXor
             I64AtomicRmw8XorU I64AtomicRmw16XorU I64AtomicRmw32XorU I64AtomicRmwXor;
        Xchg: I32AtomicRmw8XchgU I32AtomicRmw16XchgU I32AtomicRmwXchg
              I64AtomicRmw8XchgU I64AtomicRmw16XchgU I64AtomicRmw32XchgU I64AtomicRmwXchg;
    };
    Some((
        rmw,
        Access {
            int,
            width_log2,
            memarg: *memarg,
        },
    ))
}

impl Access {
    fn memarg(self) -> MemArg {
        MemArg {
            offset: self.memarg.offset,
            align: self.width_log2,
            memory_index: self.memarg.memory,
        }
    }

    /// The bits of an `i64` or `i32` that the access reads or writes.
    fn mask(self) -> i64 {
        match self.width_log2 {
            0 => 0xff,
            1 => 0xffff,
            2 => 0xffff_ffff,
            _ => -1,
        }
    }

    /// Whether the access is one byte wide: it cannot be misaligned.
    pub fn is_byte(self) -> bool {
        self.width_log2 == 0
    }

    /// Whether the access is narrower than its operand type.
    fn is_narrow(self) -> bool {
        self.width_log2 < if self.int == Int::I32 { 2 } else { 3 }
    }

    /// `[address] -> [value]`, zero-extended.
    pub fn load(self, sink: &mut InstructionSink<'_>) {
        let memarg = self.memarg();
        match (self.int, self.width_log2) {
            (Int::I32, 0) => sink.i32_load8_u(memarg),
            (Int::I32, 1) => sink.i32_load16_u(memarg),
            (Int::I32, _) => sink.i32_load(memarg),
            (Int::I64, 0) => sink.i64_load8_u(memarg),
            (Int::I64, 1) => sink.i64_load16_u(memarg),
            (Int::I64, 2) => sink.i64_load32_u(memarg),
            (Int::I64, _) => sink.i64_load(memarg),
        };
    }

    /// `[address, value] -> []`, the value's upper bits dropped.
    pub fn store(self, sink: &mut InstructionSink<'_>) {
        let memarg = self.memarg();
        match (self.int, self.width_log2) {
            (Int::I32, 0) => sink.i32_store8(memarg),
            (Int::I32, 1) => sink.i32_store16(memarg),
            (Int::I32, _) => sink.i32_store(memarg),
            (Int::I64, 0) => sink.i64_store8(memarg),
            (Int::I64, 1) => sink.i64_store16(memarg),
            (Int::I64, 2) => sink.i64_store32(memarg),
            (Int::I64, _) => sink.i64_store(memarg),
        };
    }

    /// `[address] -> [address]`, through the local `address`: traps unless
    /// address plus offset is a multiple of the width.
    pub fn check_alignment(self, sink: &mut InstructionSink<'_>, address: u32) {
        sink.local_tee(address);
        if self.is_byte() {
            return;
        }
        let mask = (1_i32 << self.width_log2) - 1;
        // Only the low bits count, so an offset that is itself aligned, as
        // nearly all are, cannot change the answer.
        let offset = (self.memarg.offset & 0xffff_ffff) as u32 as i32 & mask;
        if offset != 0 {
            sink.i32_const(offset).i32_add();
        }
        sink.i32_const(mask)
            .i32_and()
            .if_(wasm_encoder::BlockType::Empty)
            .unreachable()
            .end();
        sink.local_get(address);
    }

    /// `[expected] -> [expected]`, cut to the width of the access.
    pub fn wrap(self, sink: &mut InstructionSink<'_>) {
        if !self.is_narrow() {
            return;
        }
        match self.int {
            Int::I32 => sink.i32_const(self.mask() as i32).i32_and(),
            Int::I64 => sink.i64_const(self.mask()).i64_and(),
        };
    }
}

impl Rmw {
    /// `[old, operand] -> [new]`.
    pub fn apply(self, int: Int, sink: &mut InstructionSink<'_>) {
        match (self, int) {
            (Self::Add, Int::I32) => sink.i32_add(),
            (Self::Add, Int::I64) => sink.i64_add(),
            (Self::Sub, Int::I32) => sink.i32_sub(),
            (Self::Sub, Int::I64) => sink.i64_sub(),
            (Self::And, Int::I32) => sink.i32_and(),
            (Self::And, Int::I64) => sink.i64_and(),
            (Self::Or, Int::I32) => sink.i32_or(),
            (Self::Or, Int::I64) => sink.i64_or(),
            (Self::Xor, Int::I32) => sink.i32_xor(),
            (Self::Xor, Int::I64) => sink.i64_xor(),
            // The new value is the operand: `body` never loads `old` under it.
            (Self::Xchg, _) => sink,
        };
    }
}
