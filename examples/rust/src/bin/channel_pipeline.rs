//! Three stages connected by crossbeam's channels.
//!
//! Numbers go in at one end; two workers square them; a third stage adds the
//! squares up. The channels hold little, so a stage that is ahead waits for
//! the next: the pipeline never holds more than a few items. Each stage ends
//! when the one before it has ended and its channel is empty.

// STDOUT:
//   1000 numbers squared by 2 workers, sum 332833500
//   a quiet channel: timed out
//   of two channels, the one with a message: second

use std::thread;
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, bounded, select, unbounded};

const NUMBERS: u64 = 1000;
const SQUARERS: usize = 2;

fn main() {
    let (numbers_in, numbers) = bounded(2);
    // No room at all: sender and receiver meet.
    let (squares_in, squares) = bounded(0);

    thread::scope(|scope| {
        scope.spawn(move || {
            for number in 0..NUMBERS {
                numbers_in.send(number).expect("the squarers listen");
            }
        });
        for _ in 0..SQUARERS {
            let (numbers, squares_in) = (numbers.clone(), squares_in.clone());
            scope.spawn(move || {
                for number in numbers {
                    squares_in.send(number * number).expect("somebody adds up");
                }
            });
        }
        // The squarers have their own; with these the channel would stay open.
        drop((numbers, squares_in));

        let sum = scope.spawn(|| squares.iter().sum::<u64>());
        let sum = sum.join().expect("adding does not panic");
        println!("{NUMBERS} numbers squared by {SQUARERS} workers, sum {sum}");
    });

    let (_kept_open, quiet) = unbounded::<()>();
    let missed = quiet.recv_timeout(Duration::from_millis(5)) == Err(RecvTimeoutError::Timeout);
    println!(
        "a quiet channel: {}",
        if missed { "timed out" } else { "spoke" }
    );

    let (second_in, second) = unbounded();
    let sender = thread::spawn(move || second_in.send("second"));
    let message = select! {
        recv(quiet) -> _ => Ok("first"),
        recv(second) -> message => message,
    };
    println!(
        "of two channels, the one with a message: {}",
        message.unwrap_or("neither")
    );
    sender
        .join()
        .expect("sending does not panic")
        .expect("somebody listens");
}
