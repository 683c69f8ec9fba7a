//! Asynchronous functions, and how their results are stored.

use coopt_wasi::{Memory as _, Span};

use super::disk::{File, Instant, code};
use super::handles::{Handle, Kind, Operation, Subtask};
use super::plan::{Name, Step};
use super::{Act, Script};

/// The states of a subtask.
const STARTING: u32 = 0;
pub const STARTED: u32 = 1;
const RETURNED: u32 = 2;

/// The layout of a `result<T, error-code>`: its size, and where the payload is.
#[derive(Clone, Copy, Debug)]
pub struct Shape(u32, u32);

impl Shape {
    pub const WORDS: Self = Self(20, 4);
    pub const STAT: Self = Self(112, 8);
    pub const HASH: Self = Self(24, 8);
}

/// What a function answers.
pub enum Answer {
    Nothing,
    Node(u32),
    Text(String),
    Type((u8, Option<&'static str>)),
    Stat(Box<File>),
    Hash(u64),
}

/// A function that is called: its name, the nodes that it borrows, and its result.
pub struct Called<'a> {
    pub name: Name,
    pub lent: &'a [u32],
    pub to: u32,
    pub shape: Shape,
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
        match self.plan.next(called.name) {
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
                Kind::Node { lends, .. } if is_lent => *lends += 1,
                Kind::Node { lends, .. } => *lends -= 1,
                _ => panic!("handle {node} is no node"),
            });
        }
    }

    /// Has a subtask begin or return; the payload of its event.
    pub fn go_on(&self, number: u32, step: Step) -> Option<u32> {
        let (state, lent, to, shape) = self.handles.with(number, |handle| match &mut handle.kind {
            Kind::Subtask {
                state,
                lent,
                to,
                shape,
            } => {
                let state = std::mem::replace(state, Subtask::Returned);
                (state, lent.clone(), *to, *shape)
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
            Err(error) => self.store_error(at, error),
            Ok(Answer::Nothing) => {}
            Ok(Answer::Node(node)) => self.store32(at, node),
            Ok(Answer::Text(text)) => self.store_string(at, text.as_bytes()),
            Ok(Answer::Type(descriptor_type)) => self.store_type(at, descriptor_type),
            Ok(Answer::Stat(file)) => self.store_stat(at, &file),
            Ok(Answer::Hash(lower)) => {
                self.store64(at, lower);
                self.store64(at + 8, !lower);
            }
        }
    }

    fn store_error(&self, at: u32, error: u8) {
        match error {
            code::OTHER => self.store_type(at, (code::OTHER, Some("the host says why"))),
            code::OTHER_SILENT => {
                self.store8(at, code::OTHER);
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
