//! A mutex and a read-write lock keep their promises while holders let others
//! run; a barrier lets nobody pass early.

// STDOUT:
//   counted to 400 and 100

use std::sync::{Barrier, Mutex, RwLock};
use std::thread;

fn main() {
    let (mutex, lock, barrier) = (Mutex::new(0), RwLock::new((0, 0)), Barrier::new(4));
    thread::scope(|scope| {
        for number in 0..4 {
            let (mutex, lock, barrier) = (&mutex, &lock, &barrier);
            scope.spawn(move || {
                for _ in 0..100 {
                    let mut count = mutex.lock().expect("nobody panics");
                    let before = *count;
                    thread::yield_now();
                    *count = before + 1;
                }
                barrier.wait();
                assert_eq!(*mutex.lock().expect("nobody panics"), 400);
                for _ in 0..100 {
                    if number == 0 {
                        let mut pair = lock.write().expect("nobody panics");
                        pair.0 += 1;
                        thread::yield_now();
                        pair.1 += 1;
                    } else {
                        let pair = lock.read().expect("nobody panics");
                        thread::yield_now();
                        assert_eq!(pair.0, pair.1);
                    }
                }
            });
        }
    });
    let (mutex, lock) = (mutex.into_inner(), lock.into_inner());
    println!(
        "counted to {} and {}",
        mutex.expect("nobody panicked"),
        lock.expect("nobody panicked").1
    );
}
