//! Why a thread waits, as the scheduler keeps it.
//!
//! The kind and the owner change nothing but reports: the scheduler parks a thread
//! in a mutex and one in a barrier alike. The address of a futex wait also says
//! which queue the thread is in, and `interruptible` whether an interruption may end
//! the wait.

use coopt_abi::thread::ThreadId;
use coopt_abi::wait::{Owner, Reason, WaitKind};

/// What a parked thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitReason {
    /// What kind of object.
    pub kind: WaitKind,
    /// The futex word, or 0 for a wait that has none.
    pub address: u32,
    /// Who could end the wait.
    pub owner: Owner,
    /// Whether [`Scheduler::wake_thread`](crate::Scheduler::wake_thread) may end the
    /// wait: its caller expects that outcome.
    pub interruptible: bool,
    /// [`Scheduler::switches`](crate::Scheduler::switches) when the wait began.
    /// The scheduler sets it.
    pub since: u64,
}

impl WaitReason {
    /// A reason for a wait that has yet to begin, and that can be interrupted.
    #[must_use]
    pub const fn new(kind: WaitKind, address: u32, owner: Owner) -> Self {
        Self {
            kind,
            address,
            owner,
            interruptible: true,
            since: 0,
        }
    }

    /// This reason, for a wait that only a wake-up and its deadline end.
    #[must_use]
    pub const fn uninterruptible(self) -> Self {
        Self {
            interruptible: false,
            ..self
        }
    }

    /// The reason that the arguments of the program's `futex_wait` describe. Any
    /// numbers describe one.
    #[inline]
    #[must_use]
    pub const fn from_arguments(address: u32, kind: u32, owner: u32) -> Self {
        let Reason { kind, owner } = Reason::from_arguments(kind, owner);
        Self::new(kind, address, owner)
    }

    /// The thread that owns what is waited for, given a way to read a word of the
    /// program's memory. The thread need not be alive.
    #[must_use]
    pub fn owner_id(&self, read_word: impl FnOnce(u32) -> u32) -> Option<ThreadId> {
        match self.owner {
            Owner::Nobody => None,
            Owner::Thread(id) => Some(id),
            Owner::InWord => ThreadId::in_word(read_word(self.address)),
        }
    }
}
