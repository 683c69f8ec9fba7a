//! Polls.

use coopt_abi::wait::WaitKind;

use crate::runtime::with;
use crate::wasi::wasi;

/// preview1's `poll_oneoff`
#[unsafe(no_mangle)]
pub extern "C" fn poll_oneoff(subscriptions: u32, events: u32, count: u32, count_out: u32) -> u32 {
    let poll = wasi().poll_oneoff(subscriptions, events, count, count_out);
    with(|runtime| runtime.begin_poll(WaitKind::Sleep, poll))
}
