//! How the functions of C answer: the one place where a result becomes an `int`,
//! and the table that all of them stand in.

use core::ffi::c_int;

use coopt_abi::header;

use crate::errno::Errno;
use crate::libc;

/// How the functions of `pthread.h` answer: 0, or the error number.
#[inline(always)]
pub fn status(body: impl FnOnce() -> Result<(), Errno>) -> c_int {
    match body() {
        Ok(()) => 0,
        Err(error) => error.number(),
    }
}

/// How the functions of `semaphore.h` and `signal.h` answer: 0, or -1 with
/// `errno` set.
#[inline(always)]
pub fn minus_one(body: impl FnOnce() -> Result<(), Errno>) -> c_int {
    number(|| body().map(|()| 0))
}

/// How the functions answer that return a number: 0 or more, or -1 with `errno`
/// set.
#[inline(always)]
pub fn number(body: impl FnOnce() -> Result<c_int, Errno>) -> c_int {
    body().unwrap_or_else(fail)
}

#[cold]
fn fail(error: Errno) -> c_int {
    libc::set_errno(error.number());
    -1
}

/// How the functions of `threads.h` answer: `thrd_success` or one of its kin.
/// An error that C11 has a name for gets that name; each function's page says
/// which it can return.
#[inline(always)]
pub fn outcome(body: impl FnOnce() -> Result<(), Errno>) -> c_int {
    match body() {
        Ok(()) => header::thrd_success,
        Err(Errno::BUSY) => header::thrd_busy,
        Err(Errno::TIMEDOUT) => header::thrd_timedout,
        Err(Errno::NOMEM) => header::thrd_nomem,
        Err(_) => header::thrd_error,
    }
}

/// How the functions of `wasi/libc.h` answer: a count, or the negated error
/// number.
pub fn negated(body: impl FnOnce() -> Result<u32, Errno>) -> c_int {
    match body() {
        Ok(count) => count.cast_signed(),
        Err(error) => -error.number(),
    }
}

/// A table of functions that C calls.
///
/// A row is documentation, name, parameters, and how the function answers: one
/// of the functions of [this module](self), whose name stands behind the arrow,
/// or a type in parentheses, or nothing. The body's value is what is answered;
/// `?` leaves it with an [`Errno`]. A reference is a C pointer that must not be
/// null, an `Option` of one a C pointer that may be. An `unsafe` row's caller
/// has promises to keep beyond that.
///
/// `tests/symbols.rs` holds the functions against the headers, both ways, and
/// the linker their types: a test program refers to all of them, and is linked
/// with `--fatal-warnings`.
macro_rules! c_functions {
    () => {};
    (
        $(#[$attribute:meta])*
        fn $name:ident($($parameters:tt)*) -> ($answer:ty) $body:block
        $($rows:tt)*
    ) => {
        $(#[$attribute])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($($parameters)*) -> $answer $body
        $crate::answer::c_functions! { $($rows)* }
    };
    (
        $(#[$attribute:meta])*
        fn $name:ident($($parameters:tt)*) -> $answer:ident $body:block
        $($rows:tt)*
    ) => {
        $(#[$attribute])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($($parameters)*) -> core::ffi::c_int {
            $crate::answer::$answer(|| Ok($body))
        }
        $crate::answer::c_functions! { $($rows)* }
    };
    (
        $(#[$attribute:meta])*
        fn $name:ident($($parameters:tt)*) $body:block
        $($rows:tt)*
    ) => {
        $(#[$attribute])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($($parameters)*) $body
        $crate::answer::c_functions! { $($rows)* }
    };
    (
        $(#[$attribute:meta])*
        unsafe fn $name:ident($($parameters:tt)*) -> ($answer:ty) $body:block
        $($rows:tt)*
    ) => {
        $(#[$attribute])*
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name($($parameters)*) -> $answer $body
        $crate::answer::c_functions! { $($rows)* }
    };
    (
        $(#[$attribute:meta])*
        unsafe fn $name:ident($($parameters:tt)*) -> $answer:ident $body:block
        $($rows:tt)*
    ) => {
        $(#[$attribute])*
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name($($parameters)*) -> core::ffi::c_int {
            $crate::answer::$answer(|| Ok($body))
        }
        $crate::answer::c_functions! { $($rows)* }
    };
}

pub(crate) use c_functions;

/// Asserts that a type has the size and the alignment of one of the headers.
macro_rules! fits {
    ($type:ty, $name:literal) => {
        const _: () = assert!(coopt_abi::header::layout($name).fits::<$type>());
    };
    ($type:ty, $name:literal, $($field:ident is $c_field:literal),+) => {
        $crate::answer::fits!($type, $name);
        $(const _: () = assert!(
            core::mem::offset_of!($type, $field)
                == coopt_abi::header::layout($name).offset($c_field)
        );)+
    };
}

pub(crate) use fits;
