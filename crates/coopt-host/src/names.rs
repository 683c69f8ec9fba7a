//! The addresses behind a name: `wasi:sockets/ip-name-lookup` 0.3, where ours takes the place of
//! Wasmtime's.
//!
//! Wasmtime's looks up every name or none. Ours knows the machine's own name without asking
//! anybody, and says `access-denied` of those that the program may not ask for
//! ([`crate::network`]).

use std::future::{Future, ready};
use std::pin::Pin;

use wasmtime::Result;
use wasmtime::component::{Accessor, Linker};
use wasmtime_wasi::p3::bindings::sockets::ip_name_lookup::{ErrorCode, HostWithStore as _};
use wasmtime_wasi::p3::bindings::sockets::types::IpAddress;
use wasmtime_wasi::sockets::{WasiSockets, WasiSocketsView as _};

use crate::network::Name;
use crate::state::State;

type Answer = Result<(std::result::Result<Vec<IpAddress>, ErrorCode>,)>;

/// Puts our function into the place of Wasmtime's, which is there.
pub(crate) fn shadow(linker: &mut Linker<State>) -> Result<()> {
    linker
        .instance("wasi:sockets/ip-name-lookup@0.3.0")?
        .func_wrap_concurrent("resolve-addresses", resolve)
}

fn resolve(
    store: &Accessor<State>,
    (name,): (String,),
) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
    match store.with(|mut access| access.data_mut().network.name(&name)) {
        Name::Known(found) => {
            let found = found.into_iter().map(IpAddress::from).collect();
            Box::pin(ready(Ok((Ok(found),))))
        }
        Name::Refused => Box::pin(ready(Ok((Err(ErrorCode::AccessDenied),)))),
        Name::Ask => Box::pin(async move {
            let store = store.with_getter::<WasiSockets>(State::sockets);
            Ok((WasiSockets::resolve_addresses(&store, name).await?,))
        }),
    }
}
