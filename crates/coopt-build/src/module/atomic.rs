//! Each atomic instruction, as data.

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

impl Access {
    /// Whether the access is one byte wide: it cannot be misaligned.
    pub fn is_byte(self) -> bool {
        self.width_log2 == 0
    }

    /// Whether the access is narrower than its operand type.
    pub fn is_narrow(self) -> bool {
        self.width_log2 < if self.int == Int::I32 { 2 } else { 3 }
    }
}

/// How many atomics a module has, by what becomes of them.
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
