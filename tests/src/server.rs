//! A program that serves on a socket which `coopt run --listen` hands over, and
//! what its clients do.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::build::Builder;
use crate::process::{self, End};
use crate::program::Program;

/// How long the server may take to listen, and to end. coopt compiles it first.
const LIMIT: Duration = Duration::from_secs(60);

/// How long a client waits for the server to go on.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a server that does not listen yet is tried.
const TICK: Duration = Duration::from_millis(2);

/// The argument by which the examples serve the socket that is handed over.
const GIVEN: &str = "0";

/// What coopt answers to Ctrl-C.
const INTERRUPTED: End = End::Exit(130);

/// A server that runs. It is killed when it is dropped.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Builds and starts `program`, and returns when it can be connected to.
    ///
    /// # Errors
    /// What the compiler said, or why there is no server.
    pub fn start(builder: &Builder, program: &Program) -> Result<Self, String> {
        let address = free_address().map_err(|error| format!("finding a port: {error}"))?;
        let mut coopt = builder.machine().coopt();
        coopt.args(["run", "--listen", &address.to_string()]);
        coopt.arg(builder.component(program)?).arg(GIVEN);
        let child = coopt
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("`{}` did not start: {error}", process::shown(&coopt)))?;
        let mut server = Self { child, address };
        server.wait_until_it_listens()?;
        Ok(server)
    }

    fn wait_until_it_listens(&mut self) -> Result<(), String> {
        let start = Instant::now();
        while self.connect().is_err() {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return Err(format!("the server ended: {}", self.said()));
            }
            if start.elapsed() >= LIMIT {
                return Err("nobody listens at the address of the server".to_owned());
            }
            thread::sleep(TICK);
        }
        Ok(())
    }

    /// A client of the server.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn connect(&self) -> io::Result<TcpStream> {
        let client = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        // Who connects to a free port of the machine may get that port, and be connected to itself.
        if client.local_addr()? == self.address {
            return Err(ErrorKind::ConnectionRefused.into());
        }
        client.set_read_timeout(Some(PATIENCE))?;
        Ok(client)
    }

    /// Does what Ctrl-C does.
    ///
    /// # Errors
    /// A text, when the server does not end, ends otherwise, or says something.
    pub fn interrupt(mut self) -> Result<(), String> {
        let end = process::end(&mut self.child, LIMIT);
        let said = self.said();
        match end == INTERRUPTED && said.is_empty() {
            true => Ok(()),
            false => Err(format!("the server ended with {end:?}, and said: {said}")),
        }
    }

    /// What an ended server has written to standard error.
    fn said(&mut self) -> String {
        let mut said = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            // What was read before an error is shown.
            let _ = stderr.read_to_string(&mut said);
        }
        said
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request over HTTP.
///
/// # Errors
/// What the operating system says.
pub fn send(client: &mut TcpStream, path: &str) -> io::Result<()> {
    client.write_all(format!("GET {path} HTTP/1.1\r\n\r\n").as_bytes())
}

/// Reads until the server closes the connection.
///
/// # Errors
/// What the operating system says.
pub fn receive(client: &mut TcpStream) -> io::Result<String> {
    let mut answer = String::new();
    client.read_to_string(&mut answer)?;
    Ok(answer)
}

/// An address at which nobody listens.
fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
