//! A host that does what a test says, and checks that the rules of the canonical ABI are kept.

mod cli;
pub mod disk;
mod files;
pub mod functions;
mod handles;
mod memory;
pub mod network;
mod plan;
mod sockets;
mod streams;

use std::cell::{Cell, OnceCell, RefCell};

use coopt_wasi::{Span, Wasi};

pub use cli::Input;
use disk::Disk;
pub use files::hash;
use handles::Handles;
pub use handles::Operation;
pub use memory::GARBAGE;
use memory::Room;
pub use network::{Address, Ip, Network};
pub use plan::{Name, Plan, Step};
pub use streams::{FULL, STDIO_ERRORS};

/// What a function does once it has read its parameters.
pub type Act = Box<dyn FnOnce(&Script) -> Result<functions::Answer, u8>>;

/// How a function reads its parameters.
pub type Start = Box<dyn FnOnce(&Script) -> Act>;

/// A scripted host, and the program's memory.
pub struct Script {
    wasi: OnceCell<&'static Wasi<Self>>,
    pub memory: Room,
    handles: Handles,
    pub plan: Plan,
    pub disk: RefCell<Disk>,
    pub preopens: RefCell<Vec<(disk::Inode, &'static str)>>,
    pub input: RefCell<Input>,
    pub network: RefCell<Network>,
    /// How many items a stream of the network moves yet as it is cancelled.
    pub moves_on_cancel: Cell<u32>,
    /// Whether a function returns as it is cancelled.
    pub returns_on_cancel: Cell<bool>,
    /// The addresses behind every name.
    pub names: RefCell<Vec<Ip>>,
    pub stdout: RefCell<Vec<u8>>,
    pub stderr: RefCell<Vec<u8>>,
    pub is_terminal: Cell<bool>,
    pub monotonic: Cell<u64>,
    pub realtime: Cell<disk::Instant>,
    pub arguments: RefCell<Vec<&'static str>>,
    pub environment: RefCell<Vec<(&'static str, &'static str)>>,
    /// Whether standard input has been read into the layer's own room.
    pub reads_ahead: Cell<bool>,
    /// How many random bytes are given at a time at most.
    pub random_max: Cell<u32>,
    /// Whether random bytes are put elsewhere than `realloc` was led to.
    pub random_elsewhere: Cell<bool>,
    /// The parameters of the last function that takes a record of them.
    pub params: RefCell<String>,
}

impl Script {
    /// A host with an empty directory and a silent standard input, and so much memory.
    pub fn new(program_len: u32) -> Self {
        Self {
            wasi: OnceCell::new(),
            memory: Room::new(program_len),
            handles: Handles::default(),
            plan: Plan::new(),
            disk: RefCell::new(Disk::new()),
            preopens: RefCell::new(vec![(0, "/")]),
            input: RefCell::default(),
            network: RefCell::new(Network::new()),
            moves_on_cancel: Cell::new(0),
            returns_on_cancel: Cell::new(false),
            names: RefCell::default(),
            stdout: RefCell::default(),
            stderr: RefCell::default(),
            is_terminal: Cell::new(false),
            monotonic: Cell::new(1_000),
            realtime: Cell::new((1_700_000_000, 5)),
            arguments: RefCell::default(),
            environment: RefCell::default(),
            reads_ahead: Cell::new(false),
            random_max: Cell::new(u32::MAX),
            random_elsewhere: Cell::new(false),
            params: RefCell::default(),
        }
    }

    /// Has the host know whom it serves.
    pub fn serve(&self, wasi: &'static Wasi<Self>) {
        assert!(self.wasi.set(wasi).is_ok(), "it serves one layer");
    }

    fn wasi(&self) -> &'static Wasi<Self> {
        self.wasi.get().expect("it serves a layer")
    }

    /// The operations that are under way, by their waitables.
    pub fn under_way(&self) -> Vec<(u32, Operation)> {
        self.handles.under_way()
    }

    /// The waitables whose event has come and not been delivered.
    pub fn undelivered(&self) -> Vec<u32> {
        self.handles.which(|handle| handle.event.is_some())
    }

    /// How many handles are open.
    pub fn open_count(&self) -> usize {
        self.handles.which(|_| true).len()
    }

    /// How many handles of nodes are open.
    pub fn node_count(&self) -> usize {
        self.handles
            .which(|handle| matches!(handle.kind, handles::Kind::Node { .. }))
            .len()
    }

    /// Ends an operation that is under way as `step` says, and delivers its event.
    pub fn end(&self, waitable: u32, step: Step) {
        self.complete(waitable, step);
        self.deliver(waitable);
    }

    /// Delivers an event that has come.
    pub fn deliver(&self, waitable: u32) {
        let event = self.handles.with(waitable, |handle| {
            assert!(handle.is_watched, "{waitable}: its events reach nobody");
            handle.event.take()
        });
        let event = event.expect("an event has come");
        let is_known = self.wasi().events.deliver(waitable, event);
        assert!(is_known, "{waitable}: nobody expects the event");
    }

    /// Has an operation that is under way end as `step` says. Its event is not delivered yet.
    pub fn complete(&self, waitable: u32, step: Step) {
        let operation = self.handles.with(waitable, |handle| handle.under_way);
        let operation = operation.expect("an operation is under way");
        let is_function =
            |handle: &mut handles::Handle| matches!(handle.kind, handles::Kind::Subtask { .. });
        let payload = if self.handles.with(waitable, is_function) {
            self.go_on(waitable, step)
        } else {
            self.transfer(waitable, operation, step)
        };
        let payload = payload.expect("there is something to end it");
        self.handles.with(waitable, |handle| {
            handle.event = Some(payload);
            let is_subtask_begun = payload == functions::STARTED && handle.is_function_under_way();
            if !is_subtask_begun {
                handle.under_way = None;
            }
        });
    }

    /// Takes memory for an operation, which has it alone.
    fn claim(&self, room: Span) {
        for (number, other) in self.handles.under_way() {
            let is_behind = other.room.address + other.room.len <= room.address;
            let is_before = room.address + room.len <= other.room.address;
            assert!(
                is_behind || is_before,
                "{room:?} is in use by {number}: {other:?}"
            );
        }
    }

    /// Gives the memory of a world back that has ended.
    pub fn discard(&self) {
        self.memory.discard();
        self.handles.discard();
    }
}
