//! An HTTP server with a thread for each connection.
//!
//! ```text
//! cargo build --release
//! coopt run --listen 127.0.0.1:8080 http_server.wasm 0
//! ```
//!
//! coopt hands over a socket that listens, as descriptor 3. Rust's `std` for
//! WASI can accept connections on it, and neither make such a socket nor connect
//! to one. So the argument is 0, as in the C program; natively it may be a port.
//! Without an argument, the program serves a few clients in memory, and ends.

// STDOUT:
//   client 0: 200, "you asked for /0"
//   client 1: 200, "you asked for /1"
//   client 2: 200, "you asked for /2"
//   a bad request: 400

use std::io::{self, Cursor, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::os::fd::FromRawFd as _;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

const GIVEN: i32 = 3;
const CLIENTS: usize = 3;
const REQUEST_BYTES_MAX: usize = 1024;

/// Without it a stack has 2 MiB, and the memory of a program is enough for about 500.
const STACK_BYTES: usize = 64 * 1024;

/// Reads until a blank line, the end, or the request is too long.
fn read_head(connection: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut piece = [0; REQUEST_BYTES_MAX];
    while head.len() < REQUEST_BYTES_MAX && !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match connection.read(&mut piece) {
            Ok(0) => break,
            Ok(some) => head.extend_from_slice(&piece[..some]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(head)
}

/// The path that a request asks for, if it is a good one.
fn path(head: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(head).ok()?.lines().next()?;
    let mut words = line.strip_prefix("GET ")?.split_whitespace();
    let path = words.next()?;
    words.next()?.starts_with("HTTP/1").then_some(path)
}

fn serve(mut connection: impl Read + Write) -> io::Result<()> {
    let head = read_head(&mut connection)?;
    let (status, body) = match path(&head) {
        Some(path) => ("200 OK", format!("you asked for {path}")),
        None => ("400 Bad Request", String::new()),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(answer.as_bytes())
}

/// Starts a thread that serves `connection`, and closes it at the end.
fn start(connection: impl Read + Write + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new()
        .stack_size(STACK_BYTES)
        // A client that goes away is no concern of the others.
        .spawn(move || drop(serve(connection)))
}

fn accept_all(listener: &TcpListener) -> io::Result<()> {
    loop {
        let (connection, _) = listener.accept()?;
        // When no thread can be had, the connection is closed.
        drop(start(connection));
    }
}

fn listener(port: u16) -> io::Result<TcpListener> {
    if port != 0 {
        return TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    }
    // SAFETY: whoever starts the program with the port 0 hands a socket over as
    // this descriptor, and nothing else here uses it.
    Ok(unsafe { TcpListener::from_raw_fd(GIVEN) })
}

/// A connection whose client has sent its request, and reads all of the answer
/// when the connection is closed.
struct InMemory {
    request: Cursor<String>,
    answer: Vec<u8>,
    client: mpsc::Sender<Vec<u8>>,
}

impl Read for InMemory {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.request.read(bytes)
    }
}

impl Write for InMemory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.answer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for InMemory {
    fn drop(&mut self) {
        // A client that is gone does not read.
        let _ = self.client.send(std::mem::take(&mut self.answer));
    }
}

/// Sends a request to a thread that serves it, and says what comes back.
fn ask(name: &str, request: String) -> io::Result<()> {
    let (client, answers) = mpsc::channel();
    start(InMemory {
        request: Cursor::new(request),
        answer: Vec::new(),
        client,
    })?;
    let answer = answers.recv().unwrap_or_default();
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).unwrap_or("nothing");
    match answer.split_once("\r\n\r\n") {
        Some((_, body)) if status == "200" => println!("{name}: {status}, {body:?}"),
        _ => println!("{name}: {status}"),
    }
    Ok(())
}

fn ask_a_few() -> io::Result<()> {
    for number in 0..CLIENTS {
        let request = format!("GET /{number} HTTP/1.1\r\n\r\n");
        ask(&format!("client {number}"), request)?;
    }
    ask("a bad request", "nonsense\r\n\r\n".to_owned())
}

fn main() -> io::Result<()> {
    match std::env::args().nth(1) {
        Some(port) => accept_all(&listener(port.parse().unwrap_or(0))?),
        None => ask_a_few(),
    }
}
