//! Requests to cancel threads in each blocking call, which others signal at the
//! same time: a thread ends where it has to and nowhere else, its clean-up
//! handlers run, and what it waited for is there for the others.

mod crowd;
mod point;
