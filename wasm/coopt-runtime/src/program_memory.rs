//! The program's memory: the only way in and out (invariant I2).
//!
//! Each import is one instruction on memory 0 once coopt-build has merged the
//! modules. An address out of bounds traps, as it would have in the program.

use coopt_wasi::PAGE_SIZE;

mod import {
    #[link(wasm_import_module = "program")]
    unsafe extern "C" {
        pub safe fn load8(address: u32) -> u32;
        pub safe fn load32(address: u32) -> u32;
        pub safe fn load64(address: u32) -> u64;
        pub safe fn store32(address: u32, value: u32);
        pub safe fn store64(address: u32, value: u64);
        pub safe fn copy(to: u32, from: u32, len: u32);
        pub safe fn grow(pages: u32) -> u32;
        pub unsafe fn copy_in(to: *mut u8, from: u32, len: usize);
        pub unsafe fn copy_out(to: u32, from: *const u8, len: usize);
    }
}

pub use import::{copy, load8, load32, load64, store32, store64};

/// Adds so many pages to the program's memory; where they begin, or `None` when it cannot grow.
pub fn grow(pages: u32) -> Option<u32> {
    let before = import::grow(pages);
    (before != u32::MAX).then(|| before * PAGE_SIZE)
}

/// The size of the program's memory, in bytes.
pub fn size() -> u64 {
    u64::from(import::grow(0)) * u64::from(PAGE_SIZE)
}

/// The word at an address of a memory that has `size` bytes; `None` beyond its end.
pub fn load32_within(size: u64, address: u32) -> Option<u32> {
    let end = u64::from(address) + 4;
    (end <= size).then(|| load32(address))
}

/// Copies from the program's memory.
pub fn read(address: u32, bytes: &mut [u8]) {
    // SAFETY: the slice is valid for writes of its length, and the program's
    // memory is another memory, so the two cannot overlap.
    unsafe { import::copy_in(bytes.as_mut_ptr(), address, bytes.len()) }
}

/// Copies to the program's memory.
pub fn write(address: u32, bytes: &[u8]) {
    // SAFETY: the slice is valid for reads of its length, and the program's
    // memory is another memory, so the two cannot overlap.
    unsafe { import::copy_out(address, bytes.as_ptr(), bytes.len()) }
}
