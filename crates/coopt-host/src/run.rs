//! One run of a program, from its instantiation to its end.

use std::sync::Arc;

use wasmtime::component::{Component, ComponentExportIndex, InstancePre, ResourceTable};
use wasmtime::{Store, Trap as WasmTrap, WasmCoreDump};
use wasmtime_wasi::I32Exit;

use crate::clock::Clock;
use crate::error::Error;
use crate::executor;
use crate::exit::{Ended, Exit};
use crate::host::Host;
#[cfg(target_os = "linux")]
use crate::metadata::Recent;
use crate::outside;
use crate::program::Program;
use crate::state::State;
use crate::timers::Timers;
use crate::trap::Trap;

/// The names of the exports that start a program, without the last part of
/// their versions. The first that a component has is used.
const RUN: [&str; 2] = ["wasi:cli/run@0.3.", "wasi:cli/run@0.2."];

impl Host {
    /// Runs `component` on the calling thread until it ends.
    ///
    /// # Errors
    ///
    /// When the program could not be started. What goes wrong after that is an
    /// [`Exit`].
    pub fn run(&self, component: &Component, program: &Program) -> Result<Ended, Error> {
        let run = find_run(self, component)?;
        let pre = self
            .linker
            .instantiate_pre(component)
            .map_err(Error::link)?;
        let timers = Arc::new(Timers::default());
        let clock = Clock::new(Arc::clone(&timers));
        let wasi = program.wasi(clock.clone())?;
        let mut store = Store::new(
            &self.engine,
            State {
                wasi,
                table: ResourceTable::new(),
                clock,
                network: program.network.clone(),
                limits: self.limits(),
                #[cfg(target_os = "linux")]
                recent: Recent::default(),
            },
        );

        store.limiter(|state| &mut state.limits);

        // Wasmtime's WASI needs Tokio for sockets and standard input, which a
        // thread of Tokio watches. The program runs on the calling thread.
        let tokio = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|error| Error::Engine(error.to_string()))?;
        let ended = {
            let _context = tokio.enter();
            executor::block_on(&timers, call(&pre, &run, &mut store))
        };
        // Tokio may be blocked in a read of standard input, so it is not
        // waited for.
        tokio.shutdown_background();
        Ok(match ended {
            Ok(Ok(())) => Exit::Code(0).into(),
            Ok(Err(())) => Exit::Code(1).into(),
            Err(error) => tell(&error, &store),
        })
    }
}

/// The function that starts the program.
fn find_run(host: &Host, component: &Component) -> Result<ComponentExportIndex, Error> {
    let ty = component.component_type();
    let exports: Vec<String> = ty
        .exports(&host.engine)
        .map(|(name, _)| name.to_owned())
        .collect();
    let found = RUN
        .iter()
        .find_map(|prefix| exports.iter().find(|name| name.starts_with(prefix)));
    let function = found.and_then(|name| {
        let interface = component.get_export_index(None, name)?;
        component.get_export_index(Some(&interface), "run")
    });
    function.ok_or(Error::NoRun { exports })
}

/// Instantiates the program and calls `run`, by `call_async`. That call traps
/// when nothing in the component can go on (H4); `run_concurrent` would wait for
/// ever.
async fn call(
    pre: &InstancePre<State>,
    run: &ComponentExportIndex,
    store: &mut Store<State>,
) -> wasmtime::Result<Result<(), ()>> {
    let instance = pre.instantiate_async(&mut *store).await?;
    let run = instance.get_typed_func::<(), (Result<(), ()>,)>(&mut *store, run)?;
    let (result,) = run.call_async(store, ()).await?;
    Ok(result)
}

/// What is known of a program whose call returned `error`. All programs of ours that
/// fail end so.
fn tell(error: &wasmtime::Error, store: &Store<State>) -> Ended {
    let exit = classify(error, store);
    let dump = error.downcast_ref::<WasmCoreDump>();
    let outside = dump
        .filter(|_| exit.status() != 0)
        .and_then(|dump| outside::find(dump, store));
    Ended { exit, outside }
}

/// How a program ended whose call returned `error`.
fn classify(error: &wasmtime::Error, store: &Store<State>) -> Exit {
    if let Some(&I32Exit(code)) = error.downcast_ref() {
        // A process reports the low eight bits of what it exits with.
        return Exit::Code(code.to_le_bytes()[0]);
    }
    match error.downcast_ref::<WasmTrap>() {
        Some(WasmTrap::AsyncDeadlock) => Exit::Deadlock,
        _ => Exit::Trap(Box::new(Trap::new(error, store))),
    }
}
