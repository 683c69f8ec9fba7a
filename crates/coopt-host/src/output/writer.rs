//! Writes that do not wait for a reader.
//!
//! Files, terminals and devices such as `/dev/null` are written to as they are.
//! Pipes and sockets can be full, and are asked to say so instead of waiting:
//!
//! - A socket by `MSG_DONTWAIT`.
//! - A pipe by `RWF_NOWAIT`, which Linux has for pipes since 6.4. It takes what
//!   there is room for, in one call.
//! - Any other pipe, a FIFO with a name among them, is first asked whether it
//!   has room. One that says so takes [`PIPE_BUF`] bytes without waiting, unless
//!   another process fills it in between. It gets pieces of that size.
//!
//! At most [`PIPE_BUF`] bytes stay together in a pipe, whoever else writes to
//! it: all these ways hand such a write to the kernel whole.

use std::os::fd::AsFd;
#[cfg(target_os = "linux")]
use std::sync::atomic::{AtomicBool, Ordering};

use libc::PIPE_BUF;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FileType, fstat};
use rustix::io::{Errno, retry_on_intr};
use rustix::net::SendFlags;

/// Writes to `F`.
pub(super) struct Writer<F> {
    file: F,
    kind: Kind,
    /// Whether the pipe takes `RWF_NOWAIT`, as far as is known.
    #[cfg(target_os = "linux")]
    takes_nowait: AtomicBool,
}

/// What a write can wait for.
#[derive(Clone, Copy)]
enum Kind {
    /// For no other process.
    Plain,
    /// For the reader of a pipe.
    Pipe,
    /// For the other end of a socket.
    Socket,
}

impl Kind {
    fn of(file: impl AsFd) -> Self {
        // What cannot be examined cannot be written to either, and a plain write
        // says so.
        let Ok(stat) = fstat(file) else {
            return Self::Plain;
        };
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::Fifo => Self::Pipe,
            FileType::Socket => Self::Socket,
            _ => Self::Plain,
        }
    }
}

impl<F: AsFd> Writer<F> {
    pub fn new(file: F) -> Self {
        Self {
            kind: Kind::of(&file),
            file,
            #[cfg(target_os = "linux")]
            takes_nowait: AtomicBool::new(true),
        }
    }

    pub fn file(&self) -> &F {
        &self.file
    }

    /// Writes as much of `bytes` as there is room for, and says how much that
    /// is.
    ///
    /// # Errors
    ///
    /// `AGAIN` when there is no room, or what the system says is wrong.
    pub fn write(&self, bytes: &[u8]) -> Result<usize, Errno> {
        retry_on_intr(|| match self.kind {
            Kind::Plain => rustix::io::write(&self.file, bytes),
            Kind::Pipe => self.write_to_pipe(bytes),
            Kind::Socket => rustix::net::send(&self.file, bytes, SendFlags::DONTWAIT),
        })
    }

    /// Returns when there is room, or when a write would fail.
    pub fn wait_for_room(&self) {
        self.poll(None);
    }

    #[cfg(target_os = "linux")]
    fn write_to_pipe(&self, bytes: &[u8]) -> Result<usize, Errno> {
        if self.takes_nowait.load(Ordering::Relaxed) {
            match write_now(&self.file, bytes) {
                // Old kernels, FIFOs, and sandboxes that do not know the call.
                Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL | Errno::PERM) => {
                    self.takes_nowait.store(false, Ordering::Relaxed);
                }
                done => return done,
            }
        }
        self.write_in_pieces(bytes)
    }

    #[cfg(not(target_os = "linux"))]
    fn write_to_pipe(&self, bytes: &[u8]) -> Result<usize, Errno> {
        self.write_in_pieces(bytes)
    }

    /// Writes to a pipe that can only be asked whether it has room.
    fn write_in_pieces(&self, bytes: &[u8]) -> Result<usize, Errno> {
        let mut written = 0;
        for piece in bytes.chunks(PIPE_BUF) {
            match self.write_piece(piece) {
                Ok(count) => written += count,
                // The next write meets the error again.
                Err(_) if written > 0 => break,
                Err(error) => return Err(error),
            }
        }
        Ok(written)
    }

    fn write_piece(&self, piece: &[u8]) -> Result<usize, Errno> {
        if self.has_room() {
            rustix::io::write(&self.file, piece)
        } else {
            Err(Errno::AGAIN)
        }
    }

    /// Whether a write would not wait. One that would fail does not.
    fn has_room(&self) -> bool {
        self.probe().is_some()
    }

    /// Whether a write would not wait, or why it would fail: nobody reads any more.
    /// `None` when there is no room.
    pub fn probe(&self) -> Option<Result<(), Errno>> {
        let found = self.poll(Some(&Timespec::default()));
        let is_broken = found.contains(PollFlags::ERR);
        let done = if is_broken { Err(Errno::PIPE) } else { Ok(()) };
        (!found.is_empty()).then_some(done)
    }

    fn poll(&self, timeout: Option<&Timespec>) -> PollFlags {
        let mut file = [PollFd::new(&self.file, PollFlags::OUT)];
        match retry_on_intr(|| poll(&mut file, timeout)) {
            Ok(_) => file[0].revents(),
            // What cannot be watched is written to, which says what is wrong.
            Err(_) => PollFlags::OUT,
        }
    }
}

/// Writes to a pipe as if it did not block.
#[cfg(target_os = "linux")]
fn write_now(pipe: impl AsFd, bytes: &[u8]) -> Result<usize, Errno> {
    use rustix::io::{IoSlice, ReadWriteFlags, pwritev2};

    /// Stands for the place where the file is.
    const NO_OFFSET: u64 = u64::MAX;
    pwritev2(
        pipe,
        &[IoSlice::new(bytes)],
        NO_OFFSET,
        ReadWriteFlags::NOWAIT,
    )
}
