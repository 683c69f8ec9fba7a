//! The deadlines that the program waits for.
//!
//! The deadlines are in an ordered map. The thread that runs the program looks at
//! the first deadline before it sleeps ([`crate::executor`]). So a deadline is
//! set and dropped without a system call, and no other thread is needed.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

/// A deadline and a number that counts up. Sleepers with equal deadlines wake in
/// the order of their numbers.
type Key = (Instant, u64);

/// The deadlines of one program. The lock is never contended, because the
/// sleepers and the executor run on one thread.
#[derive(Default)]
pub(crate) struct Timers {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    sleepers: BTreeMap<Key, Waker>,
    next_number: u64,
}

impl Timers {
    /// A future that is ready at `deadline` and never earlier.
    pub fn sleep_until(self: &Arc<Self>, deadline: Instant) -> Sleep {
        Sleep {
            timers: Arc::clone(self),
            deadline,
            key: None,
        }
    }

    /// Wakes every sleeper whose deadline has passed. Returns the next deadline.
    pub fn fire(&self) -> Option<Instant> {
        let due = {
            let mut queue = self.lock();
            let (first, _) = *queue.sleepers.first_key_value()?.0;
            let now = Instant::now();
            if first > now {
                return Some(first);
            }
            // Deadlines after `now` stay.
            let later = queue.sleepers.split_off(&(now, u64::MAX));
            std::mem::replace(&mut queue.sleepers, later)
        };
        // Wakers run code that is not ours, so the lock is released first.
        due.into_values().for_each(Waker::wake);
        self.next()
    }

    fn next(&self) -> Option<Instant> {
        self.lock()
            .sleepers
            .first_key_value()
            .map(|(&(deadline, _), _)| deadline)
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Code that holds the lock does not panic with the queue half changed.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn set(&mut self, deadline: Instant, waker: Waker) -> Key {
        let key = (deadline, self.next_number);
        self.next_number += 1;
        let previous = self.sleepers.insert(key, waker);
        assert!(previous.is_none(), "numbers are used once");
        key
    }
}

/// The future of [`Timers::sleep_until`].
pub(crate) struct Sleep {
    timers: Arc<Timers>,
    deadline: Instant,
    /// The sleeper's place in the queue. The key stays when the sleeper has been
    /// woken and the place is gone.
    key: Option<Key>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.deadline {
            return Poll::Ready(());
        }
        let mut queue = self.timers.lock();
        if let Some(waker) = self.key.and_then(|key| queue.sleepers.get_mut(&key)) {
            waker.clone_from(context.waker());
            return Poll::Pending;
        }
        let key = queue.set(self.deadline, context.waker().clone());
        drop(queue);
        self.key = Some(key);
        Poll::Pending
    }
}

impl Drop for Sleep {
    /// Takes a sleeper that nobody waits for any more out of the queue.
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.timers.lock().sleepers.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;
    use std::time::Duration;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn poll(sleep: &mut Sleep, count: &Arc<Count>) -> Poll<()> {
        let waker = Waker::from(Arc::clone(count));
        Pin::new(sleep).poll(&mut Context::from_waker(&waker))
    }

    #[test]
    fn a_past_deadline_is_ready_at_once_and_queues_nothing() {
        let timers = Arc::new(Timers::default());
        let mut sleep = timers.sleep_until(Instant::now());
        assert_eq!(poll(&mut sleep, &Arc::default()), Poll::Ready(()));
        assert_eq!(timers.fire(), None);
    }

    #[test]
    fn a_future_deadline_stays_queued_under_one_entry_however_often_polled() {
        let timers = Arc::new(Timers::default());
        let deadline = Instant::now() + Duration::from_secs(3600);
        let mut sleep = timers.sleep_until(deadline);
        let count = Arc::default();
        assert_eq!(poll(&mut sleep, &count), Poll::Pending);
        assert_eq!(poll(&mut sleep, &count), Poll::Pending);
        assert_eq!(timers.lock().sleepers.len(), 1);
        assert_eq!(timers.fire(), Some(deadline));
        assert_eq!(
            count.0.load(Ordering::Relaxed),
            0,
            "woken before its deadline"
        );
        drop(sleep);
        assert_eq!(timers.fire(), None);
    }

    #[test]
    fn fire_wakes_exactly_the_sleepers_that_are_due() {
        let timers = Arc::new(Timers::default());
        let soon = Instant::now() + Duration::from_millis(2);
        let late = soon + Duration::from_secs(3600);
        let (due, waiting) = (Arc::default(), Arc::default());
        let mut first = timers.sleep_until(soon);
        let mut second = timers.sleep_until(soon);
        let mut third = timers.sleep_until(late);
        assert_eq!(poll(&mut first, &due), Poll::Pending);
        assert_eq!(poll(&mut second, &due), Poll::Pending);
        assert_eq!(poll(&mut third, &waiting), Poll::Pending);
        while Instant::now() < soon {
            std::hint::spin_loop();
        }
        assert_eq!(timers.fire(), Some(late));
        assert_eq!(due.0.load(Ordering::Relaxed), 2);
        assert_eq!(waiting.0.load(Ordering::Relaxed), 0);
        assert_eq!(poll(&mut first, &due), Poll::Ready(()));
    }
}
