//! Calls of threads, polled as the runtime polls them.

use std::cell::Cell;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use coopt_wasi::{Begun, Errno};

/// What a call returns when it ends: an errno, if not 0.
pub type Ended<T = ()> = Result<T, u16>;

type Future = dyn core::future::Future<Output = Result<(), Errno>>;

/// A call of a thread.
pub struct Call {
    future: Option<Pin<Box<Future>>>,
    result: Ended,
    woken: Arc<Flag>,
    /// The layer's flag by which a call knows that its thread was interrupted, once it was.
    interrupted: Option<&'static Cell<bool>>,
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Call {
    /// Begins a call: it ends, or waits.
    pub fn begin(begun: Begun) -> Self {
        let (future, result) = match begun {
            Err(error) => (None, Err(error.get())),
            Ok(coopt_wasi::Call::Ended) => (None, Ok(())),
            Ok(coopt_wasi::Call::Pending(future) | coopt_wasi::Call::Impatient(future, _)) => {
                (Some(future), Ok(()))
            }
        };
        let mut call = Self {
            future,
            result,
            woken: Arc::new(Flag(AtomicBool::new(false))),
            interrupted: None,
        };
        call.poll();
        call
    }

    /// Goes on if the call was told to; whether it has ended.
    pub fn goes_on(&mut self) -> bool {
        if self.is_woken() {
            self.poll();
        }
        self.has_ended()
    }

    /// Interrupts the thread, which is to go on: by a signal, or by a request to cancel it.
    pub fn interrupt(&mut self, flag: &'static Cell<bool>) {
        self.interrupted = Some(flag);
        self.woken.0.store(true, Ordering::Relaxed);
    }

    /// Whether the thread was interrupted in this call.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.is_some()
    }

    /// Goes on, as after a deadline or a turn of the host; whether it has ended.
    pub fn poll(&mut self) -> bool {
        let Some(future) = &mut self.future else {
            return true;
        };
        self.woken.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.woken));
        self.interrupted.inspect(|flag| flag.set(true));
        let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
        self.interrupted.inspect(|flag| flag.set(false));
        if let Poll::Ready(result) = polled {
            self.result = result.map_err(Errno::get);
            self.future = None;
        }
        self.has_ended()
    }

    /// Whether the call was told to go on.
    pub fn is_woken(&self) -> bool {
        !self.has_ended() && self.woken.0.load(Ordering::Relaxed)
    }

    /// Whether the call has ended.
    pub fn has_ended(&self) -> bool {
        self.future.is_none()
    }

    /// What a call has come to that has ended.
    pub fn ended(&self) -> Ended {
        assert!(self.has_ended(), "the call waits");
        self.result
    }
}

impl Drop for Call {
    /// A call of a test that fails is not dropped: the host would find more to complain about.
    fn drop(&mut self) {
        if thread::panicking() {
            mem::forget(self.future.take());
        }
    }
}
