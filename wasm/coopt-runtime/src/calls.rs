//! The calls of threads that have begun and wait.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use coopt_abi::calls::HAD_TIME;
use coopt_abi::thread::ThreadId;
use coopt_abi::wait::WaitKind;
use coopt_wasi::{Clocks as _, Errno};

use crate::wasi::wasi;

/// What a call does; it ends with an errno.
pub type Future = Pin<Box<dyn core::future::Future<Output = Result<(), Errno>>>>;

/// A call that waits.
pub struct Call {
    /// What its thread waits for.
    pub kind: WaitKind,
    /// When the call goes on at the latest.
    pub deadline: Option<u64>,
    /// Whether it ends by a time of its own.
    pub has_time: bool,
    /// Whether the host has its turn first, before the call may end by its time.
    pub asks_host: bool,
    /// Whether the thread was interrupted: the call ends if it waits for others.
    pub is_interrupted: bool,
    pub future: Future,
}

impl Call {
    /// Whether its deadline has gone by.
    fn is_late(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| deadline <= wasi().host().monotonic_now())
    }
}

/// How a pending call waits.
pub enum Wait {
    /// The host has its turn first.
    ForTurnOfHost,
    /// The thread is parked for this, until the deadline at most.
    Parked(WaitKind, Option<u64>),
}

/// The calls that wait: one for each thread at most.
pub struct Calls {
    /// By their threads.
    waiting: Vec<(ThreadId, Call)>,
    /// The errno of a call that ended as it began, until its trampoline asks.
    ended: Option<i32>,
}

impl Calls {
    /// No call waits.
    pub const fn new() -> Self {
        Self {
            waiting: Vec::new(),
            ended: None,
        }
    }

    /// Begins a call of `thread`: it ends, or waits.
    pub fn begin(&mut self, thread: ThreadId, mut call: Call) {
        match poll(thread, &mut call) {
            Some(errno) => self.ended = Some(errno),
            None => {
                let place = self.waiting.partition_point(|(other, _)| *other < thread);
                self.waiting.insert(place, (thread, call));
            }
        }
    }

    /// Notes the errno of a call that has ended as it began.
    pub fn end(&mut self, errno: i32) {
        self.ended = Some(errno);
    }

    /// The errno of a call that ended as it began.
    pub fn take_ended(&mut self) -> Option<i32> {
        self.ended.take()
    }

    /// How the call of `thread` waits now; `None` when none does.
    pub fn wait_of(&mut self, thread: ThreadId) -> Option<Wait> {
        let place = self.place(thread)?;
        let call = &mut self.waiting[place].1;
        Some(if mem::take(&mut call.asks_host) {
            Wait::ForTurnOfHost
        } else {
            Wait::Parked(call.kind, call.deadline)
        })
    }

    /// Has the call of `thread` go on; its errno when it has ended.
    pub fn go_on(&mut self, thread: ThreadId) -> Option<i32> {
        let place = self.place(thread)?;
        let call = &mut self.waiting[place].1;
        let was_late = call.is_late();
        let ended = poll(thread, call);
        if ended.is_some() {
            self.waiting.remove(place);
        } else if was_late {
            // It waits for what no time ends. With a time gone by, its thread would be woken for
            // ever, and the host never have its turn.
            call.deadline = None;
        }
        ended
    }

    /// Interrupts the call of `thread`; whether one waits.
    pub fn interrupt(&mut self, thread: ThreadId) -> bool {
        let Some(place) = self.place(thread) else {
            return false;
        };
        self.waiting[place].1.is_interrupted = true;
        true
    }

    /// Whether a call of `thread` waits.
    pub fn has(&self, thread: ThreadId) -> bool {
        self.place(thread).is_some()
    }

    /// Whether no call waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn place(&self, thread: ThreadId) -> Option<usize> {
        self.waiting
            .binary_search_by_key(&thread, |(other, _)| *other)
            .ok()
    }
}

/// Has a call of `thread` go on; its errno when it has ended.
fn poll(thread: ThreadId, call: &mut Call) -> Option<i32> {
    let waker = waker(thread);
    let interrupted = &wasi().interrupted;
    interrupted.set(call.is_interrupted);
    let polled = call.future.as_mut().poll(&mut Context::from_waker(&waker));
    interrupted.set(false);
    match polled {
        Poll::Pending => None,
        Poll::Ready(Err(Errno::INTR)) if call.has_time => {
            Some(Errno::of(Err(Errno::INTR)) | HAD_TIME)
        }
        Poll::Ready(result) => Some(Errno::of(result)),
    }
}

/// The threads whose calls are to go on.
struct Raised(RefCell<Vec<ThreadId>>);

// SAFETY: the module has one memory that is not shared, so one thread at a time executes in it.
unsafe impl Sync for Raised {}

static RAISED: Raised = Raised(RefCell::new(Vec::new()));

/// Takes the threads that were raised. Some may wait for something else by now: one that was told
/// of what its last call did not wait for any more.
pub fn take_raised() -> Vec<ThreadId> {
    RAISED.0.take()
}

/// Raises a thread. Its data is the thread's id, so it costs no room.
fn waker(thread: ThreadId) -> Waker {
    let data = core::ptr::without_provenance(thread.get() as usize);
    // SAFETY: the functions of the table take any data: none looks behind the pointer.
    unsafe { Waker::new(data, &WAKER) }
}

static WAKER: RawWakerVTable =
    RawWakerVTable::new(|data| RawWaker::new(data, &WAKER), raise, raise, |_| {});

fn raise(data: *const ()) {
    if let Some(thread) = ThreadId::new(data.addr() as u32) {
        RAISED.0.borrow_mut().push(thread);
    }
}
