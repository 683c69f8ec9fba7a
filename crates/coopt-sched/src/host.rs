//! Host threads: the fibers that threads run on.

/// The host's index of a fiber. The scheduler only stores and compares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostThread(pub u32);
