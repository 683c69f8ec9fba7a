//! Five philosophers share five forks, and nobody starves.
//!
//! A philosopher needs the forks on both sides to eat. If all of them took the
//! left fork first, each could hold one fork and wait for the next: a deadlock,
//! of which coopt would say who waits for whom. So each takes the fork with the
//! lower number first, and the waits cannot form a circle.
//!
//! Philosophers yield while they eat and think. Without a yield, each would eat
//! all its meals in one turn, because threads are cooperative.

// STDOUT:
//   Thales ate 100 times
//   Solon ate 100 times
//   Chilon ate 100 times
//   Pittacus ate 100 times
//   Bias ate 100 times

use std::sync::Mutex;
use std::thread;

const NAMES: [&str; 5] = ["Thales", "Solon", "Chilon", "Pittacus", "Bias"];
const MEALS: u32 = 100;

struct Fork;

struct Philosopher<'table> {
    /// The fork with the lower number of the two within reach.
    first: &'table Mutex<Fork>,
    second: &'table Mutex<Fork>,
    meals: u32,
}

impl<'table> Philosopher<'table> {
    fn seated(seat: usize, forks: &'table [Mutex<Fork>]) -> Self {
        let (left, right) = (seat, (seat + 1) % forks.len());
        Self {
            first: &forks[left.min(right)],
            second: &forks[left.max(right)],
            meals: 0,
        }
    }

    fn live(mut self) -> u32 {
        while self.meals < MEALS {
            self.eat();
            think();
        }
        self.meals
    }

    fn eat(&mut self) {
        let _first = self.first.lock().expect("nobody dies while eating");
        let _second = self.second.lock().expect("nobody dies while eating");
        thread::yield_now();
        self.meals += 1;
    }
}

fn think() {
    thread::yield_now();
}

fn main() {
    let forks = NAMES.map(|_| Mutex::new(Fork));
    thread::scope(|table| {
        let lives: Vec<_> = NAMES
            .iter()
            .enumerate()
            .map(|(seat, name)| {
                let philosopher = Philosopher::seated(seat, &forks);
                (name, table.spawn(|| philosopher.live()))
            })
            .collect();
        for (name, life) in lives {
            let meals = life.join().expect("philosophers do not panic");
            println!("{name} ate {meals} times");
        }
    });
}
