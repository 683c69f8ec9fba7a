//! The id of a thread, small enough to share a word with flags.

/// The id of a thread: never 0, at most [`ThreadId::MAX`].
///
/// The three upper bits of a word that holds an id stay free for flags, as
/// wasi-threads promises for the ids it gives out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct ThreadId(u32);

impl ThreadId {
    /// The largest id, and the mask of the bits of a word that hold one.
    pub const MAX: u32 = (1 << 29) - 1;

    /// The id with this number, which the platform vouches for.
    #[inline]
    #[must_use]
    pub const fn new(number: u32) -> Self {
        debug_assert!(number != 0, "0 means nobody");
        debug_assert!(number <= Self::MAX, "the upper bits belong to flags");
        Self(number)
    }

    /// The owner a word names in its id bits, if it names one.
    #[inline]
    #[must_use]
    pub const fn in_word(word: u32) -> Option<Self> {
        match word & Self::MAX {
            0 => None,
            number => Some(Self(number)),
        }
    }

    /// The number, as it stands in a word without flags.
    #[inline]
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}
