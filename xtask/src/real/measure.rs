//! What a run of a program takes: processor time, and memory at its peak.

use std::process::{Child, Command};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context as _, Result, bail};

use crate::bench::cpu;
use crate::command;

/// How often a program's memory is looked at. The kernel keeps the peak, and forgets
/// it with the process, so no more than what it grew in the last such time is missed.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// No work takes a tenth of it.
const LIMIT: Duration = Duration::from_secs(600);

/// What a run took, or the runs of all steps of the work.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    pub cpu_s: f64,
    pub peak_kib: f64,
}

impl Cost {
    /// Of two steps, one after the other.
    pub fn then(self, next: Self) -> Self {
        Self {
            cpu_s: self.cpu_s + next.cpu_s,
            peak_kib: self.peak_kib.max(next.peak_kib),
        }
    }

    /// Of two runs of the same, what was least.
    pub fn least(self, other: Self) -> Self {
        Self {
            cpu_s: self.cpu_s.min(other.cpu_s),
            peak_kib: self.peak_kib.min(other.peak_kib),
        }
    }
}

/// Runs `command`, which must succeed, and measures it.
pub fn cost(command: &mut Command) -> Result<Cost> {
    let mut peak_kib = 0.0;
    let cpu_s = cpu::of_children_s(|| {
        let child = command.spawn();
        let mut child =
            child.with_context(|| format!("`{}` did not start", command::line(command)))?;
        peak_kib = watch(&mut child).with_context(|| command::line(command))?;
        Ok(())
    })?;
    Ok(Cost { cpu_s, peak_kib })
}

/// Waits for `child`, and returns its memory at its peak.
fn watch(child: &mut Child) -> Result<f64> {
    let status_file = format!("/proc/{}/status", child.id());
    let began = Instant::now();
    let mut peak_kib: f64 = 0.0;
    loop {
        let status = fs::read_to_string(&status_file).unwrap_or_default();
        peak_kib = peak_kib.max(peak_in(&status).unwrap_or(0.0));
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                bail!("must succeed; it ended with {status}");
            }
            return Ok(peak_kib);
        }
        if began.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            bail!("must end; it ran for {} s", LIMIT.as_secs());
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// The peak of the resident memory in a process's status (proc(5)).
fn peak_in(status: &str) -> Option<f64> {
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().strip_suffix(" kB")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read() {
        assert_eq!(peak_in("VmPeak:\t 9 kB\nVmHWM:\t  1234 kB\n"), Some(1234.0));
        assert_eq!(peak_in("Name:\tsh\n"), None);
    }

    #[test]
    fn steps_add_up_and_runs_do_not() {
        let cost = |cpu_s, peak_kib| Cost { cpu_s, peak_kib };
        assert_eq!(cost(1.0, 5.0).then(cost(2.0, 3.0)), cost(3.0, 5.0));
        assert_eq!(cost(1.0, 5.0).least(cost(2.0, 3.0)), cost(1.0, 3.0));
    }

    #[test]
    fn a_failure_is_told() {
        let error = cost(Command::new("sh").args(["-c", "exit 3"]));
        assert!(error.is_err_and(|error| format!("{error:#}").contains('3')));
    }
}
