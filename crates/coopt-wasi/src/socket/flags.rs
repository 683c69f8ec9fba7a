//! How a program receives.

/// How a program receives: preview 1's `riflags`, and two of our own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiveFlags(pub u32);

impl ReceiveFlags {
    /// Reads, and nothing else.
    pub const NONE: Self = Self(0);
    const PEEK: u32 = 1;
    const WAIT_ALL: u32 = 2;
    const LENGTH: u32 = 4;
    const DONT_WAIT: u32 = 8;

    /// What is read stays.
    pub const fn peek(self) -> bool {
        self.0 & Self::PEEK != 0
    }

    /// Waits until the buffers are full.
    pub const fn wait_all(self) -> bool {
        self.0 & Self::WAIT_ALL != 0
    }

    /// The length of a datagram is told, though the buffers are shorter. It is ours, as `sock_recv_from` has no
    /// other way to say so.
    pub const fn length(self) -> bool {
        self.0 & Self::LENGTH != 0
    }

    /// Does not wait, as if the descriptor were non-blocking. It is ours.
    pub const fn dont_wait(self) -> bool {
        self.0 & Self::DONT_WAIT != 0
    }

    /// Whether there is such a combination.
    pub const fn is_known(self) -> bool {
        self.0 & !(Self::PEEK | Self::WAIT_ALL | Self::LENGTH | Self::DONT_WAIT) == 0
    }
}
