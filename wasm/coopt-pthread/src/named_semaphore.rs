//! `sem_open`, `sem_close`, `sem_unlink`.

use core::ffi::{CStr, c_char, c_int, c_uint};
use core::ptr;

use coopt_abi::header::{O_CREAT, O_EXCL};
use coopt_threads::named::{self, Memory, Named, NamedSemaphores};
use coopt_threads::objects::Semaphore;
use coopt_threads::{calls, switch};

use crate::answer::c_functions;
use crate::cooperative::Cooperative;
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::libc;

static SEMAPHORES: Cooperative<NamedSemaphores> = Cooperative::new(NamedSemaphores::new());

const _: () = assert!(align_of::<Named>() <= libc::MALLOC_ALIGN);

impl Memory for Coopt {
    fn allocate(&self) -> Option<*mut Named> {
        Some(libc::allocate(size_of::<Named>())?.cast())
    }

    fn free(&self, named: *const Named) {
        // SAFETY: `allocate` made the place, and nobody can reach it any more.
        unsafe { libc::release(named.cast_mut().cast()) };
    }
}

/// What `sem_open` takes beyond its flags with `O_CREAT`. C passes arguments
/// after an ellipsis in memory (the C ABI of wasm).
#[repr(C)]
pub struct Creation {
    /// Access rights, `mode_t`.
    _mode: c_uint,
    value: c_uint,
}

/// A name that C passed.
///
/// # Safety
///
/// `name` ends in a zero byte, and lives for `'a`.
unsafe fn bytes<'a>(name: *const c_char) -> &'a [u8] {
    // SAFETY: as the caller promises.
    unsafe { CStr::from_ptr(name) }.to_bytes()
}

c_functions! {
    /// POSIX XSH `sem_open`: `EEXIST`, `ENOENT`, `EINVAL` for an invalid name
    /// or a value above `SEM_VALUE_MAX`, `ENAMETOOLONG`, `ENOMEM`.
    ///
    /// # Safety
    ///
    /// `name` ends in a zero byte, and `creation` is there if `flags` say so.
    unsafe fn sem_open(
        name: *const c_char,
        flags: c_int,
        creation: *const Creation,
    ) -> (*const Semaphore) {
        switch::begin(&Coopt, calls::ASK);
        // SAFETY: as the caller promises.
        let name = unsafe { bytes(name) };
        let creation = (flags & O_CREAT != 0).then(|| named::Creation {
            // SAFETY: as the caller promises.
            value: unsafe { &*creation }.value,
            is_exclusive: flags & O_EXCL != 0,
        });
        match SEMAPHORES.open(&Coopt, name, creation) {
            Ok(semaphore) => semaphore,
            Err(error) => {
                libc::set_errno(Errno::from(error).number());
                ptr::null()
            }
        }
    }

    /// POSIX XSH `sem_close`: `EINVAL` for a semaphore that is not open.
    fn sem_close(semaphore: *const Semaphore) -> minus_one {
        SEMAPHORES.close(&Coopt, semaphore)?
    }

    /// POSIX XSH `sem_unlink`: `ENOENT`, `ENAMETOOLONG`.
    ///
    /// # Safety
    ///
    /// `name` ends in a zero byte.
    unsafe fn sem_unlink(name: *const c_char) -> minus_one {
        switch::begin(&Coopt, calls::ASK);
        // SAFETY: as the caller promises.
        SEMAPHORES.unlink(&Coopt, unsafe { bytes(name) })?
    }
}
