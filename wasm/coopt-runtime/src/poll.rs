//! preview1's `poll_oneoff`: subscriptions to clocks block only the caller.
//!
//! A poll that subscribes to anything but clocks goes to the adapter, which
//! blocks every thread.

use coopt_abi::wait::{Owner, WaitKind};
use coopt_sched::WaitReason;

use crate::runtime::with;
use crate::{host, program_memory};

/// Layout of a `subscription`, in bytes.
mod subscription {
    pub const SIZE: u32 = 48;
    pub const USERDATA: u32 = 0;
    pub const TAG: u32 = 8;
    pub const CLOCK_ID: u32 = 16;
    pub const TIMEOUT: u32 = 24;
    pub const FLAGS: u32 = 40;

    pub const TAG_CLOCK: u32 = 0;
    pub const FLAG_ABSTIME: u32 = 1;
}

/// Layout of an `event`, in bytes.
mod event {
    pub const SIZE: u32 = 32;
    pub const USERDATA: u32 = 0;
    /// The errno, then the tag, then padding: eight bytes.
    pub const ERROR_AND_TYPE: u32 = 8;
}

const REALTIME: u32 = 0;

/// A subscription to a clock.
#[derive(Clone, Copy)]
struct ClockSubscription {
    userdata: u64,
    clock: u32,
    timeout: u64,
    absolute: bool,
}

impl ClockSubscription {
    /// Reads the subscription at `address`; `None` when the runtime does not
    /// wait on what it subscribes to.
    fn read(address: u32) -> Option<Self> {
        use subscription as s;
        if program_memory::load8(address + s::TAG) != s::TAG_CLOCK {
            return None;
        }
        let clock = program_memory::load32(address + s::CLOCK_ID);
        (clock == REALTIME || clock == host::MONOTONIC).then(|| Self {
            userdata: program_memory::load64(address + s::USERDATA),
            clock,
            timeout: program_memory::load64(address + s::TIMEOUT),
            absolute: program_memory::load32(address + s::FLAGS) & s::FLAG_ABSTIME != 0,
        })
    }

    /// Its deadline on the monotonic clock, for a poll that began at `began`.
    /// `scratch` is a program address that eight bytes may be written to.
    fn deadline(self, began: u64, scratch: u32) -> u64 {
        match (self.absolute, self.clock) {
            (false, _) => began.saturating_add(self.timeout),
            (true, host::MONOTONIC) => self.timeout,
            (true, _) => {
                let left = self.timeout.saturating_sub(realtime(scratch));
                host::now().saturating_add(left)
            }
        }
    }
}

/// The wall clock, which the adapter writes to the program's memory.
fn realtime(scratch: u32) -> u64 {
    host::preview1::clock_time_get(REALTIME, 0, scratch);
    program_memory::load64(scratch)
}

/// The subscriptions of a poll, if all are to clocks.
fn subscriptions(input: u32, count: u32) -> Option<impl Iterator<Item = ClockSubscription>> {
    let at = move |index: u32| ClockSubscription::read(input + index * subscription::SIZE);
    let ours = count > 0 && (0..count).all(|index| at(index).is_some());
    ours.then(|| (0..count).filter_map(at))
}

/// Parks the caller until the earliest subscription is due. The time of the
/// call is kept in the caller's output buffer, so that no state of the runtime
/// is alive across the switch.
#[unsafe(no_mangle)]
pub extern "C" fn poll_begin(input: u32, output: u32, count: u32, _count_out: u32) -> u32 {
    let Some(subscriptions) = subscriptions(input, count) else {
        return coopt_abi::action::CONTINUE;
    };
    let began = host::now();
    let scratch = output;
    let earliest = subscriptions
        .map(|s| s.deadline(began, scratch))
        .min()
        .unwrap_or(began);
    program_memory::store64(output, began);
    with(|runtime| {
        // A poll that ended early would be taken for a poll that found nothing.
        let reason = WaitReason::new(WaitKind::Sleep, 0, Owner::Nobody).uninterruptible();
        let action = runtime.scheduler.park(reason, Some(earliest));
        runtime.settle(action)
    })
}

/// Writes the events of the subscriptions that are due.
#[unsafe(no_mangle)]
pub extern "C" fn poll_end(input: u32, output: u32, count: u32, count_out: u32) -> i32 {
    let Some(subscriptions) = subscriptions(input, count) else {
        return host::preview1::poll_oneoff(input, output, count, count_out);
    };
    let began = program_memory::load64(output);
    let now = host::now();
    let mut written = 0;
    for subscription in subscriptions {
        let event = output + written * event::SIZE;
        if subscription.deadline(began, event) <= now {
            program_memory::store64(event + event::USERDATA, subscription.userdata);
            program_memory::store64(event + event::ERROR_AND_TYPE, 0);
            written += 1;
        }
    }
    program_memory::store32(count_out, written);
    0
}
