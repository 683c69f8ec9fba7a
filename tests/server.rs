//! The servers of the examples, with more clients than they have anything to do
//! for.
//!
//! Half of the clients say nothing. Each has a thread that waits for it, and the
//! other clients must be answered all the same.

use std::io;
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use coopt_tests::build::Builder;
use coopt_tests::collection;
use coopt_tests::machine::Machine;
use coopt_tests::server::{self, Server};

/// Clients that are connected at once. With what a process has open besides, they
/// are no more than the 1024 descriptors that Linux gives a process.
const CLIENTS: usize = 1000;

/// The clients that connect before the server is known to have accepted them. The
/// socket that coopt hands over keeps 128 waiting; one more is tried again by
/// Linux after a second.
const LOT: usize = 100;

/// One server at a time, because of those descriptors.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn a_server_in_c_answers_beside_silent_clients() -> Result<(), String> {
    answers_beside_silent_clients("examples/c/http_server")
}

#[test]
fn a_server_in_rust_answers_beside_silent_clients() -> Result<(), String> {
    answers_beside_silent_clients("examples/rust/http_server")
}

fn answers_beside_silent_clients(name: &str) -> Result<(), String> {
    // A test that failed has left nothing behind.
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let server = start(name)?;
    let (mut silent, mut talking) = (Vec::new(), Vec::new());
    for number in 0..CLIENTS {
        let client = said("connecting", number, server.connect())?;
        match number % 2 {
            0 => silent.push(client),
            _ => talking.push((number, client)),
        }
        if number % LOT == 0 {
            let late = said("connecting", number, server.connect())?;
            ask(number, late)?;
        }
    }
    for (number, client) in &mut talking {
        said("asking", *number, server::send(client, &path(*number)))?;
    }
    for (number, client) in &mut talking {
        check(*number, client)?;
    }
    drop(silent);
    ask(CLIENTS, said("connecting", CLIENTS, server.connect())?)?;
    server.interrupt()
}

fn start(name: &str) -> Result<Server, String> {
    let work = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("server");
    let machine = Machine::look(work)?;
    let programs = collection::find(&machine.root)?;
    let program = programs.iter().find(|program| program.name == name);
    let program = program.ok_or_else(|| format!("there is no program `{name}`"))?;
    Server::start(&Builder::new(machine), program)
}

/// A client that asks and is answered.
fn ask(number: usize, mut client: TcpStream) -> Result<(), String> {
    let path = path(number);
    said("asking", number, server::send(&mut client, &path))?;
    check(number, &mut client)
}

/// Reads the answer, which must be the right one.
fn check(number: usize, client: &mut TcpStream) -> Result<(), String> {
    let answer = said("reading", number, server::receive(client))?;
    let body = format!("you asked for {}", path(number));
    let head = format!("Content-Length: {}\r\nConnection: close", body.len());
    let expected = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}");
    match answer == expected {
        true => Ok(()),
        false => Err(format!("client {number} is answered {answer:?}")),
    }
}

fn path(number: usize) -> String {
    format!("/{number}")
}

fn said<T>(doing: &str, number: usize, result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("client {number}, {doing}: {error}"))
}
