//! Tests of a Rust crate, which `cargo test` runs under `coopt run`. libtest
//! uses threads itself.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Condvar, Mutex, RwLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn a_mutex_excludes() {
    let count = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let count = Arc::clone(&count);
            thread::spawn(move || {
                for _ in 0..100 {
                    let mut count = count.lock().unwrap();
                    let seen = *count;
                    thread::yield_now();
                    *count = seen + 1;
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(*count.lock().unwrap(), 800);
}

#[test]
fn a_channel_delivers_in_order() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for number in 0..10 {
            sender.send(number).unwrap();
            thread::sleep(Duration::from_millis(1));
        }
    });
    assert!(receiver.iter().eq(0..10));
}

#[test]
fn a_barrier_has_one_leader() {
    let barrier = Barrier::new(5);
    let leaders = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| {
                if barrier.wait().is_leader() {
                    leaders.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(leaders.into_inner(), 1);
}

#[test]
fn a_timed_wait_ends_and_not_early() {
    let (lock, condition) = (Mutex::new(()), Condvar::new());
    let began = Instant::now();
    let (_guard, result) = condition
        .wait_timeout(lock.lock().unwrap(), Duration::from_millis(20))
        .unwrap();
    assert!(result.timed_out());
    assert!(began.elapsed() >= Duration::from_millis(20));
}

#[test]
fn readers_share_and_a_writer_gets_in() {
    let lock = RwLock::new(1);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let _shared = lock.read().unwrap();
                thread::yield_now();
            });
        }
        scope.spawn(|| *lock.write().unwrap() = 2);
    });
    assert_eq!(lock.into_inner().unwrap(), 2);
}
