//! The action on a signal, as C has it: `struct sigaction`.

use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_abi::header;
use coopt_threads::signal::{Action, Disposition, Set, Signal, default_disposition};

use crate::answer::{c_functions, fits};
use crate::siginfo::SigInfo;

/// A handler of C, or `SIG_DFL`, which is null, or the address of one of
/// [`__SIG_IGN`] and [`__SIG_ERR`].
pub type Routine = Option<extern "C" fn(c_int)>;

/// A handler that is told more (`SA_SIGINFO`). The last argument, the
/// interrupted context, is null.
type InformedRoutine = extern "C" fn(c_int, &SigInfo, *mut c_void);

/// `struct sigaction` (`signal.h`). `SA_ONSTACK`, `SA_NOCLDSTOP` and
/// `SA_NOCLDWAIT` have no effect: alternate stacks and children do not exist.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct SigAction {
    routine: Routine,
    mask: Set,
    flags: c_int,
    restorer: *const c_void,
}

fits!(SigAction, "struct sigaction",
    routine is "sa_handler", routine is "sa_sigaction", mask is "sa_mask", flags is "sa_flags");

impl SigAction {
    /// The action of `signal`: the handler stays, and interrupted calls go on, as
    /// in musl and the GNU C library.
    pub fn of_routine(routine: Routine) -> Self {
        Self {
            routine,
            flags: header::SA_RESTART,
            ..Self::DEFAULT
        }
    }

    /// What `signal` returns of the action before.
    pub fn routine(&self) -> Routine {
        self.routine
    }

    /// Runs the handler.
    pub fn run(&self, signal: Signal) {
        let Some(routine) = self.routine else { return };
        if self.flags & header::SA_SIGINFO == 0 {
            // SWITCH: the handler is the program's code.
            return routine(signal.as_int());
        }
        // SAFETY: with `SA_SIGINFO` the program says that its handler is an
        // `InformedRoutine`; C keeps both types in a union.
        let routine: InformedRoutine =
            unsafe { core::mem::transmute::<extern "C" fn(c_int), InformedRoutine>(routine) };
        // SWITCH: the handler is the program's code.
        routine(signal.as_int(), &SigInfo::of(signal), ptr::null_mut());
    }
}

impl Action for SigAction {
    const DEFAULT: Self = Self {
        routine: None,
        mask: Set::EMPTY,
        flags: 0,
        restorer: ptr::null(),
    };

    fn disposition(&self, signal: Signal) -> Disposition {
        match self.routine {
            None => default_disposition(signal),
            Some(routine) if ptr::fn_addr_eq(routine, __SIG_IGN as extern "C" fn(c_int)) => {
                Disposition::Ignore
            }
            Some(_) => Disposition::Handle,
        }
    }

    fn blocks(&self, signal: Signal) -> Set {
        if self.flags & header::SA_NODEFER == 0 {
            self.mask.or(Set::of(signal))
        } else {
            self.mask
        }
    }

    fn restarts(&self) -> bool {
        self.flags & header::SA_RESTART != 0
    }

    fn is_once(&self) -> bool {
        self.flags & header::SA_RESETHAND != 0
    }
}

c_functions! {
    /// The function that `SIG_IGN` points to; it can be called like any
    /// handler.
    fn __SIG_IGN(_number: c_int) {}

    /// The function that `SIG_ERR` points to: no handler.
    fn __SIG_ERR(_number: c_int) {
        core::arch::wasm32::unreachable()
    }
}
