//! A pool of threads that work through a queue of jobs.
//!
//! The queue is a channel whose receiving end the workers share under a mutex.
//! When the channel is closed, the workers finish the queued jobs and end.
//! Results are stored by job, so the output does not depend on which worker ran
//! which job.

// STDOUT:
//   primes below 1000: 168
//   primes below 2000: 303
//   primes below 3000: 430
//   primes below 4000: 550
//   primes below 5000: 669
//   primes below 6000: 783
//   primes below 7000: 900
//   primes below 8000: 1007
//   8 jobs by 3 workers

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

const WORKERS: usize = 3;
const JOBS: usize = 8;

type Job = Box<dyn FnOnce() + Send>;

struct Pool {
    jobs: Sender<Job>,
    workers: Vec<JoinHandle<usize>>,
}

impl Pool {
    fn new(workers: usize) -> Self {
        let (jobs, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        let workers = (0..workers)
            .map(|number| {
                let queue = Arc::clone(&queue);
                thread::Builder::new()
                    .name(format!("worker {number}"))
                    .spawn(move || work(&queue))
                    .expect("a thread can be started")
            })
            .collect();
        Self { jobs, workers }
    }

    fn submit(&self, job: impl FnOnce() + Send + 'static) {
        self.jobs.send(Box::new(job)).expect("the workers listen");
    }

    /// Waits for every job that was submitted, and returns their number.
    fn shut_down(self) -> usize {
        drop(self.jobs);
        let done = self
            .workers
            .into_iter()
            .map(|worker| worker.join().expect("jobs do not panic"));
        done.sum()
    }
}

/// Runs jobs until the channel is closed and empty, and returns their number.
fn work(queue: &Mutex<Receiver<Job>>) -> usize {
    let mut done = 0;
    loop {
        // A statement of its own, so that the lock is not held while the job runs.
        let job = queue.lock().expect("taking a job does not panic").recv();
        match job {
            Ok(job) => job(),
            Err(_) => return done,
        }
        done += 1;
    }
}

fn count_primes(below: u32) -> usize {
    let is_prime = |n: &u32| {
        (2..)
            .take_while(|divisor| divisor * divisor <= *n)
            .all(|divisor| n % divisor != 0)
    };
    (2..below).filter(is_prime).count()
}

fn main() {
    let below = |job: usize| (job as u32 + 1) * 1000;
    let counts = Arc::new(Mutex::new([0; JOBS]));
    let pool = Pool::new(WORKERS);
    for job in 0..JOBS {
        let counts = Arc::clone(&counts);
        pool.submit(move || {
            let primes = count_primes(below(job));
            counts.lock().expect("storing a count does not panic")[job] = primes;
        });
    }
    let done = pool.shut_down();

    for (job, primes) in counts
        .lock()
        .expect("the workers are gone")
        .iter()
        .enumerate()
    {
        println!("primes below {}: {primes}", below(job));
    }
    println!("{done} jobs by {WORKERS} workers");
}
