//! Threads that send, receive, accept and close.

use coopt_sim::World as Choices;

use super::{Doing, Program, Run, explore_up_to};
use crate::host::{Address, Operation, Step};
use crate::sockets::PORT;
use crate::world::{Reading, World};

const BADF: u16 = 8;
const INTR: u16 = 27;

/// What a thread does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Receives into a buffer of this length at one end, over and over, until there is an error or
    /// the end.
    Receives(u32),
    /// The same into two buffers of this length.
    ReceivesIntoTwo(u32),
    /// Sends these at the other end, and closes its descriptor.
    Sends(&'static [&'static [u8]]),
    /// Accepts until there is an error.
    Accepts,
    /// Closes the end at which is received.
    ClosesReceiving,
    /// Closes all descriptors of the end at which is sent.
    ClosesSending,
    /// Closes the socket that listens.
    ClosesListener,
}

/// What threads do with a connection.
struct Plan {
    does: &'static [Does],
    /// What has been sent before.
    before: &'static [u8],
    capacity: usize,
    /// How many items move yet as an operation is cancelled.
    moves_on_cancel: u32,
    interruptions: u32,
}

struct Sockets<'p> {
    plan: &'p Plan,
    world: World,
    listener: u32,
    receives: u32,
    /// A descriptor of the end that sends for each thread.
    sends: Vec<u32>,
    begun: Vec<usize>,
    has_ended: Vec<bool>,
    interruptions_left: u32,
    /// What each thread has sent.
    sent: Vec<Vec<u8>>,
    received: Vec<u8>,
    accepted: Vec<u32>,
    /// Receives that got nothing: nothing is written to their buffers afterwards.
    failed: Vec<Reading>,
}

/// How many connections wait to be accepted.
const WAITING: usize = 2;

impl<'p> Sockets<'p> {
    fn new(plan: &'p Plan) -> Self {
        let world = World::new();
        let [listener, client, receives] = world.connection();
        if !plan.before.is_empty() {
            assert_eq!(
                world.send(client, plan.before).ok(),
                Some(plan.before.len() as u32)
            );
        }
        for _ in 0..WAITING {
            assert_eq!(world.connect(world.tcp(), Address::local(PORT)), Ok(()));
        }
        world.capacity(plan.capacity);
        world.host().moves_on_cancel.set(plan.moves_on_cancel);
        let threads = plan.does.len();
        let is_sender = |does: &&Does| matches!(does, Does::Sends(_));
        let senders = plan.does.iter().filter(is_sender).count();
        let dups = (1..threads).map(|_| world.dup(client));
        let sends = [client].into_iter().chain(dups).collect::<Vec<_>>();
        // The end is closed with the senders' descriptors, if there are senders.
        for (fd, does) in sends.iter().zip(plan.does) {
            if senders > 0 && !is_sender(&does) && !plan.does.contains(&Does::ClosesSending) {
                world.close(*fd);
            }
        }
        Self {
            plan,
            listener,
            receives,
            sends,
            begun: vec![0; threads],
            has_ended: vec![false; threads],
            interruptions_left: plan.interruptions,
            sent: vec![Vec::new(); threads],
            received: Vec::new(),
            accepted: Vec::new(),
            failed: Vec::new(),
            world,
        }
    }

    fn may_fail(&self, error: u16) -> bool {
        match error {
            BADF => self.plan.does.iter().any(|does| {
                let closes = [
                    Does::ClosesReceiving,
                    Does::ClosesSending,
                    Does::ClosesListener,
                ];
                closes.contains(does)
            }),
            INTR => self.plan.interruptions > 0,
            _ => false,
        }
    }
}

