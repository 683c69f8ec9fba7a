//! A panic that cannot unwind ends the program, and says in which thread it
//! was.

// EXIT: 134
// STDOUT:
//   before
// STDERR-CONTAINS: thread 'baker' (2) panicked at
// STDERR-CONTAINS: out of flour

use std::thread;

fn main() {
    println!("before");
    let baker = thread::Builder::new()
        .name("baker".into())
        .spawn(|| panic!("out of flour"))
        .expect("a thread can be started");
    baker.join().expect("never here");
}
