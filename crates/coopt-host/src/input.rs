//! Standard input of a program, when no read of it can wait for another process.
//!
//! Wasmtime reads standard input on a thread of its own, since a read of a
//! terminal or a pipe may wait for ever. A regular file and `/dev/null` answer at
//! once, so the calling thread reads them itself: one system call instead of two
//! changes of threads. It asks for no more than the program asks for, so whoever
//! reads the same descriptor next goes on where the program stopped.

use std::io;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use rustix::fs::{FileType, Stat, fstat, stat};
use rustix::io::retry_on_intr;
use tokio::io::{AsyncRead, ReadBuf};
use wasmtime_wasi::async_trait;
use wasmtime_wasi::cli::{IsTerminal, StdinStream};
use wasmtime_wasi::p2::{InputStream, Pollable, StreamError, StreamResult};

/// How much a program gets at once by WASI 0.2, whatever it asks for.
const READ_MAX: usize = 64 * 1024;

/// Whether no read of `file` waits for another process.
pub(crate) fn answers_at_once(file: impl AsFd) -> bool {
    fstat(file).is_ok_and(|found| match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => true,
        FileType::CharacterDevice => is_null(&found),
        _ => false,
    })
}

fn is_null(found: &Stat) -> bool {
    stat("/dev/null").is_ok_and(|null| null.st_rdev == found.st_rdev)
}

/// Input from `F`, which answers at once. All streams read on where the last read
/// stopped, since the descriptor knows the place.
pub(crate) struct Input<F>(Arc<F>);

impl<F> Input<F> {
    pub fn new(file: F) -> Self {
        Self(Arc::new(file))
    }
}

impl<F: AsFd + Send + Sync + 'static> StdinStream for Input<F> {
    fn async_stream(&self) -> Box<dyn AsyncRead + Send + Sync> {
        Box::new(Stream(Arc::clone(&self.0)))
    }

    fn p2_stream(&self) -> Box<dyn InputStream> {
        Box::new(Stream(Arc::clone(&self.0)))
    }
}

impl<F> IsTerminal for Input<F> {
    fn is_terminal(&self) -> bool {
        // A read of a terminal waits for its user.
        false
    }
}

struct Stream<F>(Arc<F>);

impl<F: AsFd> Stream<F> {
    fn read(&self, into: &mut [u8]) -> io::Result<usize> {
        Ok(retry_on_intr(|| rustix::io::read(&self.0, &mut *into))?)
    }
}

impl<F: AsFd> AsyncRead for Stream<F> {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let done = self.read(into.initialize_unfilled());
        Poll::Ready(done.map(|count| into.advance(count)))
    }
}

#[async_trait]
impl<F: AsFd + Send + Sync + 'static> InputStream for Stream<F> {
    fn read(&mut self, size: usize) -> StreamResult<Bytes> {
        let mut bytes = BytesMut::zeroed(size.min(READ_MAX));
        let read = Stream::read(self, &mut bytes);
        match read.map_err(|error| StreamError::LastOperationFailed(error.into()))? {
            0 if size > 0 => Err(StreamError::Closed),
            count => {
                bytes.truncate(count);
                Ok(bytes.freeze())
            }
        }
    }
}

#[async_trait]
impl<F: AsFd + Send + Sync + 'static> Pollable for Stream<F> {
    async fn ready(&mut self) {}
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read, Seek, Write};
    use std::task::Waker;

    use super::*;

    #[test]
    fn only_what_cannot_wait_answers_at_once() {
        let open = |path| File::open(path).expect("the file is there");
        assert!(answers_at_once(open("Cargo.toml")));
        assert!(answers_at_once(open("/dev/null")));
        assert!(!answers_at_once(open("/dev/zero")));
        let (reader, _writer) = io::pipe().expect("the system has pipes");
        assert!(!answers_at_once(reader));
    }

    #[test]
    fn a_file_is_read_to_its_end_and_never_past_what_was_asked_for() {
        let path = std::env::temp_dir().join(format!("coopt-input-{}", std::process::id()));
        let mut options = File::options();
        let opened = options.read(true).write(true).create(true).truncate(true);
        let mut file = opened.open(&path).expect("temporary files can be made");
        std::fs::remove_file(&path).expect("the file is there");
        file.write_all(b"onetwothreefour")
            .expect("the disk has room");
        file.rewind().expect("a file can be rewound");
        let input = Input::new(file.try_clone().expect("a descriptor is left"));

        let mut context = Context::from_waker(Waker::noop());
        let mut bytes = [0; 3];
        let mut asked = ReadBuf::new(&mut bytes);
        let mut stream = Pin::from(input.async_stream());
        let done = stream.as_mut().poll_read(&mut context, &mut asked);
        assert!(matches!(done, Poll::Ready(Ok(()))));
        assert_eq!(asked.filled(), b"one");

        let mut stream_0_2 = input.p2_stream();
        assert_eq!(stream_0_2.read(0).expect("nothing is read"), "");
        assert_eq!(stream_0_2.read(3).expect("the file is read"), "two");

        let mut next = [0; 5];
        file.read_exact(&mut next).expect("the file is read");
        assert_eq!(&next, b"three");

        assert_eq!(stream_0_2.read(100).expect("the file is read"), "four");
        assert!(matches!(stream_0_2.read(1), Err(StreamError::Closed)));
        let mut asked = ReadBuf::new(&mut bytes);
        let done = stream.as_mut().poll_read(&mut context, &mut asked);
        assert!(matches!(done, Poll::Ready(Ok(()))));
        assert_eq!(asked.filled(), b"", "the end is not an error");
    }
}
