//! What the process does when a thread gets a signal.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use crate::cooperative::Cooperative;
use crate::errno::{Errno, minus_one};
use crate::signal::number::{Set, Signal};
use crate::signal::state::{self, SigInfo};
use crate::thread;

/// `SA_*` (`bits/signal.h`, as edited). `SA_ONSTACK`, `SA_NOCLDSTOP` and
/// `SA_NOCLDWAIT` are about what there is not: alternate stacks and children.
const SIGINFO: c_int = 4;
const RESTART: c_int = 0x1000_0000;
const NODEFER: c_int = 0x4000_0000;
const RESETHAND: c_int = c_int::MIN;

/// A handler of C, or `SIG_DFL`, which is null, or the address of one of
/// [`__SIG_IGN`] and [`__SIG_ERR`].
pub type Routine = Option<extern "C" fn(c_int)>;

/// A handler that is told more (`SA_SIGINFO`). The last argument would be the
/// context that was interrupted; there is none to see.
type InformedRoutine = extern "C" fn(c_int, &SigInfo, *mut c_void);

/// `struct sigaction` (`signal.h`).
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SigAction {
    routine: Routine,
    mask: Set,
    flags: c_int,
    restorer: *const c_void,
}

const _: () = assert!(size_of::<SigAction>() == 24 && align_of::<SigAction>() == 8);

/// What an action comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    Ignore,
    /// Ends the process.
    Terminate,
    /// Ends the process like a trap: something is wrong with it.
    Abort,
    /// Would stop the process, which WASI cannot do.
    Stop,
    Handle,
}

impl SigAction {
    /// What happens at the beginning, by default.
    const DEFAULT: Self = Self {
        routine: None,
        mask: Set::EMPTY,
        flags: 0,
        restorer: ptr::null(),
    };

    /// The action on `signal` that this is.
    pub fn disposition(&self, signal: Signal) -> Disposition {
        match self.routine {
            None => default_disposition(signal),
            Some(routine) if ptr::fn_addr_eq(routine, __SIG_IGN as extern "C" fn(c_int)) => {
                Disposition::Ignore
            }
            Some(_) => Disposition::Handle,
        }
    }

    /// What its handler blocks while it runs.
    pub fn blocks(&self, signal: Signal) -> Set {
        if self.flags & NODEFER == 0 {
            self.mask.or(Set::of(signal))
        } else {
            self.mask
        }
    }

    /// Whether calls that the handler interrupts go on afterwards.
    pub fn restarts(&self) -> bool {
        self.flags & RESTART != 0
    }

    /// Whether the handler serves once.
    pub fn is_once(&self) -> bool {
        self.flags & RESETHAND != 0
    }

    /// Runs the handler.
    pub fn run(&self, signal: Signal) {
        let Some(routine) = self.routine else { return };
        if self.flags & SIGINFO == 0 {
            // SWITCH: the handler is the program's code.
            return routine(signal.as_int());
        }
        // SAFETY: with that flag the program says that its handler is one of
        // these; the two are kept in a union in C.
        let routine: InformedRoutine =
            unsafe { core::mem::transmute::<extern "C" fn(c_int), InformedRoutine>(routine) };
        // SWITCH: as above.
        routine(signal.as_int(), &SigInfo::of(signal), ptr::null_mut());
    }
}

/// POSIX XBD `signal.h`, the table of default actions.
fn default_disposition(signal: Signal) -> Disposition {
    type S = Signal;
    match signal {
        S::CHLD | S::CONT | S::URG | S::WINCH => Disposition::Ignore,
        S::STOP | S::TSTP | S::TTIN | S::TTOU => Disposition::Stop,
        S::ABRT | S::BUS | S::FPE | S::ILL | S::QUIT | S::SEGV => Disposition::Abort,
        S::SYS | S::TRAP | S::XCPU | S::XFSZ => Disposition::Abort,
        _ => Disposition::Terminate,
    }
}

/// The actions on all signals. All zero bytes is the default.
static ACTIONS: Cooperative<[Cell<SigAction>; Signal::MAX as usize]> =
    Cooperative::new([const { Cell::new(SigAction::DEFAULT) }; Signal::MAX as usize]);

/// The action on a signal.
pub fn of(signal: Signal) -> SigAction {
    ACTIONS[signal.index()].get()
}

/// Replaces the action on a signal by the default one.
pub fn reset(signal: Signal) {
    ACTIONS[signal.index()].set(SigAction::DEFAULT);
}

/// Replaces the action on a signal. One that is to be ignored is forgotten
/// wherever it is pending (POSIX XSH 2.4.3).
fn replace(signal: Signal, action: SigAction) -> Result<SigAction, Errno> {
    if signal.is_beyond_control() {
        return Err(Errno::INVAL);
    }
    if action.disposition(signal) == Disposition::Ignore {
        state::discard_of_process(signal);
        thread::all().for_each(|thread| thread.signals.discard(signal));
    }
    Ok(ACTIONS[signal.index()].replace(action))
}

/// POSIX XSH `sigaction`: `EINVAL` for a number that is no signal's, and for a
/// new action on `SIGKILL` or `SIGSTOP`.
#[unsafe(no_mangle)]
pub extern "C" fn sigaction(
    number: c_int,
    new: Option<&Cell<SigAction>>,
    old: Option<&Cell<SigAction>>,
) -> c_int {
    minus_one(Signal::new(number).and_then(|signal| {
        // Both may be the same place.
        let before = match new {
            Some(new) => replace(signal, new.get())?,
            None => of(signal),
        };
        if let Some(old) = old {
            old.set(before);
        }
        Ok(())
    }))
}

/// POSIX XSH `signal`: the handler stays, and interrupted calls go on, as in
/// musl and the GNU C library.
#[unsafe(no_mangle)]
pub extern "C" fn signal(number: c_int, routine: Routine) -> Routine {
    let action = SigAction {
        routine,
        flags: RESTART,
        ..SigAction::DEFAULT
    };
    match Signal::new(number).and_then(|signal| replace(signal, action)) {
        Ok(before) => before.routine,
        Err(error) => {
            minus_one(Err(error));
            Some(__SIG_ERR)
        }
    }
}

/// `bsd_signal`, the former name of what `signal` does.
#[unsafe(no_mangle)]
pub extern "C" fn bsd_signal(number: c_int, routine: Routine) -> Routine {
    signal(number, routine)
}

/// What `SIG_IGN` is the address of. It can be called like any handler.
#[unsafe(no_mangle)]
pub extern "C" fn __SIG_IGN(_number: c_int) {}

/// What `SIG_ERR` is the address of: no handler.
#[unsafe(no_mangle)]
pub extern "C" fn __SIG_ERR(_number: c_int) {
    core::arch::wasm32::unreachable()
}
