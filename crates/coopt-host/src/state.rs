//! The data that the host's functions work on while a program runs.

use wasmtime::StoreLimits;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::clock::{Clock, ClockView};
#[cfg(target_os = "linux")]
use crate::metadata::Recent;
use crate::network::Network;

/// The data of the store of one run.
pub(crate) struct State {
    pub wasi: WasiCtx,
    pub table: ResourceTable,
    pub clock: Clock,
    pub network: Network,
    pub limits: StoreLimits,
    #[cfg(target_os = "linux")]
    pub recent: Recent,
}

impl State {
    /// The part of the data that the functions of our clock use.
    pub fn clock(&mut self) -> ClockView<'_> {
        ClockView {
            clock: &self.clock,
            table: &mut self.table,
        }
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}
