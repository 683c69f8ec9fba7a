//! The options that `coopt run` and `coopt build` share.

use std::path::Path;

use clap::ValueEnum;
use coopt_abi::thread::{LIVE_DEFAULT, LIVE_MAX};
use coopt_build::{Options, Threads};

use crate::failure::Failure;

/// How a core module is made into a component.
#[derive(clap::Args)]
pub struct BuildArgs {
    /// Whether the program may create threads [default: on]
    #[arg(long, value_name = "on|off", hide_possible_values = true)]
    threads: Option<Switch>,

    /// How many threads may live at once
    #[arg(
        long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(LIVE_MAX)),
        long_help = format!("How many threads may live at once, the first included: 1 to {LIVE_MAX} [default: {LIVE_DEFAULT}]")
    )]
    max_threads: Option<u32>,

    /// Where the turn of a thread may end that does not wait [default: spins]
    #[arg(
        long,
        value_name = "spins|loops|off",
        hide_possible_values = true,
        long_help = "\
Where the turn of a thread may end that does not wait [default: spins]

  spins  where it may look for what another thread does: at atomic instructions,
         and in loops that only look at memory
  loops  in every loop, so that no computation keeps the others waiting; loops
         take a few per cent longer
  off    nowhere"
    )]
    preempt: Option<Preempt>,

    /// Whether a thread traps whose stack overflows [default: on]
    #[arg(long, value_name = "on|off", hide_possible_values = true)]
    stack_check: Option<Switch>,

    /// Whether calls by pointers look at the types of functions [default: on]
    #[arg(
        long,
        value_name = "on|off",
        hide_possible_values = true,
        long_help = "\
Whether calls by pointers look at the types of functions [default: on]: the C
library then calls functions of other types as native ones do (a thread's
function without a parameter), and a trap says which function it was"
    )]
    call_check: Option<Switch>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Preempt {
    Spins,
    Loops,
    Off,
}

#[derive(Clone, Copy, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl BuildArgs {
    /// What the options mean to coopt-build.
    pub fn options(&self) -> Options {
        let threads = match self.threads {
            None | Some(Switch::On) => Threads::On,
            Some(Switch::Off) => Threads::Off,
        };
        let defaults = Options::default();
        let preempt = match self.preempt {
            None => defaults.preempt,
            Some(Preempt::Spins) => coopt_build::Preempt::Spins,
            Some(Preempt::Loops) => coopt_build::Preempt::Loops,
            Some(Preempt::Off) => coopt_build::Preempt::Off,
        };
        Options {
            threads,
            live_threads_max: self.max_threads.unwrap_or(LIVE_DEFAULT),
            preempt,
            stack_check: !matches!(self.stack_check, Some(Switch::Off)),
            call_check: !matches!(self.call_check, Some(Switch::Off)),
            ..defaults
        }
    }

    /// Refuses these options for the component `path`, which is built already.
    pub fn refuse_for_component(&self, path: &Path) -> Result<(), Failure> {
        let refused = |option| {
            Err(Failure::FixedInComponent {
                option,
                path: path.to_owned(),
            })
        };
        let typed = [
            ("max-threads", self.max_threads.is_some()),
            ("threads", self.threads.is_some()),
            ("preempt", self.preempt.is_some()),
            ("stack-check", self.stack_check.is_some()),
            ("call-check", self.call_check.is_some()),
        ];
        match typed.iter().find(|(_, is_typed)| *is_typed) {
            Some((option, _)) => refused(*option),
            None => Ok(()),
        }
    }
}