impl Program for Sockets<'_> {
    fn world(&self) -> &World {
        &self.world
    }

    fn threads(&self) -> usize {
        self.plan.does.len()
    }

    fn begin(&mut self, thread: usize) -> Option<Doing> {
        let (world, index) = (&self.world, self.begun[thread]);
        self.begun[thread] += 1;
        let fd = self.sends[thread];
        match self.plan.does[thread] {
            _ if self.has_ended[thread] => None,
            Does::Receives(len) => {
                let receiving = world.begin_recv(self.receives, len, 0);
                Some(Doing::Read(receiving.reading))
            }
            Does::ReceivesIntoTwo(len) => {
                let receiving = world.begin_recv_into(self.receives, &[len, len], 0);
                Some(Doing::Read(receiving.reading))
            }
            Does::Sends(pieces) => match pieces.get(index) {
                Some(piece) => Some(Doing::Write(world.begin_write(fd, piece))),
                None => {
                    // Another thread may have closed it.
                    let _ = world.wasi.fd_close(fd);
                    None
                }
            },
            Does::Accepts => Some(Doing::Accept(world.begin_accept(self.listener))),
            Does::ClosesReceiving => {
                world.close(self.receives);
                None
            }
            Does::ClosesSending => {
                for fd in &self.sends {
                    let _ = world.wasi.fd_close(*fd);
                }
                None
            }
            Does::ClosesListener => {
                world.close(self.listener);
                None
            }
        }
    }

    fn end(&mut self, thread: usize, doing: Doing) {
        match doing {
            Doing::Read(reading) => match reading.got(&self.world) {
                Ok(bytes) => {
                    self.has_ended[thread] = bytes.is_empty();
                    self.received.extend(bytes);
                }
                Err(error) => {
                    assert!(self.may_fail(error), "{error}");
                    self.has_ended[thread] = error != INTR;
                    self.failed.push(reading);
                }
            },
            Doing::Write(writing) => {
                let Does::Sends(pieces) = self.plan.does[thread] else {
                    unreachable!("it sends");
                };
                let piece = pieces[self.begun[thread] - 1];
                match writing.took(&self.world) {
                    Ok(taken) => {
                        self.sent[thread].extend(&piece[..taken as usize]);
                        self.has_ended[thread] = taken < piece.len() as u32;
                    }
                    Err(error) => {
                        assert!(self.may_fail(error), "{error}");
                        self.has_ended[thread] = true;
                    }
                }
                if self.has_ended[thread] {
                    let _ = self.world.wasi.fd_close(self.sends[thread]);
                }
            }
            Doing::Accept(accepting) => match accepting.fd(&self.world) {
                Ok(fd) => self.accepted.push(fd),
                Err(error) => {
                    assert!(self.may_fail(error), "{error}");
                    self.has_ended[thread] = error != INTR;
                }
            },
            Doing::Poll(_) => unreachable!("nobody polls"),
        }
    }

    fn ends(&self, operation: Operation) -> Vec<Step> {
        match operation.name {
            "send" | "receive" if operation.items > 1 => vec![Step::Now, Step::Part(1)],
            _ => vec![Step::Now],
        }
    }

    fn can_be_interrupted(&self, _: usize) -> bool {
        self.interruptions_left > 0
    }

    fn interrupted(&mut self, _: usize) {
        self.interruptions_left -= 1;
    }
}

