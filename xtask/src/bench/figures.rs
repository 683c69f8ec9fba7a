//! The figures to reach, each computed from the numbers of one round.
//!
//! A missed figure is not an error. The table of figures marks it, so that a
//! reader asks why.

mod outside;

use super::samples::{Round, Source};

/// What a figure may be at most or must be at least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl Limit {
    /// Whether `value` keeps the limit.
    pub fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }
}

/// A figure to reach.
pub struct Figure {
    /// What the figure is, in the words of the table.
    pub what: &'static str,
    pub limit: Limit,
    /// The unit of the limit; a ratio has none.
    pub unit: &'static str,
    /// The value of the figure, if all its numbers were measured.
    pub of: fn(&Round) -> Option<f64>,
}

/// The benchmark of what a blocked thread costs, in KiB.
pub const THREAD_MEMORY: &str = "thread_memory";
/// The benchmark of how many threads there can be.
pub const THREAD_CAP: &str = "thread_cap";
/// The benchmark of the conversion's speed, in MB/s.
pub const CONVERSION: &str = "conversion";
/// The benchmark of the CPU time of a start, in ms.
pub const START: &str = "start";

/// The benchmark of a database, in seconds.
pub const DATABASE: &str = "sqlite_speedtest1";
/// The benchmark of a server, in ns.
pub const ECHO: &str = "echo_100";
/// The same, beside clients that say nothing.
pub const ECHO_BESIDE_SILENT: &str = "echo_100_silent";
/// The size of a program without threads, in kB.
pub const HELLO_SIZE: &str = "hello_size";
/// The size of a program with a thread, in kB.
pub const HELLO_THREAD_SIZE: &str = "hello_thread_size";

/// The benchmarks that the stock wasmtime runs too, as a plain program.
pub const STOCK: [&str; 4] = [
    "file_read_256m",
    "file_write_256m",
    "file_pread",
    "file_pwrite",
];

/// All figures, in the order of the table.
pub fn all() -> impl Iterator<Item = &'static Figure> {
    THREADS.iter().chain(outside::FIGURES)
}

/// The figures of threads, and of coopt itself.
const THREADS: &[Figure] = &[
    Figure {
        what: "condition variable ping-pong / raw round trip",
        limit: Limit::AtMost(1.15),
        unit: "",
        of: |round| over_raw(round, "pingpong_cond", &["switch_round_trip"]),
    },
    Figure {
        what: "semaphore ping-pong / raw round trip",
        limit: Limit::AtMost(1.15),
        unit: "",
        of: |round| over_raw(round, "pingpong_sem", &["switch_round_trip"]),
    },
    Figure {
        what: "(timed ping-pong - one clock read) / untimed ping-pong",
        limit: Limit::AtMost(1.3),
        unit: "",
        of: |round| timed_over_untimed(round, "pingpong_timed", 1.0),
    },
    Figure {
        what: "the same, deadlines computed anew: (- one clock read for each of two waits)",
        limit: Limit::AtMost(1.3),
        unit: "",
        of: |round| timed_over_untimed(round, "pingpong_timed_fresh", 2.0),
    },
    Figure {
        what: "uncontended mutex / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "mutex"),
    },
    Figure {
        what: "uncontended recursive mutex / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "mutex_recursive"),
    },
    Figure {
        what: "uncontended errorcheck mutex / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "mutex_errorcheck"),
    },
    Figure {
        what: "uncontended rwlock, to read / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "rwlock"),
    },
    Figure {
        what: "uncontended rwlock, to write / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "rwlock_write"),
    },
    Figure {
        what: "uncontended semaphore / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "sem"),
    },
    Figure {
        what: "once, done / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "once"),
    },
    Figure {
        what: "thread-specific value / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "key"),
    },
    Figure {
        what: "thread-local variable / native",
        limit: Limit::AtMost(1.5),
        unit: "",
        of: |round| over_native(round, "tls"),
    },
    Figure {
        what: "a rwlock handed over / one raw switch",
        limit: Limit::AtMost(1.2),
        unit: "",
        of: |round| over_switch(round, "contended_rwlock"),
    },
    Figure {
        what: "a semaphore handed over / one raw switch",
        limit: Limit::AtMost(1.2),
        unit: "",
        of: |round| over_switch(round, "contended_sem"),
    },
    Figure {
        what: "a condition variable handed over / one raw switch",
        limit: Limit::AtMost(1.2),
        unit: "",
        of: |round| over_switch(round, "token_ring"),
    },
    Figure {
        what: "a wake-up of a broadcast to 100 / one raw switch",
        limit: Limit::AtMost(1.3),
        unit: "",
        of: |round| over_switch(round, "broadcast_100"),
    },
    Figure {
        what: "cancelling one of 1000 / one of 100 (linear: 1 and cache misses; quadratic: 10)",
        limit: Limit::AtMost(3.0),
        unit: "",
        of: |round| Some(coopt(round, "cancel_1000")? / coopt(round, "cancel_100")?),
    },
    Figure {
        what: "signal with no waiter / uncontended mutex",
        limit: Limit::AtMost(3.0),
        unit: "",
        of: |round| over_mutex(round, "cond_signal_nobody"),
    },
    Figure {
        what: "post with no waiter / uncontended mutex",
        limit: Limit::AtMost(3.0),
        unit: "",
        of: |round| over_mutex(round, "sem_post_nobody"),
    },
    Figure {
        what: "futex wake with no waiter / uncontended mutex",
        limit: Limit::AtMost(3.0),
        unit: "",
        of: |round| over_mutex(round, "futex_wake_nobody"),
    },
    Figure {
        what: "create and join / raw create, run and end",
        limit: Limit::AtMost(0.7),
        unit: "",
        of: |round| over_raw(round, "create_join", &["create_run_end", "create_yield"]),
    },
    Figure {
        what: "fairness: fewest turns / most turns",
        limit: Limit::AtLeast(0.5),
        unit: "",
        of: |round| coopt(round, "fairness"),
    },
    Figure {
        what: "resident memory of a blocked thread, 10,000 at once",
        limit: Limit::AtMost(16.0),
        unit: "KiB",
        of: |round| coopt(round, THREAD_MEMORY),
    },
    Figure {
        what: "threads at once; one more gets EAGAIN and the program goes on",
        limit: Limit::AtLeast(10_001.0),
        unit: "threads",
        of: |round| coopt(round, THREAD_CAP),
    },
    Figure {
        what: "a wait of 1 ms, median",
        limit: Limit::AtMost(1200.0),
        unit: "us",
        of: |round| coopt(round, "wait_1ms"),
    },
    Figure {
        what: "a sleep of 50 us, median",
        limit: Limit::AtMost(150.0),
        unit: "us",
        of: |round| coopt(round, "sleep_50us"),
    },
    Figure {
        what: "conversion",
        limit: Limit::AtLeast(10.0),
        unit: "MB/s",
        of: |round| coopt(round, CONVERSION),
    },
    Figure {
        what: "CPU time of `coopt run` of a cached 1 MB program",
        limit: Limit::AtMost(50.0),
        unit: "ms",
        of: |round| coopt(round, START),
    },
];

