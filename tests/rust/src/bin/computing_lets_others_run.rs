//! With `--preempt=loops`, a thread that computes and calls nothing lets the others run.

// RUN-FLAGS: --preempt=loops
// STDOUT:
//   the heart has beaten

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::thread::{sleep, spawn};
use std::time::Duration;

static STOP: AtomicBool = AtomicBool::new(false);
static BEATS: AtomicU32 = AtomicU32::new(0);

fn main() {
    let heart = spawn(|| {
        while !STOP.load(SeqCst) {
            sleep(Duration::from_millis(5));
            BEATS.fetch_add(1, SeqCst);
        }
    });
    sleep(Duration::from_millis(1));
    let mut x = 1_u64;
    // Nothing in the loop is shared, so only its rounds can end the turn.
    for i in 0..400_000_000_u64 {
        x = black_box(x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i));
    }
    assert!(x != 0 && BEATS.load(SeqCst) > 2);
    println!("the heart has beaten");
    STOP.store(true, SeqCst);
    heart.join().unwrap();
}
