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
        Options {
            threads,
            live_threads_max: self.max_threads.unwrap_or(LIVE_DEFAULT),
            ..Options::default()
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
        match (self.max_threads, self.threads) {
            (Some(_), _) => refused("max-threads"),
            (None, Some(_)) => refused("threads"),
            (None, None) => Ok(()),
        }
    }
}