/// The raw measurements that `benchmark` is compared with. The cheapest counts.
pub fn raw_counterparts(benchmark: &str) -> &'static [&'static str] {
    match benchmark {
        "pingpong_futex"
        | "pingpong_sem"
        | "pingpong_cond"
        | "pingpong_timed"
        | "pingpong_timed_fresh"
        | "contended_rwlock"
        | "contended_sem"
        | "token_ring"
        | "broadcast_100" => &["switch_round_trip"],
        "create_join" | "create_join_100" => &["create_run_end", "create_yield"],
        "yield_alone" => &["yield"],
        "clock" => &["clock"],
        _ => &[],
    }
}

/// The cheapest of some raw measurements taken right after `benchmark`.
pub fn raw(round: &Round, benchmark: &str, names: &[&'static str]) -> Option<f64> {
    let values = names
        .iter()
        .filter_map(|name| round.get(benchmark, Source::Raw(name)));
    values.min_by(f64::total_cmp)
}

fn coopt(round: &Round, benchmark: &str) -> Option<f64> {
    round.get(benchmark, Source::Coopt)
}

fn over_raw(round: &Round, benchmark: &str, names: &[&'static str]) -> Option<f64> {
    Some(coopt(round, benchmark)? / raw(round, benchmark, names)?)
}

fn over_native(round: &Round, benchmark: &str) -> Option<f64> {
    Some(coopt(round, benchmark)? / round.get(benchmark, Source::Native)?)
}

/// A round trip is two switches. Half a round trip is the yardstick for more
/// than two threads too: in a ring of 16 or 100 threads (`switch_ring_*`) a raw
/// switch costs no more.
fn over_switch(round: &Round, benchmark: &str) -> Option<f64> {
    Some(2.0 * over_raw(round, benchmark, &["switch_round_trip"])?)
}

/// How fast coopt is, when the stock wasmtime has the speed 1.
fn speed_to_stock(round: &Round, benchmark: &str) -> Option<f64> {
    Some(round.get(benchmark, Source::Stock)? / coopt(round, benchmark)?)
}

/// How fast coopt is, when the native program has the speed 1.
fn speed_to_native(round: &Round, benchmark: &str) -> Option<f64> {
    Some(round.get(benchmark, Source::Native)? / coopt(round, benchmark)?)
}

fn over_mutex(round: &Round, benchmark: &str) -> Option<f64> {
    Some(coopt(round, benchmark)? / coopt(round, "mutex")?)
}

fn timed_over_untimed(round: &Round, benchmark: &str, clock_reads: f64) -> Option<f64> {
    let clock = round.get(benchmark, Source::Raw("clock"))?;
    Some((coopt(round, benchmark)? - clock_reads * clock) / coopt(round, "pingpong_cond")?)
}
