//! Runs the program, which is a future to Wasmtime, on the calling thread.
//!
//! The same thread sleeps until the next deadline, so a wait ends as precisely
//! as the kernel's timer does (H1). When a program yields, its future wakes
//! itself. That sets a flag and makes no system call.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Instant;

use crate::timers::Timers;

/// Drives `future` to its end.
pub(crate) fn block_on<F: Future>(timers: &Timers, future: F) -> F::Output {
    ask_for_exact_timers();
    let signal = Arc::new(Signal {
        woken: AtomicBool::new(true),
        thread: thread::current(),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        signal.sleep_until_woken(timers);
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Whether the future is to be polled, and the thread that polls it.
struct Signal {
    woken: AtomicBool,
    thread: Thread,
}

impl Signal {
    /// Returns when the future is to be polled. Sleepers that are due are woken
    /// first, so that a program that yields in a loop does not starve them.
    fn sleep_until_woken(&self, timers: &Timers) {
        loop {
            let next = timers.fire();
            if self.woken.swap(false, Ordering::Acquire) {
                return;
            }
            match next {
                Some(deadline) => {
                    thread::park_timeout(deadline.saturating_duration_since(Instant::now()))
                }
                None => thread::park(),
            }
        }
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // The thread that polls the future is awake when it wakes itself.
        if !self.woken.swap(true, Ordering::Release) && self.thread.id() != thread::current().id() {
            self.thread.unpark();
        }
    }
}

/// Makes sleeps of this thread end in time. By default Linux lets them end up
/// to 50 us late, to save wake-ups; the least that Linux accepts is 1 ns.
#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "no safe wrapper of this `prctl` is among our dependencies"
)]
fn ask_for_exact_timers() {
    let slack_ns: libc::c_ulong = 1;
    // SAFETY: `PR_SET_TIMERSLACK` reads one integer and no memory. When it
    // fails, as in a sandbox, sleeps end late and never early.
    unsafe { libc::prctl(libc::PR_SET_TIMERSLACK, slack_ns) };
}

#[cfg(not(target_os = "linux"))]
fn ask_for_exact_timers() {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_sleep_never_ends_early() {
        let timers = Arc::new(Timers::default());
        for micros in [0, 1, 50, 700, 1500] {
            let deadline = Instant::now() + Duration::from_micros(micros);
            block_on(&timers, timers.sleep_until(deadline));
            assert!(Instant::now() >= deadline, "{micros} us ended early");
        }
    }

    #[test]
    fn a_future_that_wakes_itself_is_polled_again() {
        let mut polls = 0;
        block_on(
            &Timers::default(),
            std::future::poll_fn(|context| {
                polls += 1;
                context.waker().wake_by_ref();
                if polls < 1000 {
                    Poll::Pending
                } else {
                    Poll::Ready(())
                }
            }),
        );
        assert_eq!(polls, 1000);
    }

    #[test]
    fn another_thread_can_wake_it() {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let other = thread::spawn(move || sender.send(7));
        assert_eq!(block_on(&Timers::default(), receiver), Ok(7));
        assert_eq!(other.join().expect("the sender does not panic"), Ok(()));
    }

    #[test]
    fn a_self_waking_future_does_not_starve_a_deadline() {
        let timers = Arc::new(Timers::default());
        let mut sleep = timers.sleep_until(Instant::now() + Duration::from_millis(1));
        block_on(
            &timers,
            std::future::poll_fn(|context| {
                context.waker().wake_by_ref();
                std::pin::Pin::new(&mut sleep).poll(context)
            }),
        );
    }
}
