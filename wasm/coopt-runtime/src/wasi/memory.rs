//! The program's memory.

use coopt_wasi::Memory;

use crate::program_memory;
use crate::wasi::WasiHost;

impl Memory for WasiHost {
    fn load8(&self, address: u32) -> u8 {
        program_memory::load8(address) as u8
    }
    fn load32(&self, address: u32) -> u32 {
        program_memory::load32(address)
    }
    fn load64(&self, address: u32) -> u64 {
        program_memory::load64(address)
    }
    fn store32(&self, address: u32, value: u32) {
        program_memory::store32(address, value);
    }
    fn store64(&self, address: u32, value: u64) {
        program_memory::store64(address, value);
    }
    fn copy(&self, to: u32, from: u32, len: u32) {
        program_memory::copy(to, from, len);
    }
    fn read(&self, from: u32, bytes: &mut [u8]) {
        program_memory::read(from, bytes);
    }
    fn write(&self, to: u32, bytes: &[u8]) {
        program_memory::write(to, bytes);
    }
    fn grow(&self, pages: u32) -> Option<u32> {
        program_memory::grow(pages)
    }
}
