//! `poll_oneoff`

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::Cell;
use core::future::poll_fn;
use core::task;

use crate::calls::clocks::Clock;
use crate::errno::Errno;
use crate::host::Host;
use crate::object::{Call, Object};
use crate::wasi::Wasi;

/// Layout of a `subscription`, in bytes.
mod subscription {
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
    /// There is nothing to read, nor will there be.
    pub const HANGUP: u32 = 1;
    /// There is something to read, but the other side is gone: not of preview 1.
    pub const GONE: u32 = 2;
}

/// `eventtype`, which is also a subscription's tag.
mod tag {
    pub const CLOCK: u8 = 0;
    pub const FD_READ: u8 = 1;
    pub const FD_WRITE: u8 = 2;
    /// That the other side is gone, and nothing else: not of preview 1.
    pub const FD_GONE: u8 = 3;
}

/// What a poll waits for.
enum Awaited {
    /// A point on the monotonic clock, in nanoseconds.
    Time(u64),
    /// That a read would not wait.
    Readable(Rc<dyn Object>),
    /// That a write would not wait.
    Writable(Rc<dyn Object>),
    /// That the other side is gone.
    Gone(Rc<dyn Object>),
    /// Nothing: the subscription makes no sense.
    Nothing(Errno),
}

/// What a look at all subscriptions has found.
#[derive(Clone, Copy, Debug, Default)]
struct Looked {
    /// How many have come about.
    count: u32,
    /// Whether the host may know of another.
    host_may_know: bool,
}

impl Awaited {
    /// Whether the host has to be asked for it.
    const fn comes_from_host(&self) -> bool {
        matches!(self, Self::Readable(_) | Self::Gone(_))
    }

    /// Whether it is something to read from an object whose other side is gone.
    fn is_gone(&self) -> bool {
        match self {
            Self::Readable(object) => object.is_hung_up(),
            Self::Writable(_) | Self::Gone(_) | Self::Time(_) | Self::Nothing(_) => false,
        }
    }
}

/// A subscription: what is waited for, and the number by which the caller knows it.
struct Subscription {
    userdata: u64,
    tag: u8,
    awaited: Awaited,
}

/// A poll that has begun.
pub struct Poll {
    /// When it is to be polled at the latest, on the monotonic clock.
    pub deadline: Option<u64>,
    /// Whether the host is to be asked before the poll may end by its time: what it waits for may be
    /// there already.
    pub asks_host: bool,
    /// The poll itself.
    pub call: Call,
}

impl<H: Host> Wasi<H> {
    /// Begins to wait for one of `count` subscriptions. Events of those that have come about are
    /// stored at `events_at`, and how many at `count_at`.
    pub fn poll_oneoff(
        &'static self,
        subscriptions_at: u32,
        events_at: u32,
        count: u32,
        count_at: u32,
    ) -> Result<Poll, Errno> {
        if count == 0 {
            return Err(Errno::INVAL);
        }
        let began = self.host.monotonic_now();
        let at = |index| subscriptions_at.wrapping_add(subscription::SIZE.wrapping_mul(index));
        let all: Vec<_> = (0..count)
            .map(|index| self.subscription(began, at(index)))
            .collect();
        let times = all.iter().filter_map(|one| match one.awaited {
            Awaited::Time(deadline) => Some(deadline),
            _ => None,
        });
        let deadline = times.min();
        let mut awaited = all.iter().map(|one| &one.awaited);
        Ok(Poll {
            deadline,
            asks_host: awaited.any(Awaited::comes_from_host),
            call: Call::new(async move {
                let wait = self.wait_for(&all, deadline, events_at, count_at);
                self.unless_interrupted(wait).await
            }),
        })
    }

    /// Reads the subscription at `at`, of a poll that began at `began`.
    fn subscription(&'static self, began: u64, at: u32) -> Subscription {
        let subject = self.host.load32(at + subscription::SUBJECT);
        let tag = self.host.load8(at + subscription::TAG);
        let awaited = match tag {
            tag::CLOCK => self.deadline(began, subject, at).map(Awaited::Time),
            tag::FD_READ => self.object_to_read(subject, 0).map(Awaited::Readable),
            tag::FD_WRITE => self.object(subject).map(Awaited::Writable),
            tag::FD_GONE => self.object_to_read(subject, 0).map(Awaited::Gone),
            _ => Err(Errno::INVAL),
        };
        Subscription {
            userdata: self.host.load64(at + subscription::USERDATA),
            tag,
            awaited: awaited.unwrap_or_else(Awaited::Nothing),
        }
    }

