//! What a program has done wrong before it trapped, read from the record that the runtime keeps in
//! its memory.

use std::fmt;

use coopt_abi::fault::{FUNCTION_TYPE, Fault as Record, MAGIC, STACK};
use wasmtime::{AsContext, WasmCoreDump};

use crate::record;

const RECORD_SIZE: usize = size_of::<Record>();

/// What a program has done wrong before it trapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The stack of this size in bytes has overflowed. The size is 0 if it is not known.
    Stack {
        /// The size, in bytes.
        size: u32,
    },
    /// A function was called by a pointer of another type.
    FunctionType {
        /// The place of the function in the program's table.
        pointer: u32,
        /// The index of the wanted type in the program.
        wanted: u32,
    },
}

impl Fault {
    /// What the record in a dump says. `None` when nothing was wrong, or when the component does not
    /// contain our runtime.
    pub(crate) fn find(dump: &WasmCoreDump, store: impl AsContext) -> Option<Self> {
        record::find::<RECORD_SIZE, _>(dump, store, MAGIC, Self::parse)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (words, _) = bytes.as_chunks();
        let mut words = words.iter().map(|word| u32::from_le_bytes(*word));
        let [kind, first, second] = [words.next()?, words.next()?, words.next()?];
        match kind {
            STACK => Some(Self::Stack { size: first }),
            FUNCTION_TYPE => Some(Self::FunctionType {
                pointer: first,
                wanted: second,
            }),
            _ => None,
        }
    }

    /// What may help against the fault.
    pub(crate) const fn hint(self) -> Option<&'static str> {
        match self {
            Self::Stack { .. } => Some(
                "`pthread_attr_setstacksize`, or `stack_size` of Rust's `std::thread::Builder`, \
                 gives a thread more; for the main thread, link with `-Wl,-z,stack-size=BYTES`; a \
                 program that makes stacks itself tells of them by `coopt_stack_bounds`, or runs \
                 with `--stack-check=off`",
            ),
            Self::FunctionType { .. } => None,
        }
    }
}

/// The cause of the trap.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stack { size: 0 } => f.write_str("its stack has overflowed"),
            Self::Stack { size } => write!(f, "its stack of {size} bytes has overflowed"),
            Self::FunctionType { pointer: 0, .. } => {
                f.write_str("it called a function by a null pointer")
            }
            Self::FunctionType { .. } => {
                f.write_str("it called a function by a pointer of another type")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(words: [u32; 3]) -> Option<Fault> {
        let mut memory = MAGIC.to_vec();
        memory.extend(words.map(u32::to_le_bytes).as_flattened());
        memory.resize(RECORD_SIZE, 0);
        record::scan::<RECORD_SIZE, _>(&memory, MAGIC, Fault::parse)
    }

    #[test]
    fn only_a_fault_that_has_come_is_told() {
        assert_eq!(fault([0, 65536, 1]), None);
        assert_eq!(fault([3, 65536, 1]), None);
        assert_eq!(fault([1, 65536, 1]), Some(Fault::Stack { size: 65536 }));
        let (pointer, wanted) = (5, 6);
        let expected = Fault::FunctionType { pointer, wanted };
        assert_eq!(fault([2, pointer, wanted]), Some(expected));
    }
}
