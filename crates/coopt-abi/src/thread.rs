//! Thread ids as the guest sees them.

/// The id of the thread that runs `_start`.
pub const MAIN: u32 = 1;

/// The largest id a spawned thread may have: wasi-threads keeps the upper
/// bits free for lock words.
pub const ID_MAX: u32 = (1 << 29) - 1;

/// Bits of a futex word that may hold an owner's id (see [`crate::guest::OWNER_IN_WORD`]).
pub const ID_MASK: u32 = ID_MAX;

/// How many threads may live at once unless the builder is told otherwise.
/// Wasmtime maps two regions for each fiber stack and fails hard near 32 k
/// of them, so the cap stays well below that.
pub const LIVE_DEFAULT: u32 = 16_384;

/// The largest cap on live threads that can be asked for.
pub const LIVE_MAX: u32 = 30_000;

/// The highest scheduling priority. The lowest is 0, which is also what every
/// thread starts with.
pub const PRIORITY_MAX: u32 = 99;

/// The longest thread name kept, in bytes, without a terminator.
/// Linux keeps 15 as well, so `pthread_setname_np` has the limit programs expect.
pub const NAME_LEN_MAX: usize = 15;
