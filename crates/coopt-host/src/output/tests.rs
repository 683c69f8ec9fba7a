//! Outputs on real files, pipes, FIFOs and sockets, each driven as a program's
//! writes are. Nothing here sleeps: a test waits for what it needs.

use std::fs::File;
use std::future::poll_fn;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::pin::Pin;
use std::process::Command;
use std::task::{Context, Poll, Waker};
use std::thread;

use bytes::Bytes;
use libc::PIPE_BUF;
use rustix::fs::{OFlags, fcntl_getfl};
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::StdoutStream;
use wasmtime_wasi::p2::StreamError;

use super::{Output, Stream};
use crate::executor;
use crate::timers::Timers;

/// Runs `test` where helper threads can be had, as a program is run.
fn run<T>(test: impl FnOnce() -> T) -> T {
    let tokio = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("the system has threads");
    let result = {
        let _context = tokio.enter();
        test()
    };
    tokio.shutdown_background();
    result
}

/// Two ends of what can be full.
type Ends = (OwnedFd, OwnedFd);

fn pipe() -> Ends {
    let (reader, writer) = io::pipe().expect("the system has pipes");
    (reader.into(), writer.into())
}

fn socket() -> Ends {
    let (reader, writer) = UnixStream::pair().expect("the system has sockets");
    (reader.into(), writer.into())
}

/// A pipe that does not know `RWF_NOWAIT`. Its name is gone when this returns.
fn fifo(name: &str) -> Ends {
    let path = temporary(name);
    let made = Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("`mkfifo` runs").success());
    let open = |read, write| {
        let opened = File::options().read(read).write(write).open(&path);
        opened.expect("the FIFO is there")
    };
    // Neither end waits for the other while both are open already.
    let both = open(true, true);
    let ends = (open(true, false).into(), open(false, true).into());
    drop(both);
    std::fs::remove_file(&path).expect("the FIFO is there");
    ends
}

fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir();
    folder.join(format!("coopt-output-{name}-{}", std::process::id()))
}

/// One attempt, whose end nobody is told of.
fn attempt(stream: &mut Stream<OwnedFd>, bytes: &[u8]) -> Poll<io::Result<usize>> {
    Pin::new(stream).poll_write(&mut Context::from_waker(Waker::noop()), bytes)
}

/// Writes some of `bytes`, however long that takes.
fn write(stream: &mut Stream<OwnedFd>, bytes: &[u8]) -> io::Result<usize> {
    let mut stream = Pin::new(stream);
    executor::block_on(
        &Timers::default(),
        poll_fn(|context| stream.as_mut().poll_write(context, bytes)),
    )
}

fn write_all(stream: &mut Stream<OwnedFd>, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        let count = write(stream, bytes).expect("the other end is open");
        bytes = &bytes[count..];
    }
}

/// Writes until there is no room, and returns how much that was. The pieces fill
/// the pages of a pipe, so that there is no room for a shorter one either.
fn fill(stream: &mut Stream<OwnedFd>) -> usize {
    let mut filled = 0;
    loop {
        match attempt(stream, &[b'.'; PIPE_BUF / 4]) {
            Poll::Ready(count) => filled += count.expect("the other end is open"),
            Poll::Pending => return filled,
        }
    }
}

/// Reads exactly `count` bytes.
fn read(reader: &mut File, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    reader
        .read_exact(&mut bytes)
        .expect("so much was written to it");
    bytes
}

/// Numbers that look random, the same in every run.
struct Draw(u64);

impl Draw {
    /// A number from 1 to `most`.
    fn up_to(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let most = u64::try_from(most).expect("sizes are small");
        usize::try_from(self.0 % most).expect("sizes are small") + 1
    }
}

#[test]
fn a_file_has_what_two_outputs_wrote_in_their_order() {
    run(|| {
        let path = temporary("file");
        let file = File::create(&path).expect("the folder of temporary files is there");
        let error = file.try_clone().expect("a descriptor is left");
        let [output, error] = [file, error].map(|file| Output::new(OwnedFd::from(file)));
        let mut expected = Vec::new();
        for round in 0..100 {
            for (name, output) in [("out", &output), ("err", &error)] {
                let line = format!("{name} {round}\n");
                expected.extend_from_slice(line.as_bytes());
                let mut stream = Stream::new(&output.0);
                let written = attempt(&mut stream, line.as_bytes());
                assert!(matches!(written, Poll::Ready(Ok(count)) if count == line.len()));
                let flushed =
                    Pin::new(&mut stream).poll_flush(&mut Context::from_waker(Waker::noop()));
                assert!(matches!(flushed, Poll::Ready(Ok(()))));
            }
        }
        assert_eq!(std::fs::read(&path).expect("the file is there"), expected);
        std::fs::remove_file(&path).expect("the file is there");
    });
}

