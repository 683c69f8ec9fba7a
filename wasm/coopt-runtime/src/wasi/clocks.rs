//! `wasi:clocks` and `wasi:random`

use coopt_wasi::{Clocks, Random};

use crate::host;
use crate::wasi::WasiHost;

mod monotonic {
    #[link(wasm_import_module = "wasi:clocks/monotonic-clock@0.3.0")]
    unsafe extern "C" {
        #[link_name = "get-resolution"]
        pub safe fn resolution() -> u64;
    }
}

mod system {
    #[link(wasm_import_module = "wasi:clocks/system-clock@0.3.0")]
    unsafe extern "C" {
        pub safe fn now(to: u32);
        #[link_name = "get-resolution"]
        pub safe fn resolution() -> u64;
    }
}

mod random {
    #[link(wasm_import_module = "wasi:random/random@0.3.0")]
    unsafe extern "C" {
        #[link_name = "get-random-bytes"]
        pub safe fn bytes(len: u64, to: u32);
    }
}

impl Clocks for WasiHost {
    fn monotonic_now(&self) -> u64 {
        host::now()
    }
    fn monotonic_resolution(&self) -> u64 {
        monotonic::resolution()
    }
    fn system_now(&self, to: u32) {
        system::now(to);
    }
    fn system_resolution(&self) -> u64 {
        system::resolution()
    }
}

impl Random for WasiHost {
    fn random_bytes(&self, len: u64, to: u32) {
        random::bytes(len, to);
    }
}
