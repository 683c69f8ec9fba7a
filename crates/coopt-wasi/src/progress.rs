//! What operations of the host have come to.

/// What an operation on a stream or a future has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes or items were copied.
    pub count: u32,
    /// Whether the other end is gone: nothing follows.
    pub ended: bool,
}

impl Progress {
    /// Nothing, and the other end is gone: what a payload that makes no sense is taken for.
    pub(crate) const NOTHING: Self = Self {
        count: 0,
        ended: true,
    };

    const STATE_BITS: u32 = 4;
    const DROPPED: u32 = 1;
    const BLOCKED: u32 = u32::MAX;

    /// Whether `bits` say that an operation has moved `count`, and that more may follow.
    pub(crate) fn is_all(bits: u32, count: u32) -> bool {
        let all = Self {
            count,
            ended: false,
        };
        Self::from_bits(bits) == Some(all)
    }

    /// Reads what `stream.read` and its like return, and the payload of their event (Component
    /// Model, Canonical ABI, "stream.{read,write}"). `None` while the operation is under way.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits == Self::BLOCKED {
            return None;
        }
        Some(Self {
            count: bits >> Self::STATE_BITS,
            ended: bits & ((1 << Self::STATE_BITS) - 1) == Self::DROPPED,
        })
    }
}

/// What an asynchronous function returns when it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// It has returned, and its result is stored.
    Returned,
    /// It goes on as this subtask.
    Subtask(u32),
}

impl Started {
    const STATE_BITS: u32 = 4;
    /// The state of a subtask that has returned, in a status and in an event's payload.
    pub(crate) const RETURNED: u32 = 2;

    /// Reads a status (Component Model, Canonical ABI, "canon lower").
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        if bits & ((1 << Self::STATE_BITS) - 1) == Self::RETURNED {
            Self::Returned
        } else {
            Self::Subtask(bits >> Self::STATE_BITS)
        }
    }
}
