//! The memory of a thread: one block for all it has.
//!
//! ```text
//! start                                                       start + size
//! | guard | stack, growing down ...... | TLS | record (Thread)  |
//!         low                          top   tls
//! ```
//!
//! This library never writes the stack, so pages that a thread does not use
//! cost nothing. The stack's busy end, the thread-local storage and the record
//! share the top page or two.

use crate::attr::Attr;
use crate::errno::Errno;
use crate::record::{Block, Own, Thread};
use crate::{cache, libc};

/// How a stack is aligned (the C ABI of wasm).
const STACK_ALIGN: usize = 16;

const _: () = assert!(align_of::<Thread>() <= STACK_ALIGN);

/// Where the parts of a block lie.
struct Layout {
    record: *mut Thread,
    tls: *mut u8,
}

impl Block {
    /// A block of at least `size` bytes, from the cache if one fits.
    fn allocate(size: usize) -> Result<Self, Errno> {
        if let Some(block) = cache::take(size) {
            return Ok(block);
        }
        let start = libc::allocate(size).ok_or(Errno::AGAIN)?;
        debug_assert!(start.addr().is_multiple_of(libc::MALLOC_ALIGN));
        Ok(Self { start, size })
    }

    fn layout(self) -> Layout {
        let end = self.start.wrapping_add(self.size);
        let record = align_down(end.wrapping_sub(size_of::<Thread>()), STACK_ALIGN);
        let tls = align_down(record.wrapping_sub(libc::tls_size()), tls_align());
        debug_assert!(tls >= self.start, "the block holds all parts");
        Layout {
            record: record.cast(),
            tls,
        }
    }
}

/// Makes the record of a thread with a stack as `attr` asks for.
///
/// # Errors
///
/// `EAGAIN` when there is no memory, as POSIX has it for `pthread_create`.
pub fn build(attr: &Attr) -> Result<&'static mut Thread, Errno> {
    let block = Block::allocate(size_for(attr))?;
    let Layout { record, tls } = block.layout();
    // SAFETY: the block is ours, and `layout` put the storage inside it.
    unsafe { libc::tls_init(tls) };
    let (stack_low, stack_top, guard_size) = match attr.own_stack() {
        None => (tls.wrapping_sub(attr.stack_size()), tls, attr.guard_size()),
        Some(low) => (
            low,
            align_down(low.wrapping_add(attr.stack_size()), STACK_ALIGN),
            0,
        ),
    };
    // SAFETY: the block is ours, and `layout` put the record inside it.
    unsafe { record.write(Thread::new(Own::new(block, stack_top, tls))) };
    // SAFETY: the record was just written, and lives until `cache::free`.
    let thread = unsafe { &mut *record };
    thread.own.stack_low = stack_low;
    thread.own.guard_size = guard_size;
    Ok(thread)
}

/// The size of a block for `attr`, in bytes. The bounds of `Attr` keep it in
/// range.
fn size_for(attr: &Attr) -> usize {
    let own = match attr.own_stack() {
        None => attr.stack_size() + attr.guard_size(),
        Some(_) => 0,
    };
    // Each part may have to be moved down to its alignment.
    own + libc::tls_size() + tls_align() + size_of::<Thread>() + 2 * STACK_ALIGN
}

fn tls_align() -> usize {
    libc::tls_align().max(STACK_ALIGN)
}

fn align_down(address: *mut u8, align: usize) -> *mut u8 {
    debug_assert!(align.is_power_of_two());
    address.map_addr(|address| address & !(align - 1))
}
