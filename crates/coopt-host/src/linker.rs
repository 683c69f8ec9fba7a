//! What a program may import.

use wasmtime::component::Linker;
use wasmtime::{Engine, Result};
use wasmtime_wasi::clocks::{WasiClocks, WasiClocksView};
use wasmtime_wasi::{p2, p3};

use crate::clock::PreciseClock;
#[cfg(unix)]
use crate::files;
use crate::names;
#[cfg(unix)]
use crate::output;
use crate::state::State;

/// WASI 0.2 and 0.3 as Wasmtime has them, but for the monotonic clock
/// ([`crate::clock`]), what a program writes (`output`), lookups of names
/// ([`crate::names`]) and some functions for files (`files`), which are ours.
pub(crate) fn new(engine: &Engine) -> Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    add_wasi_0_2(&mut linker)?;
    add_wasi_0_3(&mut linker)?;
    Ok(linker)
}

fn add_wasi_0_2(linker: &mut Linker<State>) -> Result<()> {
    p2::add_to_linker_async(linker)?;
    // Wasmtime's WASI 0.2 brings a monotonic clock, whose place ours takes.
    linker.allow_shadowing(true);
    let added = p2::bindings::clocks::monotonic_clock::add_to_linker::<_, PreciseClock>(
        linker,
        State::clock,
    );
    linker.allow_shadowing(false);
    added
}

fn add_wasi_0_3(linker: &mut Linker<State>) -> Result<()> {
    use p3::bindings::clocks::{monotonic_clock, system_clock, types};

    p3::cli::add_to_linker(linker)?;
    p3::filesystem::add_to_linker(linker)?;
    #[cfg(unix)]
    {
        linker.allow_shadowing(true);
        output::shadow(linker)?;
        files::shadow(linker)?;
        linker.allow_shadowing(false);
    }
    p3::random::add_to_linker(linker)?;
    p3::sockets::add_to_linker(linker)?;
    linker.allow_shadowing(true);
    names::shadow(linker)?;
    linker.allow_shadowing(false);
    types::add_to_linker::<_, WasiClocks>(linker, State::clocks)?;
    system_clock::add_to_linker::<_, WasiClocks>(linker, State::clocks)?;
    monotonic_clock::add_to_linker::<_, PreciseClock>(linker, State::clock)
}
