//! C11 threads: `threads.h`.
//!
//! These are other names for the functions of POSIX: a `mtx_t` is a
//! `pthread_mutex_t`, a `tss_t` a `pthread_key_t`, and so on. So a program may
//! mix both, and POSIX.1-2024 says the same of both. What differs is how a call
//! [answers](crate::answer::outcome).
//!
//! `thrd_sleep` is part of the C library (`sysroot/src/clock_nanosleep.c`).
//!
//! | file | functions |
//! |---|---|
//! | [`thrd`] | `thrd_*` |
//! | [`mtx`], [`cnd`] | `mtx_*`, `cnd_*` |
//! | [`tss`] | `tss_*`, `call_once` |

mod cnd;
mod mtx;
mod thrd;
mod tss;
