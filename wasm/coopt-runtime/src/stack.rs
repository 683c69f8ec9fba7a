//! What is known of the stacks of threads. coopt-build has the program check its stack pointer.

use crate::program_memory;
use crate::runtime::with;

/// `coopt.stack_bounds`
#[unsafe(no_mangle)]
pub extern "C" fn stack_bounds(_low: u32, size: u32) {
    with(|runtime| runtime.scheduler.set_stack_size(size));
}

/// The lowest byte of the stack of a thread that begins with `start_arg`, or 0.
#[unsafe(no_mangle)]
pub extern "C" fn stack_find(start_arg: u32) -> u32 {
    let Some(stack) = find(start_arg) else {
        return 0;
    };
    stack_bounds(stack.low, stack.high - stack.low);
    stack.low
}

struct Stack {
    low: u32,
    high: u32,
}

/// Looks for the stack in the thread's `struct pthread`, as musl and wasi-libc have it in every
/// release with threads: five words that say where the thread's memory, its stack and its guard lie.
/// wasi-libc keeps the structure in thread-local storage. The words' relations, and the stack
/// pointer, tell them from other words.
fn find(start_arg: u32) -> Option<Stack> {
    /// How much thread-local storage is searched, in bytes.
    const SEARCHED_MAX: u32 = 16 << 10;
    /// How far below the end of its stack a thread may begin.
    const BEGUN_MAX: u32 = 1 << 10;
    /// The size of a stack may be that before the pointer was aligned.
    const ALIGN: u32 = 16;

    let size = program_memory::size();
    let word = |address| program_memory::load32_within(size, address);
    // What `wasi_thread_start` takes from its argument.
    let pointer = word(start_arg)?;
    let tls = word(start_arg.checked_add(4)?)?;
    for at in (tls..tls.checked_add(SEARCHED_MAX)?).step_by(4) {
        let map = word(at)?;
        let [map_size, stack, stack_size] = [word(at + 4)?, word(at + 8)?, word(at + 12)?];
        let low = stack
            .checked_sub(stack_size)
            .map(|low| match map.wrapping_sub(low) {
                1..ALIGN => map,
                _ => low,
            });
        let (Some(low), Some(map_end)) = (low, map.checked_add(map_size)) else {
            continue;
        };
        let is_close = stack.wrapping_sub(pointer) <= BEGUN_MAX;
        if map != 0 && is_close && map <= low && low < pointer && stack <= map_end {
            return Some(Stack { low, high: stack });
        }
    }
    None
}
