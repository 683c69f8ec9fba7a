//! Asynchronous functions, and how their results are stored.

use coopt_wasi::{Memory as _, Span};

use super::disk::{File, Instant, code};
use super::handles::{Handle, Kind, Operation, Subtask};
use super::network::{Address, Id, Ip};
use super::plan::{Name, Step};
use super::{Act, Script};

/// The states of a subtask.
const STARTING: u32 = 0;
pub const STARTED: u32 = 1;
const RETURNED: u32 = 2;
const START_CANCELLED: u32 = 3;
const RETURN_CANCELLED: u32 = 4;

/// The layout of a `result<T, error-code>`: its size, where the payload is, and the case `other` of
/// the `error-code`.
#[derive(Clone, Copy, Debug)]
pub struct Shape(u32, u32, u8);

impl Shape {
    pub const WORDS: Self = Self(20, 4, code::OTHER);
    pub const STAT: Self = Self(112, 8, code::OTHER);
    pub const HASH: Self = Self(24, 8, code::OTHER);
    pub const SOCKET: Self = Self(20, 4, 14);
    pub const SOCKET_LONG: Self = Self(24, 8, 14);
    pub const SOCKET_ADDRESS: Self = Self(36, 4, 14);
    pub const DATAGRAM: Self = Self(44, 4, 14);
    pub const LOOKUP: Self = Self(20, 4, 5);
}

/// What a function answers.
pub enum Answer {
    Nothing,
    Node(u32),
    Text(String),
    Type((u8, Option<&'static str>)),
    Stat(Box<File>),
    Hash(u64),
    Byte(u8),
    Long(u64),
    Address(Address),
    Datagram(Vec<u8>, Address),
    Ips(Vec<Ip>),
}

/// A function that is called: its name, the nodes that it borrows, and its result.
pub struct Called<'a> {
    pub name: Name,
    pub lent: &'a [u32],
    pub to: u32,
    pub shape: Shape,
    /// The socket without a datagram for which it cannot return.
    pub needs: Option<Id>,
}

impl Handle {
    pub fn is_function_under_way(&self) -> bool {
        matches!(&self.kind, Kind::Subtask { state, .. } if !matches!(state, Subtask::Returned))
    }
}

impl Script {
    /// Calls a function: `parse` reads its parameters, and `act` does what it does.
    pub fn call<P: 'static>(
        &self,
        called: Called<'_>,
        parse: impl FnOnce(&Self) -> P + 'static,
        act: impl FnOnce(&Self, P) -> Result<Answer, u8> + 'static,
    ) -> u32 {
        let start = move |host: &Self| -> Act {
            let params = parse(host);
            Box::new(move |host| act(host, params))
        };
        self.claim(Span::new(called.to, called.shape.0));
        self.lend(called.lent, true);
        let can_return = self.has_datagram(called.needs);
        match self.plan.next(called.name) {
            Step::Now if !can_return => {
                self.subtask(&called, Subtask::Started(start(self))) | STARTED
            }
            Step::Later => self.subtask(&called, Subtask::Started(start(self))) | STARTED,
            Step::LaterStart => {
                self.subtask(&called, Subtask::Starting(Box::new(start))) | STARTING
            }
            step => {
                self.lend(called.lent, false);
                self.finish(start(self), step, called.to, called.shape);
                RETURNED
            }
        }
    }

    fn subtask(&self, called: &Called<'_>, state: Subtask) -> u32 {
        let number = self.handles.add(Kind::Subtask {
            state,
            lent: called.lent.to_vec(),
            to: called.to,
            shape: called.shape,
            needs: called.needs,
        });
        let room = Span::new(called.to, called.shape.0);
        let name = called.name;
        self.handles.with(number, |handle| {
            handle.under_way = Some(Operation {
                name,
                room,
                items: 0,
            });
        });
        number << 4
    }

    /// A borrowed node is not dropped.
    fn lend(&self, nodes: &[u32], is_lent: bool) {
        for node in nodes {
            self.handles.with(*node, |handle| match &mut handle.kind {
                Kind::Node { lends, .. } | Kind::Socket { lends, .. } if is_lent => *lends += 1,
                Kind::Node { lends, .. } | Kind::Socket { lends, .. } => *lends -= 1,
                _ => panic!("handle {node} cannot be lent"),
            });
        }
    }

    /// Has a subtask begin or return; the payload of its event.
    pub fn go_on(&self, number: u32, step: Step) -> Option<u32> {
        let (state, lent, to, shape, needs) =
            self.handles.with(number, |handle| match &mut handle.kind {
                Kind::Subtask {
                    state,
                    lent,
                    to,
                    shape,
                    needs,
                } => {
                    let state = std::mem::replace(state, Subtask::Returned);
                    (state, lent.clone(), *to, *shape, *needs)
                }
                _ => panic!("handle {number} is no subtask"),
            });
        Some(match state {
            Subtask::Starting(start) => {
                let state = Subtask::Started(start(self));
                self.handles.set(
                    number,
                    Kind::Subtask {
                        state,
                        lent,
                        to,
                        shape,
                        needs,
                    },
                );
                STARTED
            }
            Subtask::Started(act) => {
                self.lend(&lent, false);
                self.finish(act, step, to, shape);
                RETURNED
            }
            Subtask::Returned => panic!("handle {number} has returned"),
        })
    }

