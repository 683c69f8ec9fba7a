//! What this library uses of the C library it is part of.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ops::Range;

use coopt_sync::ThreadId;

/// What `libc.a` itself knows of the calling thread: `struct __pthread` of
/// `sysroot/src/pthread_impl.h`, which asserts these offsets too.
#[repr(C)]
pub struct Record {
    /// The thread's id, as in lock words. Initially it is the main thread's.
    pub tid: Cell<ThreadId>,
    locale: *const c_void,
    stdio_locks: *mut c_void,
}

const _: () = assert!(size_of::<Record>() == 12 && align_of::<Record>() == 4);
const _: () = assert!(core::mem::offset_of!(Record, tid) == 0);

unsafe extern "C" {
    #[thread_local]
    static __wasilibc_pthread_self: Record;

    #[thread_local]
    static errno: Cell<c_int>;

    fn __coopt_tls_init(block: *mut c_void);
    safe fn __coopt_tls_size() -> usize;
    safe fn __coopt_tls_align() -> usize;
    safe fn __do_orphaned_stdio_locks();
    safe fn __coopt_thread_destructors();
    safe fn __coopt_unwind();
    safe fn __coopt_base() -> Option<Base>;

    fn malloc(size: usize) -> *mut c_void;
    fn free(block: *mut c_void);

    safe fn exit(status: c_int) -> !;
    safe fn _Exit(status: c_int) -> !;
    fn write(fd: c_int, text: *const c_void, size: usize) -> isize;

    /// The ends of the main thread's stack, which the linker defines.
    static __stack_low: u8;
    static __stack_high: u8;

    /// Where the runtime enters a new thread. The linker exports this function
    /// once something refers to it.
    pub fn wasi_thread_start(tid: u32, start_arg: *const c_void);
}

/// Calls its first argument with its second, and returns whether the thread
/// ended instead of returning from there.
type Base = unsafe extern "C" fn(extern "C" fn(*mut c_void), *mut c_void) -> c_int;

/// Runs `work` with nothing of the program below it. `Err` says that the thread
/// ended in it, and its frames were left ([`unwind`]).
pub fn at_base<F: FnOnce() -> R, R>(work: F) -> Result<R, Left> {
    struct Place<F, R> {
        work: Option<F>,
        result: Option<R>,
    }
    extern "C" fn run<F: FnOnce() -> R, R>(place: *mut c_void) {
        // SAFETY: it is the place below, which outlives the call.
        let place = unsafe { &mut *place.cast::<Place<F, R>>() };
        // SWITCH: the work is the program's code.
        place.result = place.work.take().map(|work| work());
    }
    let Some(base) = __coopt_base() else {
        // SWITCH: the work is the program's code.
        return Ok(work());
    };
    let mut place = Place {
        work: Some(work),
        result: None,
    };
    // SWITCH: the work is the program's code.
    // SAFETY: `run` gets the place that it was made for.
    let has_left = unsafe { base(run::<F, R>, (&raw mut place).cast()) };
    match place.result {
        Some(result) if has_left == 0 => Ok(result),
        _ => Err(Left),
    }
}

/// A thread has ended, and its frames were left.
pub struct Left;

/// Leaves the frames of the calling thread, which ends, if their destructors
/// are to run.
pub fn unwind() {
    __coopt_unwind();
}

/// Runs the destructors of the calling thread's own objects.
pub fn run_thread_destructors() {
    __coopt_thread_destructors();
}

/// What libc knows of the calling thread.
#[inline]
pub fn record() -> &'static Record {
    // SAFETY: the calling thread's own copy, set up before it began to run and
    // only ever changed through cells.
    unsafe { &__wasilibc_pthread_self }
}

/// Sets the calling thread's `errno`.
pub fn set_errno(number: c_int) {
    // SAFETY: the calling thread's own copy; a cell is laid out as its `int`.
    let place = unsafe { &errno };
    place.set(number);
}

/// The size of a block of thread-local storage, in bytes.
pub fn tls_size() -> usize {
    __coopt_tls_size()
}

/// The alignment of a block of thread-local storage, in bytes: a power of two.
pub fn tls_align() -> usize {
    __coopt_tls_align().max(1)
}

/// Gives a block of thread-local storage its initial contents.
///
/// # Safety
///
/// `block` has [`tls_size`] bytes and is aligned to [`tls_align`]; nobody else
/// uses it.
pub unsafe fn tls_init(block: *mut u8) {
    // SAFETY: as the caller promises.
    unsafe { __coopt_tls_init(block.cast()) }
}

/// A block of memory aligned to [`MALLOC_ALIGN`], or `None`.
pub fn allocate(size: usize) -> Option<*mut u8> {
    // SAFETY: any size may be asked for.
    let block = unsafe { malloc(size) };
    (!block.is_null()).then_some(block.cast())
}

/// The alignment of what `malloc` returns (`max_align_t`).
pub const MALLOC_ALIGN: usize = 16;

/// Frees a block.
///
/// # Safety
///
/// [`allocate`] returned `block`, and nobody uses it any more.
pub unsafe fn release(block: *mut u8) {
    // SAFETY: as the caller promises.
    unsafe { free(block.cast()) }
}

/// Releases the `FILE`s that the ending caller holds by `flockfile`.
pub fn abandon_stdio_locks() {
    __do_orphaned_stdio_locks();
}

/// The stack of the thread that runs `main`.
pub fn main_stack() -> Range<*mut u8> {
    (&raw const __stack_low).cast_mut()..(&raw const __stack_high).cast_mut()
}

/// Ends the process as `return` from `main` does.
pub fn exit_process(status: c_int) -> ! {
    exit(status)
}

/// Ends the process without running anything more of the program.
pub fn exit_at_once(status: c_int) -> ! {
    _Exit(status)
}

/// Says on standard error that a signal ends the process. The stream `stderr`
/// may be locked, so the text goes past it.
pub fn say_ended_by(signal: c_int) {
    const STDERR: c_int = 2;
    let [tens, ones] = [signal / 10, signal % 10].map(|digit| b'0' + digit as u8);
    let mut text = *b"coopt: the program was ended by signal ??\n";
    let place = text.len() - 3;
    text[place..][..2].copy_from_slice(&[tens, ones]);
    // SAFETY: the text is there for as long as the call takes. The outcome of
    // the call is ignored.
    unsafe { write(STDERR, text.as_ptr().cast(), text.len()) };
}
