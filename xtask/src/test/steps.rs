//! The steps of a run: how long each takes, and what fails in it.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::tally::Tally;

/// A run in progress.
#[derive(Default)]
pub struct Steps {
    tally: Tally,
    times: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Takes a step that counts as one test.
    pub fn check(&mut self, name: &'static str, act: impl FnOnce() -> Result<()>) {
        let outcome = self.timed(name, |_| act());
        self.tally.passed += usize::from(outcome.is_ok());
        self.note(name, outcome);
    }

    /// Takes a step that runs tests. If the step fails and names no failed test,
    /// the step itself counts as failed.
    pub fn tests(&mut self, name: &'static str, act: impl FnOnce(&mut Tally) -> Result<()>) {
        let before = self.tally.failed.len();
        let outcome = self.timed(name, act);
        if self.tally.failed.len() == before {
            self.note(name, outcome);
        }
    }

    /// Takes a step that all later steps need; `None` when the step fails.
    pub fn need<T>(&mut self, name: &'static str, act: impl FnOnce() -> Result<T>) -> Option<T> {
        match self.timed(name, |_| act()) {
            Ok(made) => Some(made),
            Err(error) => {
                self.note(name, Err(error));
                None
            }
        }
    }

    fn timed<T>(&mut self, name: &'static str, act: impl FnOnce(&mut Tally) -> T) -> T {
        eprintln!("test: {name}");
        let started = Instant::now();
        let outcome = act(&mut self.tally);
        self.times.push((name, started.elapsed()));
        outcome
    }

    fn note(&mut self, name: &str, outcome: Result<()>) {
        if let Err(error) = outcome {
            eprintln!("error: {error:#}");
            self.tally.failed.push(format!("{name}: {error:#}"));
        }
    }

    /// Whether any test was run, or skipped.
    pub fn is_empty(&self) -> bool {
        self.tally == Tally::default()
    }

    /// Says how long each step took, and what failed.
    ///
    /// # Errors
    /// When a step or a test failed.
    pub fn finish(self) -> Result<()> {
        println!("\ntimes:");
        for (name, time) in &self.times {
            println!("{:>8.1} s  {name}", time.as_secs_f32());
        }
        self.tally.show();
        match self.tally.failed.len() {
            0 => Ok(()),
            count => bail!("{count} failed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_counted_once() {
        let mut steps = Steps::default();
        steps.check("one", || Ok(()));
        steps.check("two", || bail!("broken"));
        steps.tests("three", |tally| {
            tally.add("test a ... FAILED");
            bail!("exit status 101")
        });
        steps.tests("four", |_| bail!("does not build"));
        assert_eq!(steps.need("five", || Ok(5)), Some(5));
        assert_eq!(steps.tally.passed, 1);
        let expected = ["two: broken", "a", "four: does not build"];
        assert_eq!(steps.tally.failed, expected);
        assert!(steps.finish().is_err());
    }
}
