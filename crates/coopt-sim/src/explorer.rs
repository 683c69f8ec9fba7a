//! Runs a program under many schedules, and says which one broke it.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::thread;

use crate::chooser::{Choice, Chooser, Pct, Policy};
use crate::kernel::{Kernel, Model, Scheduled};
use crate::rng::Rng;
use crate::{Schedule, World};

/// Set to a replay string, has every [`Explorer`] of that label run this one
/// schedule and all others nothing.
const REPLAY_VARIABLE: &str = "COOPT_SIM_REPLAY";

/// Set, has the first failure end the process: enough for `cargo xtask
/// mutants`, which only asks whether there is a failure.
const FAIL_FAST_VARIABLE: &str = "COOPT_SIM_FAIL_FAST";

/// The exit code of a process that fails fast: that of failed tests.
const FAILED: i32 = 101;

/// A program to explore. The call is indirect, so that the exploration is
/// compiled once: compiled for each program, it would be most of a mutant's
/// cost.
type Program<'a> = dyn Fn(&World) + 'a;

/// Explores the schedules of programs on one kernel.
#[derive(Clone, Debug)]
pub struct Explorer {
    label: String,
    new_kernel: fn() -> Box<dyn Kernel>,
}

/// What was explored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many schedules.
    pub schedules: u64,
    /// The largest number of choices in one of them.
    pub choices_max: usize,
    /// Whether no schedule was left out.
    pub complete: bool,
}

/// Bounds on an exhaustive exploration.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// Choices beyond these are not varied.
    choices_max: usize,
    schedules_max: u64,
}

impl Explorer {
    /// On the model: any runnable thread may run next.
    #[must_use]
    pub fn model(label: &str) -> Self {
        Self {
            label: format!("model-{label}"),
            new_kernel: || Box::new(Model::new()),
        }
    }

    /// On the model, with releases that may cost the caller its turn.
    #[must_use]
    pub fn preemptive(label: &str) -> Self {
        Self {
            label: format!("preemptive-{label}"),
            new_kernel: || Box::new(Model::preemptive()),
        }
    }

    /// On coopt-sched.
    #[must_use]
    pub fn scheduled(label: &str) -> Self {
        Self {
            label: format!("scheduled-{label}"),
            new_kernel: || Box::new(Scheduled::new()),
        }
    }

    /// On coopt-sched, with threads whose priorities change as they yield.
    #[must_use]
    pub fn prioritised(label: &str) -> Self {
        Self {
            label: format!("prioritised-{label}"),
            new_kernel: || Box::new(Scheduled::prioritised()),
        }
    }

    /// Runs every schedule, depth first, as far as the bounds allow: choices
    /// after the first `choices_max` are not varied, and no more than
    /// `schedules_max` schedules are run.
    ///
    /// # Panics
    ///
    /// When the program fails; the message says how to replay it. The other
    /// explorations panic likewise.
    pub fn exhaustive(
        &self,
        choices_max: usize,
        schedules_max: u64,
        program: &Program<'_>,
    ) -> Report {
        let bounds = Bounds {
            choices_max,
            schedules_max,
        };
        self.unless_replaying(program, &|| self.depth_first(bounds, program))
    }

    /// Runs `count` schedules drawn at random, from seed 0 on.
    pub fn random(&self, count: u64, program: &Program<'_>) -> Report {
        self.unless_replaying(program, &|| {
            self.seeded(count, program, &|seed, _| Policy::Random(Rng::new(seed)))
        })
    }

    /// Runs `count` schedules by probabilistic concurrency testing, which
    /// finds bugs that take `depth` constraints on the order of events.
    pub fn pct(&self, count: u64, depth: usize, program: &Program<'_>) -> Report {
        self.unless_replaying(program, &|| {
            self.seeded(count, program, &|seed, length| {
                Policy::Pct(Pct::new(seed, depth, length))
            })
        })
    }

    /// Runs one schedule.
    pub fn replay(&self, schedule: &Schedule, program: &Program<'_>) {
        self.run(Policy::Replay(schedule.clone()), "replayed", program);
    }

    fn depth_first(&self, bounds: Bounds, program: &Program<'_>) -> Report {
        let mut report = Report::default();
        let mut path = Vec::new();
        let mut cut = false;
        loop {
            let schedule = Schedule::new(path.clone());
            let made = self.run(Policy::Replay(schedule), "exhaustive", program);
            report.count(&made);
            cut |= made.len() > bounds.choices_max;
            match next_path(&made[..made.len().min(bounds.choices_max)]) {
                Some(next) if report.schedules < bounds.schedules_max => path = next,
                next => {
                    report.complete = next.is_none() && !cut;
                    return report;
                }
            }
        }
    }

    fn seeded(
        &self,
        count: u64,
        program: &Program<'_>,
        policy: &dyn Fn(u64, usize) -> Policy,
    ) -> Report {
        let mut report = Report::default();
        for seed in 0..count {
            let policy = policy(seed, report.choices_max);
            let made = self.run(policy, &format!("seed {seed}"), program);
            report.count(&made);
        }
        report
    }

    /// Runs the program once and returns the choices made.
    fn run(&self, policy: Policy, origin: &str, program: &Program<'_>) -> Vec<Choice> {
        let world = World::new((self.new_kernel)(), Chooser::new(policy));
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            program(&world);
            world.run();
        }));
        let chooser = world.dissolve();
        if outcome.is_err() {
            if env::var_os(FAIL_FAST_VARIABLE).is_some() {
                process::exit(FAILED);
            }
            panic!("{}", self.how_to_replay(&chooser.schedule(), origin));
        }
        chooser.made().to_vec()
    }

    fn how_to_replay(&self, schedule: &Schedule, origin: &str) -> String {
        let test = thread::current().name().unwrap_or_default().to_owned();
        // Of the crate whose tests these are; cargo says so.
        let package = env::var("CARGO_PKG_NAME").unwrap_or_default();
        format!(
            "the program failed as shown above ({}, {origin}); to see it again:\n\
             {REPLAY_VARIABLE}={}:{schedule} cargo test -p {package} -- --exact {test}",
            self.label, self.label,
        )
    }

    /// Explores, unless the environment asks for one schedule only.
    fn unless_replaying(&self, program: &Program<'_>, explore: &dyn Fn() -> Report) -> Report {
        let Ok(wanted) = env::var(REPLAY_VARIABLE) else {
            let report = explore();
            println!("{}: {report:?}", self.label);
            return report;
        };
        match parse_replay(&wanted, &self.label) {
            Some(schedule) => self.replay(&schedule, program),
            None => println!("{}: not the one to replay", self.label),
        }
        Report::default()
    }
}

impl Report {
    fn count(&mut self, made: &[Choice]) {
        self.schedules += 1;
        self.choices_max = self.choices_max.max(made.len());
    }
}

/// The schedule of a replay string if it is for this label.
fn parse_replay(wanted: &str, label: &str) -> Option<Schedule> {
    let (wanted_label, schedule) = wanted.split_once(':')?;
    (wanted_label == label).then(|| match schedule.parse() {
        Ok(schedule) => schedule,
        Err(error) => panic!("{REPLAY_VARIABLE}: {error}"),
    })
}

/// The path after the one that was taken, in depth-first order.
fn next_path(made: &[Choice]) -> Option<Vec<u8>> {
    let last = made
        .iter()
        .rposition(|choice| choice.taken + 1 < choice.count)?;
    let mut path: Vec<_> = made[..=last].iter().map(|choice| choice.taken).collect();
    path[last] += 1;
    Some(path)
}
