//! One thread reads lines and sends them. The main thread waits for them with a
//! time limit, and does something else in between.
// STDIN: sleep 2; echo hello
// STDOUT:
//   tick 1
//   tick 2
//   tick 3
//   line: hello
//   end of input

use std::io::{self, BufRead as _};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

fn main() {
    let (sender, receiver) = mpsc::channel();
    let reader = thread::spawn(move || {
        let lines = io::stdin().lock().lines();
        lines.for_each(|line| sender.send(line.expect("a line")).expect("main listens"));
    });
    let mut ticks = 0;
    loop {
        let limit = Duration::from_millis(if ticks < 3 { 30 } else { 10_000 });
        match receiver.recv_timeout(limit) {
            Ok(line) => println!("line: {line}"),
            Err(RecvTimeoutError::Timeout) => {
                ticks += 1;
                println!("tick {ticks}");
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    reader.join().expect("it ends");
    println!("end of input");
}
