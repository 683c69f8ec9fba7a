//! `process::exit` in any thread ends the program with its code.

// EXIT: 9
// STDOUT:
//   soon

use std::{process, thread};

fn main() {
    println!("soon");
    let thread = thread::spawn(|| process::exit(9));
    thread.join().expect("never here");
}
