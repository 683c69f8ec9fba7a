//! A channel without room: each message waits for its receiver. A channel
//! without a sender says so, and a wait with a time limit ends.

// STDOUT:
//   received 0 to 99 in order
//   timed out, then disconnected

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

fn main() {
    let (sender, receiver) = mpsc::sync_channel(0);
    let numbers =
        thread::spawn(move || (0..100).for_each(|n| sender.send(n).expect("somebody receives")));
    assert!(receiver.iter().eq(0..100));
    numbers.join().expect("nobody panics");
    println!("received 0 to 99 in order");

    let (sender, receiver) = mpsc::channel::<()>();
    let limit = Duration::from_millis(3);
    assert_eq!(receiver.recv_timeout(limit), Err(RecvTimeoutError::Timeout));
    drop(sender);
    assert_eq!(
        receiver.recv_timeout(limit),
        Err(RecvTimeoutError::Disconnected)
    );
    println!("timed out, then disconnected");
}
