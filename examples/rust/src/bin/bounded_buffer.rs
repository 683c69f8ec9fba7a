//! Producers and consumers around a buffer with room for four items.
//!
//! A monitor in the style of Hoare: one mutex, and one condition variable for
//! each condition that a thread may have to wait for. No thread waits for ever:
//! every wait has a time limit, and a thread that exceeds it decides what to do.

// STDOUT:
//   put 200 items, got 200 items, sum 19900
//   get from an empty buffer: timed out
//   put into a full buffer: timed out

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

const ROOM: usize = 4;
const PRODUCERS: usize = 2;
const CONSUMERS: usize = 3;
const ITEMS: u32 = 200;
const PATIENCE: Duration = Duration::from_millis(10);

#[derive(Default)]
struct Buffer {
    state: Mutex<State>,
    not_empty: Condvar,
    not_full: Condvar,
}

#[derive(Default)]
struct State {
    items: VecDeque<u32>,
    /// Whether no thread will put in another item.
    closed: bool,
}

#[derive(Debug, PartialEq)]
enum Missed {
    TimedOut,
    Closed,
}

impl Buffer {
    fn put(&self, item: u32) -> Result<(), Missed> {
        let state = self.state.lock().expect("no holder panics");
        let (mut state, waited) = self
            .not_full
            .wait_timeout_while(state, PATIENCE, |state| state.items.len() == ROOM)
            .expect("no holder panics");
        if waited.timed_out() {
            return Err(Missed::TimedOut);
        }
        state.items.push_back(item);
        self.not_empty.notify_one();
        Ok(())
    }

    fn get(&self) -> Result<u32, Missed> {
        let state = self.state.lock().expect("no holder panics");
        let (mut state, waited) = self
            .not_empty
            .wait_timeout_while(state, PATIENCE, |state| {
                state.items.is_empty() && !state.closed
            })
            .expect("no holder panics");
        match state.items.pop_front() {
            Some(item) => {
                self.not_full.notify_one();
                Ok(item)
            }
            None if waited.timed_out() => Err(Missed::TimedOut),
            None => Err(Missed::Closed),
        }
    }

    fn close(&self) {
        self.state.lock().expect("no holder panics").closed = true;
        self.not_empty.notify_all();
    }
}

fn produce(buffer: &Buffer, first: usize) {
    for item in (first as u32..ITEMS).step_by(PRODUCERS) {
        // A producer is patient and tries again.
        while buffer.put(item) == Err(Missed::TimedOut) {}
    }
}

fn consume(buffer: &Buffer) -> Vec<u32> {
    let mut got = Vec::new();
    loop {
        match buffer.get() {
            Ok(item) => got.push(item),
            Err(Missed::TimedOut) => {}
            Err(Missed::Closed) => return got,
        }
    }
}

fn main() {
    let buffer = Buffer::default();
    let got: Vec<u32> = thread::scope(|scope| {
        let consumers = [(); CONSUMERS].map(|()| scope.spawn(|| consume(&buffer)));
        thread::scope(|scope| {
            for first in 0..PRODUCERS {
                let buffer = &buffer;
                scope.spawn(move || produce(buffer, first));
            }
        });
        buffer.close();
        consumers
            .into_iter()
            .flat_map(|consumer| consumer.join().expect("consumers do not panic"))
            .collect()
    });
    let sum: u32 = got.iter().sum();
    println!("put {ITEMS} items, got {} items, sum {sum}", got.len());

    // There is no other thread, so both calls time out.
    let buffer = Buffer::default();
    let missed = buffer.get() == Err(Missed::TimedOut);
    println!(
        "get from an empty buffer: {}",
        if missed { "timed out" } else { "got one" }
    );
    for item in 0..ROOM as u32 {
        buffer.put(item).expect("there is room");
    }
    let missed = buffer.put(0) == Err(Missed::TimedOut);
    println!(
        "put into a full buffer: {}",
        if missed {
            "timed out"
        } else {
            "there was room"
        }
    );
}
