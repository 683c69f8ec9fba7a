//! Input and output: the calls that have begun, and what they share.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::task::Wake;
use alloc::vec::Vec;
use core::cell::Cell;
use core::mem;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};

use coopt_abi::thread::ThreadId;
use coopt_abi::wait::WaitKind;
use coopt_wasi::{Errno, Events, Host, Input, Memory, Progress, Stream};

use crate::window::Window;
use crate::{host, program_memory};

/// What all calls share.
pub struct Shared {
    pub host: WasiHost,
    pub events: Events,
    pub input: Input,
    /// The descriptor of standard input; `None` once it is closed. Other descriptors are the
    /// adapter's.
    pub input_fd: Cell<Option<u32>>,
}

/// A call to begin.
pub struct Begun<F> {
    /// What a thread waits for that the call parks.
    pub kind: WaitKind,
    /// When the call goes on at the latest.
    pub deadline: Option<u64>,
    /// Whether the host is asked before the call may end by its time: bytes may be there already.
    pub asks_host: bool,
    /// What the call does; it ends with an errno.
    pub future: F,
}

/// A call that has begun.
struct Call {
    thread: ThreadId,
    kind: WaitKind,
    deadline: Option<u64>,
    asks_host: bool,
    future: Pin<Box<dyn Future<Output = Result<(), Errno>>>>,
    flag: Arc<Flag>,
}

/// Raised when a call is to go on. It belongs to the call, not to the thread: a flag that is raised
/// late has no call any more, and ends no other wait of the thread.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How a pending call waits.
pub enum Wait {
    /// The host has its turn first.
    ForTurnOfHost,
    /// The thread is parked for this, until the deadline at most.
    Parked(WaitKind, Option<u64>),
}

/// The calls that have begun.
pub struct Io {
    pub shared: Rc<Shared>,
    /// One for each thread at most.
    calls: Vec<Call>,
    /// The errno of a call that ended as it began, until its trampoline asks.
    pub ended: Option<i32>,
}

impl Io {
    /// No call has begun. What the host has to say comes to the set `waitables`.
    pub fn new(waitables: u32) -> Self {
        let shared = Shared {
            host: WasiHost { waitables },
            events: Events::new(),
            input: Input::new(),
            input_fd: Cell::new(Some(0)),
        };
        Self {
            shared: Rc::new(shared),
            calls: Vec::new(),
            ended: None,
        }
    }

    /// Begins a call of `thread`, which may end at once.
    pub fn begin<F>(&mut self, thread: ThreadId, begun: Begun<F>)
    where
        F: Future<Output = Result<(), Errno>> + 'static,
    {
        self.calls.push(Call {
            thread,
            kind: begun.kind,
            deadline: begun.deadline,
            asks_host: begun.asks_host,
            future: Box::pin(begun.future),
            flag: Arc::new(Flag(AtomicBool::new(false))),
        });
        self.ended = self.go_on(thread);
    }

    /// How the call of `thread` waits now; `None` when no call has begun.
    pub fn wait_of(&mut self, thread: ThreadId) -> Option<Wait> {
        let call = self.calls.iter_mut().find(|call| call.thread == thread)?;
        Some(if mem::take(&mut call.asks_host) {
            Wait::ForTurnOfHost
        } else {
            Wait::Parked(call.kind, call.deadline)
        })
    }

    /// Has the call of `thread` go on; its errno when it has ended.
    pub fn go_on(&mut self, thread: ThreadId) -> Option<i32> {
        let index = self.calls.iter().position(|call| call.thread == thread)?;
        let call = &mut self.calls[index];
        let waker = Waker::from(Arc::clone(&call.flag));
        match call.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Pending => None,
            Poll::Ready(result) => {
                self.calls.swap_remove(index);
                Some(Errno::of(result))
            }
        }
    }

    /// The threads whose calls are to go on.
    pub fn take_raised(&self) -> impl Iterator<Item = ThreadId> {
        let raised = |call: &&Call| call.flag.0.swap(false, Ordering::Relaxed);
        self.calls.iter().filter(raised).map(|call| call.thread)
    }

    /// How many calls have begun.
    pub fn count(&self) -> u32 {
        self.calls.len() as u32
    }
}

/// The host, and the program's memory.
pub struct WasiHost {
    waitables: u32,
}

impl Memory for WasiHost {
    fn load8(&self, address: u32) -> u8 {
        program_memory::load8(address) as u8
    }
    fn load32(&self, address: u32) -> u32 {
        program_memory::load32(address)
    }
    fn load64(&self, address: u32) -> u64 {
        program_memory::load64(address)
    }
    fn store32(&self, address: u32, value: u32) {
        program_memory::store32(address, value);
    }
    fn store64(&self, address: u32, value: u64) {
        program_memory::store64(address, value);
    }
    fn copy(&self, to: u32, from: u32, len: u32) {
        program_memory::copy(to, from, len);
    }
    fn add_page(&self) -> Option<u32> {
        program_memory::add_page()
    }
}

impl Host for WasiHost {
    fn open_stdin(&self) -> Stream {
        let (stream, end) = Window::lend(|to| host::stdin::open(to));
        // Why the stream ended is not asked for.
        host::stdin::drop_end(end);
        host::waitable_join(stream, self.waitables);
        Stream(stream)
    }

    fn read(&self, stream: Stream, address: u32, len: u32) -> Option<Progress> {
        Progress::from_bits(host::stdin::read(stream.0, address, len))
    }

    fn monotonic(&self) -> u64 {
        host::now()
    }

    fn realtime(&self) -> u64 {
        let (low, high) = Window::lend(|to| {
            host::preview1::clock_time_get(host::REALTIME, 0, to);
        });
        u64::from(high) << 32 | u64::from(low)
    }
}
