//! `wasi:clocks/monotonic-clock`, 0.2 and 0.3, on our own timers.
//!
//! Wasmtime's implementation sleeps on Tokio's timers, which tick once a
//! millisecond, so that a sleep of 50 us takes one to two milliseconds. Both
//! versions have the same clock, so a program may compare their instants.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wasmtime::Result;
use wasmtime::component::{Accessor, HasData, Resource, ResourceTable};
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock as v0_2;
use wasmtime_wasi::p2::{DynPollable, Pollable, subscribe};
use wasmtime_wasi::p3::bindings::clocks::monotonic_clock as v0_3;
use wasmtime_wasi::{HostMonotonicClock, async_trait};

use crate::timers::Timers;

/// The resolution that the clock reports: [`Instant`] counts nanoseconds on
/// every system that Wasmtime supports.
const RESOLUTION_NS: u64 = 1;

/// A clock that counts nanoseconds from the start of the run.
#[derive(Clone)]
pub(crate) struct Clock {
    origin: Instant,
    timers: Arc<Timers>,
}

impl Clock {
    pub fn new(timers: Arc<Timers>) -> Self {
        Self {
            origin: Instant::now(),
            timers,
        }
    }

    /// When the clock reaches `mark_ns`; `None` when the host cannot count so
    /// far.
    fn instant(&self, mark_ns: u64) -> Option<Instant> {
        self.origin.checked_add(Duration::from_nanos(mark_ns))
    }

    /// Returns once the clock has reached `mark_ns`, never earlier.
    async fn wait_until(self, mark_ns: u64) {
        match self.instant(mark_ns) {
            Some(deadline) => self.timers.sleep_until(deadline).await,
            None => std::future::pending().await,
        }
    }
}

impl HostMonotonicClock for Clock {
    fn resolution(&self) -> u64 {
        RESOLUTION_NS
    }

    fn now(&self) -> u64 {
        // A `u64` of nanoseconds lasts 584 years.
        u64::try_from(self.origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

/// Tells Wasmtime's bindings that clock functions work on a [`ClockView`].
pub(crate) struct PreciseClock;

/// The part of the store that a clock function borrows.
pub(crate) struct ClockView<'a> {
    pub clock: &'a Clock,
    pub table: &'a mut ResourceTable,
}

impl HasData for PreciseClock {
    type Data<'a> = ClockView<'a>;
}

impl v0_3::Host for ClockView<'_> {
    fn now(&mut self) -> Result<v0_3::Mark> {
        Ok(self.clock.now())
    }

    fn get_resolution(&mut self) -> Result<v0_3::Duration> {
        Ok(self.clock.resolution())
    }
}

impl<T> v0_3::HostWithStore<T> for PreciseClock {
    async fn wait_until(store: &Accessor<T, Self>, when: v0_3::Mark) -> Result<()> {
        let clock = store.with(|mut access| access.get().clock.clone());
        clock.wait_until(when).await;
        Ok(())
    }

    async fn wait_for(store: &Accessor<T, Self>, how_long: v0_3::Duration) -> Result<()> {
        let clock = store.with(|mut access| access.get().clock.clone());
        let when = clock.now().saturating_add(how_long);
        clock.wait_until(when).await;
        Ok(())
    }
}

impl v0_2::Host for ClockView<'_> {
    fn now(&mut self) -> Result<v0_2::Instant> {
        Ok(self.clock.now())
    }

    fn resolution(&mut self) -> Result<v0_2::Duration> {
        Ok(self.clock.resolution())
    }

    fn subscribe_instant(&mut self, when: v0_2::Instant) -> Result<Resource<DynPollable>> {
        let deadline = Deadline {
            clock: self.clock.clone(),
            mark_ns: when,
        };
        let deadline = self.table.push(deadline)?;
        subscribe(self.table, deadline)
    }

    fn subscribe_duration(&mut self, how_long: v0_2::Duration) -> Result<Resource<DynPollable>> {
        let when = self.clock.now().saturating_add(how_long);
        self.subscribe_instant(when)
    }
}

/// A pollable that is ready from `mark_ns` on.
struct Deadline {
    clock: Clock,
    mark_ns: u64,
}

#[async_trait]
impl Pollable for Deadline {
    async fn ready(&mut self) {
        self.clock.clone().wait_until(self.mark_ns).await;
    }
}
