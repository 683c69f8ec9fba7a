//! preview1's `poll_oneoff`: clocks and standard input block only the caller.
//!
//! A poll that subscribes to anything else goes to the adapter, which blocks every thread.

use coopt_abi::wait::WaitKind;
use coopt_wasi::{awaits_input, earliest, poll, subscriptions};

use crate::fd::ended;
use crate::host::preview1;
use crate::io::Begun;
use crate::runtime::with;

/// Begins a poll. A poll of something else is carried out here.
#[unsafe(no_mangle)]
pub extern "C" fn poll_oneoff(input: u32, output: u32, count: u32, count_out: u32) -> u32 {
    let begun = with(|runtime| {
        runtime.begin_call(|shared| {
            let fd = shared.input_fd.get();
            let all = subscriptions(&shared.host, fd, input, count)?;
            Some(Begun {
                kind: WaitKind::Sleep,
                deadline: earliest(&all),
                asks_host: awaits_input(&all),
                future: async move {
                    let to = (output, count_out);
                    poll(&shared.host, &shared.events, &shared.input, all, to).await
                },
            })
        })
    });
    begun.unwrap_or_else(|| ended(preview1::poll_oneoff(input, output, count, count_out)))
}
