//! Writes files whole, also when Ctrl-C ends the process.
//!
//! - **F1** A reader of a file that [`write()`] replaces sees the bytes from
//!   before or all of the new ones. When writing fails, the file is as it was.
//! - **F2** Once [`interrupt::watch`] has returned, Ctrl-C ends the process
//!   whatever its other threads do, and leaves no temporary file of [`write()`].
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | means: Ctrl-C, names of files that are not complete | `interrupt`, `temporary` |
//! | writing | `whole` |

pub mod interrupt;
mod temporary;
mod whole;

pub use temporary::{Temporary, TemporaryFolder, is_temporary};
pub use whole::{write, write_with};
