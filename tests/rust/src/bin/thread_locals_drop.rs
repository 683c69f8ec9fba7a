//! Each thread has its own thread-local values, which are dropped at its end,
//! before `join` returns.

// STDOUT:
//   dropped 1
//   dropped 2
//   main still has 0

use std::cell::RefCell;
use std::thread;

struct Loud(u32);

impl Drop for Loud {
    fn drop(&mut self) {
        if self.0 != 0 {
            println!("dropped {}", self.0);
        }
    }
}

thread_local! {
    static LOUD: RefCell<Loud> = const { RefCell::new(Loud(0)) };
}

fn main() {
    LOUD.with(|loud| assert_eq!(loud.borrow().0, 0));
    for number in 1..=2 {
        let thread = thread::spawn(move || {
            LOUD.with(|loud| loud.borrow_mut().0 += number);
            thread::yield_now();
            LOUD.with(|loud| assert_eq!(loud.borrow().0, number));
        });
        thread.join().expect("nobody panics");
    }
    LOUD.with(|loud| println!("main still has {}", loud.borrow().0));
}
