//! Three stages connected by crossbeam's channels.
//!
//! The first stage sends numbers, the second squares them with two workers, and
//! the third adds the squares up. The channels are small, so a fast stage waits
//! for the next stage, and the pipeline never holds more than a few items. A
//! stage ends when the stage before it has ended and the channel is empty.

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
    // A channel without room: a send waits for its receiver.
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
        // The squarers have clones. These ends would keep the channels open.
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
