//! Where the next read or write begins.

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// So many bytes from the beginning.
    At(u64),
    /// The end, wherever that is: behind a write that has appended.
    End,
}

impl Offset {
    /// The place `len` bytes further on.
    pub fn after(self, len: u32) -> Self {
        match self {
            Self::At(offset) => Self::At(offset.saturating_add(len.into())),
            Self::End => Self::End,
        }
    }
}
