//! What the process does when a thread gets a signal.

use crate::signal::number::{Set, Signal};

/// The action on a signal, as the program keeps it: `struct sigaction`.
pub trait Action: Copy {
    /// The action of each signal at the start of the program.
    const DEFAULT: Self;

    /// What the action comes to.
    fn disposition(&self, signal: Signal) -> Disposition;

    /// The signals that the action's handler blocks while it runs.
    fn blocks(&self, signal: Signal) -> Set;

    /// Whether calls that the handler interrupts go on afterwards
    /// (`SA_RESTART`).
    fn restarts(&self) -> bool;

    /// Whether the handler serves once (`SA_RESETHAND`).
    fn is_once(&self) -> bool;
}

/// What an action comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Nothing happens.
    Ignore,
    /// The process ends.
    Terminate,
    /// The process ends by a trap.
    Abort,
    /// The process would stop, which WASI cannot do.
    Stop,
    /// The program's handler runs.
    Handle,
}

/// What the default action on a signal comes to (POSIX XBD `signal.h`).
#[must_use]
pub fn default_disposition(signal: Signal) -> Disposition {
    type S = Signal;
    match signal {
        S::CHLD | S::CONT | S::URG | S::WINCH => Disposition::Ignore,
        S::STOP | S::TSTP | S::TTIN | S::TTOU => Disposition::Stop,
        S::ABRT | S::BUS | S::FPE | S::ILL | S::QUIT | S::SEGV => Disposition::Abort,
        S::SYS | S::TRAP | S::XCPU | S::XFSZ => Disposition::Abort,
        _ => Disposition::Terminate,
    }
}
