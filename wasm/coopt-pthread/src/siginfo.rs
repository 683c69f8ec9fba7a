//! What a handler, or `sigwaitinfo`, is told of a signal: `siginfo_t`.

use core::ffi::c_int;

use coopt_abi::header;
use coopt_threads::signal::Signal;

use crate::answer::fits;
use crate::pid;

/// `siginfo_t` (`signal.h`). It tells which signal it is, and that this process
/// sent it; there is no more to tell.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct SigInfo {
    signal: c_int,
    errno: c_int,
    code: c_int,
    padding: c_int,
    process: c_int,
    user: u32,
    rest: [u32; 28],
}

fits!(SigInfo, "siginfo_t",
    signal is "si_signo", errno is "si_errno", code is "si_code", process is "si_pid",
    user is "si_uid");

impl SigInfo {
    /// What there is to tell of a signal. POSIX XBD `signal.h` allows `SI_USER`
    /// for all ways to send one.
    pub const fn of(signal: Signal) -> Self {
        Self {
            signal: signal.as_int(),
            errno: 0,
            code: header::SI_USER,
            padding: 0,
            process: pid::OWN,
            user: 0,
            rest: [0; 28],
        }
    }
}
