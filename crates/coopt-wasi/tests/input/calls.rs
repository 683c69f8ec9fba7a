//! Calls of threads, polled as the runtime polls them.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use coopt_wasi::{Buffers, Errno, Events, Input, Memory as _, earliest, poll, read, subscriptions};

use crate::host::{STDIN, Script};

/// What the calls share.
pub struct World {
    pub host: Script,
    pub events: Events,
    pub input: Input,
}

impl World {
    pub fn new(host: Script) -> Self {
        Self {
            host,
            events: Events::new(),
            input: Input::new(),
        }
    }

    /// The host ends the read that is under way.
    pub fn arrive(&self, bytes: &[u8], is_last: bool) {
        let payload = self.host.end(bytes, is_last);
        assert!(self.events.deliver(STDIN.0, payload));
    }

    /// Thread `number` reads up to `len` bytes.
    pub fn read(&self, number: u32, len: u32) -> Call<'_> {
        let at = buffer(number);
        self.host.store32(at, at + 16);
        self.host.store32(at + 4, len);
        let buffers = Buffers {
            address: at,
            count: 1,
        };
        Call::new(read(&self.host, &self.events, &self.input, buffers, at + 8))
    }

    /// What thread `number` has read.
    pub fn got(&self, number: u32) -> Vec<u8> {
        let at = buffer(number);
        self.host.bytes(at + 16, self.host.load32(at + 8))
    }

    /// Thread `number` polls standard input, and the monotonic clock if there is a timeout.
    pub fn poll(&self, number: u32, timeout: Option<u64>) -> Call<'_> {
        let at = buffer(number);
        self.subscribe(at, 7, 1, 0, 0);
        if let Some(timeout) = timeout {
            self.subscribe(at + 48, 8, 0, 1, timeout);
        }
        let count = 1 + u32::from(timeout.is_some());
        let all = subscriptions(&self.host, Some(0), at, count).expect("they are ours");
        assert_eq!(
            earliest(&all),
            timeout.map(|ns| self.host.monotonic.get() + ns)
        );
        let out = (at + 128, at + 120);
        Call::new(poll(&self.host, &self.events, &self.input, all, out))
    }

    pub fn subscribe(&self, at: u32, userdata: u64, tag: u32, subject: u32, timeout: u64) {
        self.host.store64(at, userdata);
        self.host.store64(at + 8, u64::from(tag));
        self.host.store32(at + 16, subject);
        self.host.store64(at + 24, timeout);
        self.host.store64(at + 40, 0);
    }

    /// The events of thread `number`: user data, errno, tag, bytes and flags of each.
    pub fn polled(&self, number: u32) -> Vec<(u64, u16, u8, u64, u32)> {
        let at = buffer(number);
        let event = |index| {
            let at = at + 128 + 32 * index;
            let error_and_tag = self.host.load32(at + 8);
            (
                self.host.load64(at),
                error_and_tag as u16,
                (error_and_tag >> 16) as u8,
                self.host.load64(at + 16),
                self.host.load32(at + 24),
            )
        };
        (0..self.host.load32(at + 120)).map(event).collect()
    }
}

/// Memory of a thread.
pub fn buffer(number: u32) -> u32 {
    1024 * (number + 1)
}

/// A call of a thread.
pub struct Call<'w> {
    future: Pin<Box<dyn Future<Output = Result<(), Errno>> + 'w>>,
    woken: Arc<Flag>,
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<'w> Call<'w> {
    fn new(future: impl Future<Output = Result<(), Errno>> + 'w) -> Self {
        Self {
            future: Box::pin(future),
            woken: Arc::new(Flag(AtomicBool::new(true))),
        }
    }

    /// Goes on if the call was told to; whether it has ended.
    pub fn goes_on(&mut self) -> bool {
        self.is_woken() && self.poll()
    }

    /// Whether the call was told to go on.
    pub fn is_woken(&self) -> bool {
        self.woken.0.load(Ordering::Relaxed)
    }

    /// Goes on, as after a deadline; whether it has ended.
    pub fn poll(&mut self) -> bool {
        self.woken.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.woken));
        match self.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(result) => {
                result.expect("it succeeds");
                true
            }
            Poll::Pending => false,
        }
    }
}