/// A run of a plan, which is checked.
fn run(plan: Plan, check: fn(&Sockets<'_>)) -> impl Fn(&Choices) {
    move |choices| {
        let mut program = Sockets::new(&plan);
        Run::new(&mut program).go(choices);
        for reading in &program.failed {
            reading.assert_untouched(&program.world);
        }
        check(&program);
    }
}

fn plan(does: &'static [Does], before: &'static [u8]) -> Plan {
    Plan {
        does,
        before,
        capacity: 2,
        moves_on_cancel: 0,
        interruptions: 0,
    }
}

/// Every byte is received once at most, and none before one that was sent earlier.
fn once(sockets: &Sockets<'_>) {
    let mut received = sockets.received.clone();
    received.sort_unstable();
    assert_eq!(received, sockets.plan.before[..received.len()]);
}

/// What was sent as one is received as one, and all that was sent is.
fn whole(sockets: &Sockets<'_>) {
    let received = &sockets.received;
    let sent: usize = sockets.sent.iter().map(Vec::len).sum();
    assert_eq!(sent, received.len());
    for (does, sent) in sockets.plan.does.iter().zip(&sockets.sent) {
        let Does::Sends(pieces) = does else { continue };
        let mut rest = &sent[..];
        for piece in *pieces {
            let part = &piece[..piece.len().min(rest.len())];
            assert_eq!(rest[..part.len()], *part);
            rest = &rest[part.len()..];
            let is_there = part.is_empty() || received.windows(part.len()).any(|at| at == part);
            assert!(is_there, "{part:?} is torn in {received:?}");
        }
    }
}

fn accepted_once(sockets: &Sockets<'_>) {
    assert!(sockets.accepted.len() <= WAITING);
    let is_there = |fd: &u32| sockets.world.write(*fd, b"x").is_ok();
    assert!(sockets.accepted.iter().all(is_there));
}

const RUNS: u64 = 1_500;

#[test]
fn two_readers_and_one_that_closes() {
    const DOES: &[Does] = &[Does::Receives(2), Does::Receives(1), Does::ClosesReceiving];
    const MIXED: &[Does] = &[
        Does::Receives(2),
        Does::ReceivesIntoTwo(1),
        Does::ClosesReceiving,
    ];
    for (label, does) in [("recv-close", DOES), ("recv-two-close", MIXED)] {
        for moves_on_cancel in [0, 1] {
            let plan = Plan {
                moves_on_cancel,
                ..plan(does, b"abc")
            };
            explore_up_to(RUNS, label, &run(plan, once));
        }
    }
}

#[test]
fn two_readers_that_are_interrupted_and_one_that_closes() {
    const DOES: &[Does] = &[
        Does::Receives(2),
        Does::ReceivesIntoTwo(1),
        Does::ClosesReceiving,
    ];
    for moves_on_cancel in [0, 1] {
        let plan = Plan {
            moves_on_cancel,
            interruptions: 2,
            ..plan(DOES, b"abc")
        };
        explore_up_to(RUNS, "recv-interrupted", &run(plan, once));
    }
}

#[test]
fn two_senders() {
    const DOES: &[Does] = &[
        Does::Sends(&[b"abc", b"d"]),
        Does::Sends(&[b"ABC"]),
        Does::Receives(4),
    ];
    explore_up_to(RUNS, "senders", &run(plan(DOES, b""), whole));
}

#[test]
fn two_senders_that_are_interrupted() {
    const DOES: &[Does] = &[
        Does::Sends(&[b"abc"]),
        Does::Sends(&[b"ABC"]),
        Does::Receives(4),
    ];
    for moves_on_cancel in [0, 1] {
        let plan = Plan {
            moves_on_cancel,
            interruptions: 2,
            ..plan(DOES, b"")
        };
        explore_up_to(RUNS, "senders-interrupted", &run(plan, whole));
    }
}

#[test]
fn two_senders_and_one_that_closes() {
    const DOES: &[Does] = &[
        Does::Sends(&[b"abc"]),
        Does::Sends(&[b"ABC"]),
        Does::Receives(4),
        Does::ClosesSending,
    ];
    for moves_on_cancel in [0, 1] {
        let plan = Plan {
            moves_on_cancel,
            ..plan(DOES, b"")
        };
        explore_up_to(RUNS, "senders-close", &run(plan, whole));
    }
}

#[test]
fn two_that_accept_and_one_that_closes() {
    const DOES: &[Does] = &[Does::Accepts, Does::Accepts, Does::ClosesListener];
    for moves_on_cancel in [0, 1] {
        for interruptions in [0, 2] {
            let plan = Plan {
                moves_on_cancel,
                interruptions,
                ..plan(DOES, b"")
            };
            explore_up_to(RUNS, "accept-close", &run(plan, accepted_once));
        }
    }
}
