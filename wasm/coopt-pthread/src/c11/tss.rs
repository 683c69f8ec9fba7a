//! `tss_*`, and `call_once`.

use core::cell::Cell;
use core::ffi::{c_uint, c_void};

use coopt_abi::header;
use coopt_sync::{Once, ROUNDS_MAX};
use coopt_threads::process::Destructor;

use crate::answer::{c_functions, fits};
use crate::{key, once};

fits!(c_uint, "tss_t");
fits!(Once, "once_flag");
const _: () = assert!(ROUNDS_MAX as i32 == header::TSS_DTOR_ITERATIONS);

c_functions! {
    /// C11 7.26.6.1 `tss_create`: `thrd_error` at the limit of keys.
    fn tss_create(key: &Cell<c_uint>, destructor: Option<Destructor>) -> outcome {
        key::create(key, destructor)?
    }

    /// C11 7.26.6.2 `tss_delete`. It cannot report an unknown key.
    fn tss_delete(key: c_uint) {
        let _no_such_key = key::delete(key);
    }

    /// C11 7.26.6.3 `tss_get`.
    fn tss_get(key: c_uint) -> (*mut c_void) {
        key::get(key)
    }

    /// C11 7.26.6.4 `tss_set`.
    fn tss_set(key: c_uint, value: *mut c_void) -> outcome {
        key::set(key, value)?
    }

    /// C11 7.26.2.1 `call_once`.
    fn call_once(flag: &Once, function: extern "C" fn()) {
        // SWITCH: the function is the program's code, or another thread runs it.
        once::call(flag, function);
    }
}