    /// The deadline of the subscription at `at`, on the monotonic clock.
    fn deadline(&self, began: u64, clock: u32, at: u32) -> Result<u64, Errno> {
        let clock = Clock::from_id(clock)?;
        let timeout = self.host.load64(at + subscription::TIMEOUT);
        let flags = self.host.load32(at + subscription::FLAGS);
        let is_absolute = flags & subscription::ABSTIME != 0;
        Ok(match (is_absolute, clock) {
            (false, _) => began.saturating_add(timeout),
            (true, Clock::Monotonic) => timeout,
            (true, Clock::Realtime) => {
                began.saturating_add(timeout.saturating_sub(self.realtime()?))
            }
        })
    }

    /// Waits until one of the subscriptions has come about.
    ///
    /// The first look does not ask for the time. So each poll lets others run, and the host say what
    /// is there, before it ends for its time: a loop may wait by polls without a timeout. The host
    /// has its turn, too, when something has come about and something else may have: a loop may poll
    /// what is always writable beside what it waits for.
    async fn wait_for(
        &self,
        all: &[Subscription],
        deadline: Option<u64>,
        events_at: u32,
        count_at: u32,
    ) {
        let has_looked = Cell::new(false);
        poll_fn(|context| {
            let Looked {
                count,
                host_may_know,
            } = self.look(all, None, events_at, context);
            if !has_looked.replace(true) && (count == 0 || host_may_know) {
                return task::Poll::Pending;
            }
            let now = deadline.map(|_| self.host.monotonic_now());
            let Looked { count, .. } = self.look(all, now, events_at, context);
            if count == 0 {
                return task::Poll::Pending;
            }
            self.host.store32(count_at, count);
            task::Poll::Ready(())
        })
        .await;
    }

    /// Stores the events that have come about by `now`.
    fn look(
        &self,
        all: &[Subscription],
        now: Option<u64>,
        events_at: u32,
        context: &task::Context<'_>,
    ) -> Looked {
        let mut looked = Looked::default();
        for one in all {
            if let Some(result) = self.come_about(&one.awaited, now, context) {
                self.store_event(events_at + looked.count * event::SIZE, one, result);
                looked.count += 1;
            } else {
                looked.host_may_know |= one.awaited.comes_from_host();
            }
        }
        looked
    }

    /// What has come about: how many bytes can be moved, or an error. `None` for nothing.
    fn come_about(
        &self,
        awaited: &Awaited,
        now: Option<u64>,
        context: &task::Context<'_>,
    ) -> Option<Result<u32, Errno>> {
        let polled = match awaited {
            Awaited::Time(deadline) => {
                return now.filter(|now| deadline <= now).map(|_| Ok(0));
            }
            Awaited::Nothing(error) => return Some(Err(*error)),
            Awaited::Readable(object) => object.poll_readable(context),
            Awaited::Writable(object) => object.poll_writable(context),
            Awaited::Gone(object) => object.poll_hangup(context).map_ok(|()| 0),
        };
        match polled {
            task::Poll::Ready(result) => Some(result),
            task::Poll::Pending => None,
        }
    }

    fn store_event(&self, at: u32, one: &Subscription, result: Result<u32, Errno>) {
        let error = result.map_or_else(Errno::get, |_| 0);
        let tag = u32::from(one.tag) << event::TAG_SHIFT;
        self.host.store64(at + event::USERDATA, one.userdata);
        let error_and_tag = u64::from(u32::from(error) | tag);
        self.host.store64(at + event::ERROR_AND_TAG, error_and_tag);
        if one.tag != tag::CLOCK {
            let bytes = result.unwrap_or(0);
            let flags = match result {
                Ok(0) => event::HANGUP,
                Ok(_) if one.awaited.is_gone() => event::GONE,
                _ => 0,
            };
            self.host.store64(at + event::BYTES, u64::from(bytes));
            self.host.store64(at + event::FLAGS, flags.into());
        }
    }
}
