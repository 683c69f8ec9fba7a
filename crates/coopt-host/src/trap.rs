//! What is known about a trap (H3), and how it is shown.

use std::fmt;

use wasmtime::{Store, Trap as WasmTrap, WasmBacktrace, WasmCoreDump};

use crate::backtrace::{self, Frame, Owner};
use crate::fault::Fault;
use crate::state::State;
use crate::thread_info::ThreadInfo;

/// A trap of the program.
#[derive(Debug)]
pub struct Trap {
    thread: Option<ThreadInfo>,
    cause: String,
    hint: Option<&'static str>,
    frames: Vec<Frame>,
    fault: Option<Fault>,
}

/// How a backtrace is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Whether frames of machinery are shown, too.
    pub full: bool,
    /// Whether there are colours, for a terminal.
    pub colour: bool,
}

impl Trap {
    pub(crate) fn new(error: &wasmtime::Error, store: &Store<State>) -> Self {
        let dump = error.downcast_ref::<WasmCoreDump>();
        let trace = error
            .downcast_ref::<WasmBacktrace>()
            .map(WasmBacktrace::frames);
        let frames = trace
            .or_else(|| dump.map(WasmCoreDump::frames))
            .unwrap_or_default();
        let fault = dump.and_then(|dump| Fault::find(dump, store));
        Self {
            thread: dump.and_then(|dump| ThreadInfo::find(dump, store)),
            cause: fault.map_or_else(|| cause(error), |fault| fault.to_string()),
            hint: match fault {
                Some(fault) => fault.hint(),
                None => error.downcast_ref().and_then(hint),
            },
            fault,
            frames: backtrace::all(frames),
        }
    }

    /// What the program has done wrong, if coopt's checks have found it.
    #[must_use]
    pub const fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// The thread, the cause, the backtrace and a hint, without a last newline.
    #[must_use]
    pub fn report(&self, detail: Detail) -> impl fmt::Display + '_ {
        fmt::from_fn(move |f| {
            f.write_str(&self.to_string())?;
            write_frames(f, &self.frames, detail)?;
            self.hint.map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
        })
    }
}

/// The thread and the cause, on one line.
impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.thread {
            Some(thread) => write!(f, "{thread} trapped: {}", self.cause),
            None => write!(f, "the program trapped: {}", self.cause),
        }
    }
}

/// Wasmtime's text for the trap, or that of the host's function that failed.
fn cause(error: &wasmtime::Error) -> String {
    let text = match error.downcast_ref::<WasmTrap>() {
        Some(trap) => trap.to_string(),
        None => error.root_cause().to_string(),
    };
    text.strip_prefix("wasm trap: ")
        .map_or(text.clone(), str::to_owned)
}

/// What may help against the trap.
fn hint(trap: &WasmTrap) -> Option<&'static str> {
    match trap {
        WasmTrap::StackOverflow => {
            Some("`--stack-size` sets how much native stack each thread may use")
        }
        _ => None,
    }
}

const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// Writes the frames, numbered from the innermost, and how many of machinery
/// are left out between them.
fn write_frames(f: &mut fmt::Formatter<'_>, frames: &[Frame], detail: Detail) -> fmt::Result {
    let mut elided = 0_usize;
    for (number, frame) in frames.iter().enumerate() {
        let ours = frame.owner == Owner::Machinery;
        if ours && !detail.full {
            elided += 1;
            continue;
        }
        write_elided(f, elided, detail)?;
        elided = 0;
        let (dim, reset) = if ours && detail.colour {
            (DIM, RESET)
        } else {
            ("", "")
        };
        write!(f, "\n{dim}{number:>4}: {}", frame.function)?;
        if let Some(place) = &frame.place {
            write!(f, "\n        at {place}")?;
        }
        f.write_str(reset)?;
    }
    write_elided(f, elided, detail)
}

fn write_elided(f: &mut fmt::Formatter<'_>, elided: usize, detail: Detail) -> fmt::Result {
    if elided == 0 {
        return Ok(());
    }
    let frames = if elided == 1 { "frame" } else { "frames" };
    let (dim, reset) = if detail.colour {
        (DIM, RESET)
    } else {
        ("", "")
    };
    write!(
        f,
        "\n      {dim}({elided} {frames} of machinery; COOPT_BACKTRACE=full shows all){reset}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trap() -> Trap {
        let frame = |function: &str, owner| Frame {
            function: function.into(),
            place: None,
            owner,
        };
        let mut frames = vec![
            frame("divide", Owner::Program),
            frame("coopt.thread_start", Owner::Machinery),
            frame("coopt_runtime::enter", Owner::Machinery),
            frame("main", Owner::Program),
            frame("coopt.run", Owner::Machinery),
        ];
        frames[0].place = Some("a.c:3:7".into());
        Trap {
            thread: None,
            cause: "integer divide by zero".into(),
            hint: None,
            fault: None,
            frames,
        }
    }

    #[test]
    fn frames_of_coopt_are_counted_and_left_out() {
        assert_eq!(
            trap().report(Detail::default()).to_string(),
            "the program trapped: integer divide by zero\
             \n   0: divide\
             \n        at a.c:3:7\
             \n      (2 frames of machinery; COOPT_BACKTRACE=full shows all)\
             \n   3: main\
             \n      (1 frame of machinery; COOPT_BACKTRACE=full shows all)"
        );
    }

    #[test]
    fn the_full_report_dims_frames_of_coopt() {
        let detail = Detail {
            full: true,
            colour: true,
        };
        let report = trap().report(detail).to_string();
        assert!(
            report.contains("\n\x1b[2m   1: coopt.thread_start\x1b[0m"),
            "{report}"
        );
        assert!(report.contains("\n   3: main"), "{report}");
        assert!(!report.contains("frames of coopt"), "{report}");
    }
}
