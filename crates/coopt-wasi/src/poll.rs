//! `poll_oneoff` of clocks and standard input.

use alloc::vec::Vec;
use core::future::poll_fn;
use core::mem;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::events::Events;
use crate::host::Host;
use crate::input::Input;
use crate::memory::Memory;

/// Layout of a `subscription`, in bytes.
mod layout {
    pub const SIZE: u32 = 48;
    pub const USERDATA: u32 = 0;
    pub const TAG: u32 = 8;
    /// A clock's id, or a descriptor.
    pub const SUBJECT: u32 = 16;
    pub const TIMEOUT: u32 = 24;
    pub const FLAGS: u32 = 40;
    pub const ABSTIME: u32 = 1;
}

/// Layout of an `event`, in bytes.
mod event {
    pub const SIZE: u32 = 32;
    pub const USERDATA: u32 = 0;
    /// The errno, the tag, and padding: eight bytes.
    pub const ERROR_AND_TAG: u32 = 8;
    pub const TAG_SHIFT: u32 = 16;
    pub const BYTES: u32 = 16;
    pub const FLAGS: u32 = 24;
    pub const HANGUP: u32 = 1;
}

/// `eventtype`, which is also a subscription's tag.
mod tag {
    pub const CLOCK: u8 = 0;
    pub const FD_READ: u8 = 1;
}

/// A clock that a poll can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clock {
    /// The time of day.
    Realtime,
    /// The clock that nobody sets.
    Monotonic,
}

/// What a poll waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    /// A point on the monotonic clock, in nanoseconds.
    Time(u64),
    /// That a read of standard input would not wait.
    Input,
}

/// A subscription: what is waited for, and the number by which the caller knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    userdata: u64,
    awaited: Awaited,
}

impl Subscription {
    /// Reads the subscription at `address`. `None` when it is neither to a clock nor to a read of
    /// the descriptor `input`.
    fn read<H: Host>(host: &H, began: u64, input: Option<u32>, address: u32) -> Option<Self> {
        let subject = host.load32(address + layout::SUBJECT);
        let awaited = match host.load8(address + layout::TAG) {
            tag::CLOCK => Awaited::Time(deadline(host, began, clock(subject)?, address)),
            tag::FD_READ if Some(subject) == input => Awaited::Input,
            _ => return None,
        };
        Some(Self {
            userdata: host.load64(address + layout::USERDATA),
            awaited,
        })
    }
}

fn clock(id: u32) -> Option<Clock> {
    match id {
        0 => Some(Clock::Realtime),
        1 => Some(Clock::Monotonic),
        _ => None,
    }
}

/// The deadline of the subscription at `address`, on the monotonic clock.
fn deadline<H: Host>(host: &H, began: u64, clock: Clock, address: u32) -> u64 {
    let timeout = host.load64(address + layout::TIMEOUT);
    let is_absolute = host.load32(address + layout::FLAGS) & layout::ABSTIME != 0;
    match (is_absolute, clock) {
        (false, _) => began.saturating_add(timeout),
        (true, Clock::Monotonic) => timeout,
        (true, Clock::Realtime) => {
            let left = timeout.saturating_sub(host.realtime());
            began.saturating_add(left)
        }
    }
}

/// The subscriptions of a poll that begins now: `count` of them at `address`. `None` when one is to
/// something else than a clock or a read of the descriptor `input`, or when there is none.
pub fn subscriptions<H: Host>(
    host: &H,
    input: Option<u32>,
    address: u32,
    count: u32,
) -> Option<Vec<Subscription>> {
    let began = host.monotonic();
    let at = |index| address.wrapping_add(layout::SIZE.wrapping_mul(index));
    let all: Option<Vec<_>> = (0..count)
        .map(|index| Subscription::read(host, began, input, at(index)))
        .collect();
    all.filter(|all| !all.is_empty())
}

/// The earliest deadline of a poll.
pub fn earliest(subscriptions: &[Subscription]) -> Option<u64> {
    let times = subscriptions.iter().filter_map(|one| match one.awaited {
        Awaited::Time(deadline) => Some(deadline),
        Awaited::Input => None,
    });
    times.min()
}

/// Whether a poll waits for standard input.
#[must_use]
pub fn awaits_input(subscriptions: &[Subscription]) -> bool {
    let mut awaited = subscriptions.iter().map(|one| one.awaited);
    awaited.any(|awaited| awaited == Awaited::Input)
}

/// Waits until one of the subscriptions has come about. Writes an event for each that has to
/// `events_at`, and how many there are to `count_at`. Whoever polls this future does so at
/// [`earliest`], too.
///
/// The first look does not ask for the time. So each poll lets others run, and the host say what is
/// there, before it ends for its time: a loop may wait by polls without a timeout.
pub async fn poll<H: Host>(
    host: &H,
    events: &Events,
    input: &Input,
    subscriptions: Vec<Subscription>,
    (events_at, count_at): (u32, u32),
) -> Result<(), Errno> {
    let mut readable = pin!(input.readable(host, events));
    let mut there = None;
    let mut has_looked = false;
    poll_fn(|context| {
        if there.is_none() && awaits_input(&subscriptions) {
            there = look(readable.as_mut(), context);
        }
        let asks_time = mem::replace(&mut has_looked, true) || there.is_some();
        let now = earliest(&subscriptions)
            .filter(|_| asks_time)
            .map(|_| host.monotonic());
        let mut written = 0;
        for one in &subscriptions {
            let at = events_at + written * event::SIZE;
            let has_come = match one.awaited {
                Awaited::Time(deadline) => now.is_some_and(|now| deadline <= now).then(|| {
                    write(host, at, one.userdata, tag::CLOCK, None);
                }),
                Awaited::Input => there.map(|bytes| {
                    write(host, at, one.userdata, tag::FD_READ, Some(bytes));
                }),
            };
            written += u32::from(has_come.is_some());
        }
        if written == 0 {
            return Poll::Pending;
        }
        host.store32(count_at, written);
        Poll::Ready(())
    })
    .await;
    Ok(())
}

/// What `readable` has come to: how many bytes, or that there is no memory.
fn look(
    readable: Pin<&mut impl Future<Output = Option<u32>>>,
    context: &mut Context<'_>,
) -> Option<Result<u32, Errno>> {
    match readable.poll(context) {
        Poll::Ready(there) => Some(there.ok_or(Errno::NoMem)),
        Poll::Pending => None,
    }
}

/// Writes an event.
fn write<M: Memory>(
    memory: &M,
    at: u32,
    userdata: u64,
    tag: u8,
    input: Option<Result<u32, Errno>>,
) {
    let error = match input {
        Some(Err(error)) => error as u32,
        Some(Ok(_)) | None => 0,
    };
    memory.store64(at + event::USERDATA, userdata);
    let tag = u32::from(tag) << event::TAG_SHIFT;
    memory.store64(at + event::ERROR_AND_TAG, u64::from(error | tag));
    if let Some(Ok(bytes)) = input {
        let flags = if bytes == 0 { event::HANGUP } else { 0 };
        memory.store64(at + event::BYTES, u64::from(bytes));
        memory.store64(at + event::FLAGS, u64::from(flags));
    }
}
