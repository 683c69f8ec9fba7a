//! A loop that waits for another thread without parking lets that thread run, whatever it looks at.

// STDOUT:
//   spin
//   lock
//   clock
//   try_lock
//   try_recv
//   is_finished
//   strong_count
//   compare_exchange

use std::hint::spin_loop;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

static FLAG: AtomicBool = AtomicBool::new(false);
static READY: Mutex<bool> = Mutex::new(false);

fn set() -> JoinHandle<()> {
    FLAG.store(false, Release);
    *READY.lock().unwrap() = false;
    spawn(|| {
        *READY.lock().unwrap() = true;
        FLAG.store(true, Release);
    })
}

fn with_setter(name: &str, wait: impl Fn()) {
    let setter = set();
    wait();
    setter.join().unwrap();
    println!("{name}");
}

fn try_lock() {
    let (sender, receiver) = mpsc::channel();
    let holder = spawn(move || {
        let _guard = READY.lock().unwrap();
        sender.send(()).unwrap();
        sleep(Duration::from_millis(5));
    });
    receiver.recv().unwrap();
    while READY.try_lock().is_err() {}
    holder.join().unwrap();
    println!("try_lock");
}

fn try_recv() {
    let (sender, receiver) = mpsc::channel();
    let other = spawn(move || sender.send(7).unwrap());
    while receiver.try_recv().is_err() {}
    other.join().unwrap();
    println!("try_recv");
}

fn is_finished() {
    let other = spawn(|| ());
    while !other.is_finished() {}
    other.join().unwrap();
    println!("is_finished");
}

fn strong_count() {
    let mine = Arc::new(5);
    let others = Arc::clone(&mine);
    let other = spawn(move || drop(others));
    while Arc::strong_count(&mine) > 1 {}
    other.join().unwrap();
    println!("strong_count");
}

fn main() {
    with_setter("spin", || {
        while !FLAG.load(Acquire) {
            spin_loop();
        }
    });
    with_setter("lock", || while !*READY.lock().unwrap() {});
    with_setter("clock", || {
        let began = Instant::now();
        while !FLAG.load(Acquire) {
            assert!(began.elapsed() < Duration::from_secs(20));
        }
    });
    try_lock();
    try_recv();
    is_finished();
    strong_count();
    with_setter("compare_exchange", || {
        while FLAG.compare_exchange(true, false, AcqRel, Relaxed).is_err() {}
    });
}