fn waits_when_full((reader, writer): Ends) {
    run(|| {
        let output = Output::new(writer);
        let before = fcntl_getfl(output.0.file()).expect("it is open");
        let mut stream = Stream::new(&output.0);
        let filled = fill(&mut stream);
        assert!(filled >= PIPE_BUF, "it held {filled} bytes");
        assert!(output.0.room().is_waited_for());
        assert!(attempt(&mut stream, b"again").is_pending());

        let mut reader = File::from(reader);
        let drain = thread::spawn(move || (read(&mut reader, filled), reader));
        assert_eq!(write(&mut stream, b"room").expect("there is a reader"), 4);
        let (bytes, mut reader) = drain.join().expect("the reader does not panic");
        assert_eq!(bytes, vec![b'.'; filled]);
        assert_eq!(read(&mut reader, 4), b"room");

        assert!(!before.contains(OFlags::NONBLOCK));
        assert_eq!(fcntl_getfl(output.0.file()), Ok(before));
    });
}

#[test]
fn a_full_pipe_lets_the_caller_go_on_until_there_is_room() {
    waits_when_full(pipe());
}

#[test]
fn a_full_fifo_lets_the_caller_go_on_until_there_is_room() {
    waits_when_full(fifo("full"));
}

#[test]
fn a_full_socket_lets_the_caller_go_on_until_there_is_room() {
    waits_when_full(socket());
}

/// Writes pieces of random sizes while another thread reads pieces of random
/// sizes. Some waits are given up.
fn arrives_once_and_in_order((reader, writer): Ends) {
    const TOTAL: usize = 8 << 20;
    let bytes: Vec<u8> = (0..TOTAL)
        .map(|at| u8::try_from(at % 251).expect("the remainder is small"))
        .collect();
    let expected = bytes.clone();
    let reading = thread::spawn(move || {
        let (mut reader, mut draw) = (File::from(reader), Draw(7));
        let mut found = Vec::new();
        let mut piece = vec![0; 100_000];
        loop {
            let size = draw.up_to(piece.len());
            match reader
                .read(&mut piece[..size])
                .expect("the pipe can be read")
            {
                0 => break,
                count => found.extend_from_slice(&piece[..count]),
            }
        }
        assert!(found == expected, "{} bytes arrived", found.len());
    });
    run(|| {
        let output = Output::new(writer);
        let mut stream = Stream::new(&output.0);
        let mut draw = Draw(11);
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let piece = &rest[..draw.up_to(100_000).min(rest.len())];
            let count = match attempt(&mut stream, piece) {
                Poll::Ready(done) => done,
                Poll::Pending if draw.up_to(2) == 1 => {
                    stream = Stream::new(&output.0);
                    continue;
                }
                Poll::Pending => write(&mut stream, piece),
            };
            rest = &rest[count.expect("there is a reader")..];
        }
    });
    // The helper may hold the writer a moment longer than the program does; it
    // ends since the reader makes room.
    reading.join().expect("all bytes arrive");
}

#[test]
fn bytes_arrive_once_and_in_order_through_a_pipe() {
    arrives_once_and_in_order(pipe());
}

#[test]
fn bytes_arrive_once_and_in_order_through_a_fifo() {
    arrives_once_and_in_order(fifo("order"));
}

#[test]
fn bytes_arrive_once_and_in_order_through_a_socket() {
    arrives_once_and_in_order(socket());
}

fn ends_with_its_reader(ends: fn() -> Ends) {
    run(|| {
        let is_broken = |done: io::Result<usize>| {
            let error = done.expect_err("there is no reader");
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        };
        let (reader, writer) = ends();
        drop(reader);
        is_broken(write(&mut Stream::new(&Output::new(writer).0), b"line\n"));

        let (reader, writer) = ends();
        let output = Output::new(writer);
        let mut stream = Stream::new(&output.0);
        fill(&mut stream);
        drop(reader);
        is_broken(write(&mut stream, b"line\n"));
    });
}

#[test]
fn a_pipe_without_a_reader_is_broken_also_for_who_waits() {
    ends_with_its_reader(pipe);
}

#[test]
fn a_fifo_without_a_reader_is_broken_also_for_who_waits() {
    ends_with_its_reader(|| fifo("broken"));
}

#[test]
fn a_socket_without_a_reader_is_broken_also_for_who_waits() {
    ends_with_its_reader(socket);
}

