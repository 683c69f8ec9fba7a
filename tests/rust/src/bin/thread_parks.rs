//! `park` waits for `unpark`, whichever of the two is called first, and
//! `park_timeout` waits for the time.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

static TURN: AtomicU32 = AtomicU32::new(0);

/// Waits for `turn`, and hands the next turn to the thread `next`.
fn take(turn: u32, next: &thread::Thread) {
    while TURN.load(Ordering::Acquire) != turn {
        thread::park();
    }
    TURN.store(turn + 1, Ordering::Release);
    next.unpark();
}

fn main() {
    let main = thread::current();
    let other = thread::spawn(move || (0..100).for_each(|round| take(2 * round + 1, &main)));
    (0..100).for_each(|round| take(2 * round, other.thread()));
    other.join().expect("nobody panics");
    assert_eq!(TURN.load(Ordering::Acquire), 200);

    // Takes the token that the last hand-over may have left.
    thread::current().unpark();
    thread::park();

    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(5) {
        thread::park_timeout(Duration::from_millis(5));
    }
    thread::current().unpark();
    thread::park_timeout(Duration::from_secs(3600));
}
