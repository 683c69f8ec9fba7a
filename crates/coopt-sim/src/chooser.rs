//! Who makes the choices of one run, and which ones were made.

use crate::rng::Rng;
use crate::schedule::{ALTERNATIVES_MAX, Schedule};

/// A choice that was made.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub taken: u8,
    /// Out of how many.
    pub count: u8,
}

/// Makes the choices of one run and records them.
pub struct Chooser {
    policy: Policy,
    made: Vec<Choice>,
}

/// How choices are made.
pub enum Policy {
    /// As the schedule says; after its end, the first alternative.
    Replay(Schedule),
    /// Each alternative is equally likely.
    Random(Rng),
    /// By priorities.
    Pct(Pct),
}

impl Chooser {
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            made: Vec::new(),
        }
    }

    /// Chooses a number below `count`.
    pub fn number(&mut self, count: usize) -> usize {
        self.choose(count, |policy, position| match policy {
            Policy::Replay(schedule) => usize::from(schedule.choice(position)),
            Policy::Random(rng) => rng.below(count),
            Policy::Pct(pct) => pct.rng.below(count),
        })
    }

    /// Chooses what happens next among `keys`. A key means the same thread or
    /// event throughout the run.
    pub fn next(&mut self, keys: &[usize]) -> usize {
        self.choose(keys.len(), |policy, position| match policy {
            Policy::Replay(schedule) => usize::from(schedule.choice(position)),
            Policy::Random(rng) => rng.below(keys.len()),
            Policy::Pct(pct) => pct.highest(keys, position),
        })
    }

    /// Notes that the thread `key` lets others go first, whatever its priority.
    pub fn step_back(&mut self, key: usize) {
        if let Policy::Pct(pct) = &mut self.policy {
            pct.demote(key);
        }
    }

    /// The choices so far.
    pub fn made(&self) -> &[Choice] {
        &self.made
    }

    /// The choices so far, to be replayed.
    pub fn schedule(&self) -> Schedule {
        Schedule::new(self.made.iter().map(|choice| choice.taken).collect())
    }

    fn choose(&mut self, count: usize, take: impl FnOnce(&mut Policy, usize) -> usize) -> usize {
        assert!(count > 0, "a choice among nothing");
        assert!(
            count <= ALTERNATIVES_MAX,
            "{count} alternatives are too many"
        );
        if count == 1 {
            return 0;
        }
        let taken = take(&mut self.policy, self.made.len());
        assert!(taken < count, "the schedule belongs to another program");
        self.made.push(Choice {
            taken: taken as u8,
            count: count as u8,
        });
        taken
    }
}

/// Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): the
/// thread of the highest priority runs, priorities are drawn once, and at
/// `depth - 1` drawn positions the running one falls below all others. A bug
/// that needs `depth` ordering constraints is then hit with a probability that
/// shrinks with the length of the run to the power of `depth - 1` only.
///
/// What comes from outside (timers, interruptions) has a priority as well.
pub struct Pct {
    rng: Rng,
    /// By key; higher first.
    priorities: Vec<i64>,
    /// Positions at which the highest one is demoted.
    changes: Vec<usize>,
    /// The lowest priority so far.
    lowest: i64,
}

impl Pct {
    /// For runs of about `length` choices.
    pub fn new(seed: u64, depth: usize, length: usize) -> Self {
        let mut rng = Rng::new(seed);
        let changes = (1..depth).map(|_| rng.below(length.max(1))).collect();
        Self {
            rng,
            priorities: Vec::new(),
            changes,
            lowest: 0,
        }
    }

    fn highest(&mut self, keys: &[usize], position: usize) -> usize {
        let mut best = self.best(keys);
        if self.changes.contains(&position) {
            self.demote(keys[best]);
            best = self.best(keys);
        }
        best
    }

    fn best(&mut self, keys: &[usize]) -> usize {
        (0..keys.len())
            .max_by_key(|&index| self.priority(keys[index]))
            .unwrap_or(0)
    }

    fn priority(&mut self, key: usize) -> i64 {
        while self.priorities.len() <= key {
            let drawn = self.rng.below(1 << 30) as i64;
            self.priorities.push(1 + drawn);
        }
        self.priorities[key]
    }

    fn demote(&mut self, key: usize) {
        self.priority(key);
        self.lowest -= 1;
        self.priorities[key] = self.lowest;
    }
}