/// Two outputs write messages to one pipe: a letter, the length, and the letter
/// as often as the length says.
fn messages_stay_whole((reader, writer): Ends) {
    const HEADER: usize = 3;
    let second = writer.try_clone().expect("a descriptor is left");
    let writers = [(b'a', writer), (b'b', second)].map(|(letter, writer)| {
        thread::spawn(move || {
            run(|| {
                let output = Output::new(writer);
                let mut stream = Stream::new(&output.0);
                let mut draw = Draw(u64::from(letter));
                for _ in 0..2000 {
                    let length = draw.up_to(PIPE_BUF - HEADER);
                    let in_header = u16::try_from(length).expect("a message is short");
                    let mut message = vec![letter];
                    message.extend_from_slice(&in_header.to_le_bytes());
                    message.resize(HEADER + length, letter);
                    let count = write(&mut stream, &message).expect("there is a reader");
                    assert_eq!(count, message.len(), "a short message was split");
                }
            });
        })
    });
    let mut reader = File::from(reader);
    for _ in 0..4000 {
        let header = read(&mut reader, HEADER);
        let length = u16::from_le_bytes([header[1], header[2]]);
        let message = read(&mut reader, length.into());
        assert!(message.iter().all(|&byte| byte == header[0]));
    }
    for writer in writers {
        writer.join().expect("the writers do not panic");
    }
}

#[test]
fn short_messages_of_two_writers_stay_whole_in_a_pipe() {
    messages_stay_whole(pipe());
}

#[test]
fn a_wait_that_is_given_up_writes_nothing_and_leaves_its_helper_to_the_next() {
    run(|| {
        let (reader, writer) = pipe();
        let output = Output::new(writer);
        let mut stream = Stream::new(&output.0);
        let filled = fill(&mut stream);
        for _ in 0..1000 {
            stream = Stream::new(&output.0);
            assert!(attempt(&mut stream, b"lost").is_pending());
        }
        drop(stream);
        assert!(!output.0.room().is_waited_for());

        let mut reader = File::from(reader);
        let mut stream = Stream::new(&output.0);
        assert_eq!(read(&mut reader, filled), vec![b'.'; filled]);
        write_all(&mut stream, b"kept");
        assert_eq!(read(&mut reader, 4), b"kept");
    });
}

#[test]
fn a_write_of_wasi_0_2_waits_after_it_was_taken() {
    run(|| {
        let (reader, writer) = pipe();
        let mut reader = File::from(reader);
        let output = Output::new(writer);
        let filled = fill(&mut Stream::new(&output.0));
        let mut stream = output.p2_stream();
        assert!(matches!(stream.check_write(), Ok(promise) if promise > 0));
        stream.write(Bytes::from("taken")).expect("it was promised");
        stream.flush().expect("the pipe has a reader");
        assert!(matches!(stream.check_write(), Ok(0)));
        let refused = stream.write(Bytes::from("more"));
        assert!(matches!(refused, Err(StreamError::Trap(_))));

        let drain = thread::spawn(move || read(&mut reader, filled + "taken".len()));
        executor::block_on(&Timers::default(), stream.ready());
        assert!(matches!(stream.check_write(), Ok(promise) if promise > 0));
        assert!(
            drain
                .join()
                .expect("the reader does not panic")
                .ends_with(b".taken")
        );
    });
}

#[test]
fn a_stream_of_wasi_0_2_writes_its_rest_before_it_goes() {
    run(|| {
        let (reader, writer) = pipe();
        let mut reader = File::from(reader);
        let output = Output::new(writer);
        let filled = fill(&mut Stream::new(&output.0));
        let mut stream = output.p2_stream();
        stream.write(Bytes::from("last")).expect("it was promised");
        let drain = thread::spawn(move || read(&mut reader, filled + "last".len()));
        drop(stream);
        assert!(
            drain
                .join()
                .expect("the reader does not panic")
                .ends_with(b".last")
        );
    });
}

#[test]
fn a_pipe_without_a_reader_is_closed_for_wasi_0_2() {
    run(|| {
        let (reader, writer) = pipe();
        drop(reader);
        let mut stream = Output::new(writer).p2_stream();
        let written = stream.write(Bytes::from("lost"));
        assert!(matches!(written, Err(StreamError::Closed)));

        let (reader, writer) = pipe();
        let output = Output::new(writer);
        fill(&mut Stream::new(&output.0));
        let mut stream = output.p2_stream();
        stream.write(Bytes::from("lost")).expect("it was promised");
        drop(reader);
        executor::block_on(&Timers::default(), stream.ready());
        assert!(matches!(stream.check_write(), Err(StreamError::Closed)));
    });
}
