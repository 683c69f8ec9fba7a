//! Why a thread waits, and how its wait ended.
//!
//! The kind and the owner change nothing but reports: the scheduler parks a thread in
//! a mutex and one in a barrier alike. The address of a futex wait also says which
//! queue the thread is in, and `interruptible` who may end the wait.

use coopt_abi::guest::{OWNER_IN_WORD, WAIT_INTERRUPTED, WAIT_TIMED_OUT, WAIT_WOKEN, WaitKind};

use crate::ids::ThreadId;

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
    /// wait: whoever waits knows that outcome.
    pub interruptible: bool,
    /// [`Scheduler::switches`](crate::Scheduler::switches) when the wait began.
    /// The scheduler sets it.
    pub since: u64,
}

/// Who owns what a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody in particular.
    Nobody,
    /// This thread.
    Thread(ThreadId),
    /// The futex word names the owner, at any time (see
    /// [`ThreadId::from_word`]).
    InWord,
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

    /// The same reason, for a wait that nothing but a wake-up and its deadline end.
    #[must_use]
    pub const fn uninterruptible(self) -> Self {
        Self {
            interruptible: false,
            ..self
        }
    }

    /// The reason that the `kind` and `owner` arguments of the guest's
    /// `futex_wait` describe (see [`coopt_abi::guest`]). Any numbers will do.
    #[must_use]
    pub const fn from_guest(address: u32, kind: u32, owner: u32) -> Self {
        let owner = match ThreadId::new(owner) {
            _ if kind & OWNER_IN_WORD != 0 => Owner::InWord,
            Some(id) => Owner::Thread(id),
            None => Owner::Nobody,
        };
        Self::new(WaitKind::from_bits(kind), address, owner)
    }

    /// The thread that owns what is waited for, given a way to read a word of the
    /// guest's memory. The thread need not be alive.
    #[must_use]
    pub fn owner_id(&self, read_word: impl FnOnce(u32) -> u32) -> Option<ThreadId> {
        match self.owner {
            Owner::Nobody => None,
            Owner::Thread(id) => Some(id),
            Owner::InWord => ThreadId::from_word(read_word(self.address)),
        }
    }
}

/// How a wait ended. The numbers are those the guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// Another thread, or the host operation waited for, ended it.
    Woken = WAIT_WOKEN as u8,
    /// The deadline passed first.
    TimedOut = WAIT_TIMED_OUT as u8,
    /// [`Scheduler::wake_thread`](crate::Scheduler::wake_thread) ended it.
    Interrupted = WAIT_INTERRUPTED as u8,
}

impl Outcome {
    /// The number of the outcome, as `futex_wait` returns it to the guest.
    #[must_use]
    pub const fn to_guest(self) -> u32 {
        self as u32
    }
}
