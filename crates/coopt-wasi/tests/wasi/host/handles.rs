//! The handles of the program, and the rules of the canonical ABI for them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use coopt_wasi::Span;

use super::disk::Inode;
use super::network::Id;
use super::plan::Name;
use super::{Act, Start};

/// How a stream ended, for the future that says so.
pub struct Fate {
    /// Whether one of the stream's ends is gone.
    pub is_over: Cell<bool>,
    pub result: Cell<Result<(), u8>>,
}

impl Fate {
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            is_over: Cell::new(false),
            result: Cell::new(Ok(())),
        })
    }
}

/// Whose result a future has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Stdio,
    File,
    Socket,
}

/// Where bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sink {
    Stdout,
    Stderr,
    FileAt(Inode, u64),
    FileEnd(Inode),
    /// A channel of a connection.
    Channel(Id),
}

/// An entry of a directory: the type, and the name.
#[derive(Clone, Debug)]
pub struct Entry {
    pub descriptor_type: (u8, Option<&'static str>),
    pub name: String,
}

/// How far a function has come.
pub enum Subtask {
    Starting(Start),
    Started(Act),
    Returned,
}

/// What a handle stands for.
pub enum Kind {
    Node {
        inode: Inode,
        flags: u8,
        /// How many functions under way have borrowed it.
        lends: u32,
    },
    /// A socket of either kind.
    Socket {
        id: Id,
        lends: u32,
    },
    /// The readable end of a connection.
    Received(Rc<Fate>, Id),
    /// The readable end of a socket that listens: a stream of sockets.
    Accepted(Id),
    Terminal,
    /// The readable end of standard input.
    Input(Rc<Fate>),
    /// The readable end of a file's stream: what follows in it.
    Reader(Rc<Fate>, VecDeque<u8>),
    /// The readable end of a directory's stream.
    Entries(Rc<Fate>, VecDeque<Entry>),
    /// A readable end that has not been handed over; its writable end.
    Loose(u32),
    /// The writable end of a stream.
    Writer(Rc<Fate>, Option<Sink>),
    Future(Rc<Fate>, Source),
    Subtask {
        state: Subtask,
        lent: Vec<u32>,
        to: u32,
        shape: super::functions::Shape,
        /// The socket without a datagram for which it cannot return.
        needs: Option<Id>,
    },
}

/// An operation that is under way.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub name: Name,
    /// The memory that the host may use until it has ended.
    pub room: Span,
    /// How many items there is room for.
    pub items: u32,
}

/// A handle.
pub struct Handle {
    pub kind: Kind,
    /// Whether its events are waited for.
    pub is_watched: bool,
    pub under_way: Option<Operation>,
    /// The payload of an event that has not been delivered.
    pub event: Option<u32>,
    /// Whether nothing can follow: the other end is gone, or the future has been read.
    pub is_done: bool,
}

/// The table of handles. The lowest free place is taken.
#[derive(Default)]
pub struct Handles(RefCell<Vec<Option<Handle>>>);

impl Handles {
    pub fn add(&self, kind: Kind) -> u32 {
        let mut all = self.0.borrow_mut();
        // Handle 0 is never given.
        let free = (1..all.len()).find(|place| all[*place].is_none());
        let place = free.unwrap_or(all.len().max(1));
        if all.len() <= place {
            all.resize_with(place + 1, || None);
        }
        all[place] = Some(Handle {
            kind,
            is_watched: false,
            under_way: None,
            event: None,
            is_done: false,
        });
        place as u32
    }

    /// Looks at a handle that is open.
    pub fn with<T>(&self, number: u32, look: impl FnOnce(&mut Handle) -> T) -> T {
        let mut all = self.0.borrow_mut();
        let handle = all.get_mut(number as usize).and_then(Option::as_mut);
        look(handle.unwrap_or_else(|| panic!("handle {number} is not open")))
    }

    /// Drops a handle, of which nothing is under way.
    pub fn remove(&self, number: u32) -> Kind {
        self.with(number, |handle| {
            assert!(handle.under_way.is_none(), "{number}: dropped while busy");
            assert!(handle.event.is_none(), "{number}: dropped before its event");
        });
        let handle = self.0.borrow_mut()[number as usize].take();
        handle.expect("it is open").kind
    }

    /// Puts another thing behind a number.
    pub fn set(&self, number: u32, kind: Kind) {
        self.with(number, |handle| handle.kind = kind);
    }

    /// The numbers of the handles for which `look` says so.
    pub fn which(&self, look: impl Fn(&Handle) -> bool) -> Vec<u32> {
        let all = self.0.borrow();
        let open = all.iter().enumerate();
        let open = open.filter_map(|(number, handle)| Some((number, handle.as_ref()?)));
        open.filter(|(_, handle)| look(handle))
            .map(|(number, _)| number as u32)
            .collect()
    }

    /// The operations that are under way.
    pub fn under_way(&self) -> Vec<(u32, Operation)> {
        let all = self.0.borrow();
        let open = all.iter().enumerate();
        open.filter_map(|(number, handle)| Some((number as u32, handle.as_ref()?.under_way?)))
            .collect()
    }

    pub fn discard(&self) {
        self.0.take();
    }
}