    /// Cancels a subtask; its state then.
    pub fn cancel_subtask(&self, number: u32) -> u32 {
        let event = self.handles.with(number, |handle| {
            assert!(!handle.is_watched, "{number} is cancelled while in a set");
            handle.event.take()
        });
        if event == Some(RETURNED) {
            return RETURNED;
        }
        let (is_starting, lent, needs) = self.handles.with(number, |handle| {
            let under_way = handle.under_way.take();
            assert!(under_way.is_some(), "{number}: it has returned");
            match &handle.kind {
                Kind::Subtask {
                    state, lent, needs, ..
                } => (matches!(state, Subtask::Starting(_)), lent.clone(), *needs),
                _ => panic!("handle {number} is no subtask"),
            }
        });
        if !is_starting && self.returns_on_cancel.get() && self.has_datagram(needs) {
            let state = self.go_on(number, Step::Now);
            return state.expect("it can return");
        }
        self.lend(&lent, false);
        self.handles.with(number, |handle| match &mut handle.kind {
            Kind::Subtask { state, .. } => *state = Subtask::Returned,
            _ => unreachable!("it is a subtask"),
        });
        if is_starting {
            START_CANCELLED
        } else {
            RETURN_CANCELLED
        }
    }

    fn finish(&self, act: Act, step: Step, to: u32, shape: Shape) {
        let result = match step {
            Step::Fail(error) => Err(error),
            _ => act(self),
        };
        self.store_result(to, shape, result);
    }

    /// Stores a result, and no byte that does not belong to it.
    pub fn store_result(&self, to: u32, shape: Shape, result: Result<Answer, u8>) {
        let at = to + shape.1;
        self.store8(to, result.is_err().into());
        match result {
            Err(error) => self.store_error(at, error, shape.2),
            Ok(Answer::Nothing) => {}
            Ok(Answer::Node(node)) => self.store32(at, node),
            Ok(Answer::Text(text)) => self.store_string(at, text.as_bytes()),
            Ok(Answer::Type(descriptor_type)) => self.store_type(at, descriptor_type),
            Ok(Answer::Stat(file)) => self.store_stat(at, &file),
            Ok(Answer::Hash(lower)) => {
                self.store64(at, lower);
                self.store64(at + 8, !lower);
            }
            Ok(Answer::Byte(byte)) => self.store8(at, byte),
            Ok(Answer::Long(long)) => self.store64(at, long),
            Ok(Answer::Address(address)) => self.store_address(at, address),
            Ok(Answer::Datagram(bytes, from)) => {
                self.store_string(at, &bytes);
                self.store_address(at + 8, from);
            }
            Ok(Answer::Ips(ips)) => self.store_ips(at, &ips),
        }
    }

    fn store_error(&self, at: u32, error: u8, other: u8) {
        match error {
            code::OTHER => self.store_type(at, (other, Some("the host says why"))),
            code::OTHER_SILENT => {
                self.store8(at, other);
                self.store8(at + 4, 0);
            }
            _ => self.store8(at, error),
        }
    }

    /// Stores a variant whose payload, if it has one, is an `option<string>`.
    pub fn store_type(&self, at: u32, (case, text): (u8, Option<&str>)) {
        const OTHER_TYPE: u8 = 7;
        self.store8(at, case);
        if let Some(text) = text {
            self.store8(at + 4, 1);
            self.store_string(at + 8, text.as_bytes());
        } else if case == OTHER_TYPE {
            self.store8(at + 4, 0);
        }
    }

    fn store_stat(&self, at: u32, file: &File) {
        let size = match &file.kind {
            super::disk::Kind::File(bytes) => bytes.len(),
            _ => 0,
        };
        self.store_type(at, file.kind.descriptor_type());
        self.store64(at + 16, file.links);
        self.store64(at + 24, size as u64);
        self.store_time(at + 32, file.access);
        self.store_time(at + 56, file.modification);
        self.store_time(at + 80, file.change);
    }

    fn store_time(&self, at: u32, time: Option<Instant>) {
        self.store8(at, time.is_some().into());
        if let Some(time) = time {
            self.store_instant(at + 8, time);
        }
    }

    pub fn store_instant(&self, at: u32, (seconds, nanoseconds): Instant) {
        self.store64(at, seconds.cast_unsigned());
        self.store32(at + 8, nanoseconds);
    }
}
