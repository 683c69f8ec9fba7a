//! CPU time of processes, user and system, as the kernel counts it (proc(5)).

use std::fs;

use anyhow::{Context as _, Result};

/// Linux's `USER_HZ`, the unit of `/proc` whatever the kernel's own tick is.
const TICKS_PER_SECOND: f64 = 100.0;

/// The numbers of the fields for a process itself (`utime` and `stime`), and for its
/// children that have ended (`cutime` and `cstime`).
const OWN: [usize; 2] = [14, 15];
const CHILDREN: [usize; 2] = [16, 17];

/// The seconds that a process took so far.
pub fn of_process_s(id: u32) -> Result<f64> {
    sum_s(&format!("/proc/{id}/stat"), OWN)
}

/// The seconds that the processes which `run` starts and awaits take.
pub fn of_children_s(run: impl FnOnce() -> Result<()>) -> Result<f64> {
    let all_s = || sum_s("/proc/self/stat", CHILDREN);
    let began_s = all_s()?;
    run()?;
    Ok(all_s()? - began_s)
}

fn sum_s(file: &str, numbers: [usize; 2]) -> Result<f64> {
    let stat = fs::read_to_string(file).with_context(|| format!("reading `{file}`"))?;
    let strange = || format!("a strange `{file}`");
    // The second field is the program's name, in brackets, and may hold anything.
    let (_, fields) = stat.rsplit_once(") ").with_context(strange)?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let mut ticks = 0.0;
    for number in numbers {
        let field = fields.get(number - 3).and_then(|field| field.parse().ok());
        let field: f64 = field.with_context(strange)?;
        ticks += field;
    }
    Ok(ticks / TICKS_PER_SECOND)
}
