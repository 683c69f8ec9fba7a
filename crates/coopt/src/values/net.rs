//! `--net=REACH`.

use clap::ValueEnum;
use coopt_host::Reach;

/// What a program may reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Net {
    /// No address
    #[default]
    None,
    /// This machine, by 127.0.0.0/8, ::1 and `localhost`
    Loopback,
    /// Every address, and names
    All,
}

impl Net {
    /// What coopt-host calls it.
    pub fn reach(self) -> Reach {
        match self {
            Self::None => Reach::Nothing,
            Self::Loopback => Reach::Loopback,
            Self::All => Reach::All,
        }
    }

    /// The options that allow an address, in words.
    pub fn remedy(is_loopback: bool) -> &'static str {
        if is_loopback {
            "`--net=loopback`, or `--net=all`"
        } else {
            "`--net=all`"
        }
    }
}
