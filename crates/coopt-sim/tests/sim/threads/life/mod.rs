//! A thread's beginning and end: joins, detached threads, `pthread_exit`.

mod end;
mod join;
