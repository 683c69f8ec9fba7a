//! `pthread_attr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr;

use coopt_sync::Priority;

use crate::errno::{Errno, status};
use crate::priority;
use crate::sched::{self, SchedParam, Scheduling};
use crate::thread::Thread;

/// `pthread_attr_t` (`bits/alltypes.h`: nine ints).
#[derive(Clone)]
#[repr(C)]
pub struct Attr {
    stack_size: Cell<usize>,
    guard_size: Cell<usize>,
    /// The lowest byte of the program's own stack, or null.
    stack: Cell<*mut c_void>,
    detach_state: Cell<c_int>,
    inherit_sched: Cell<c_int>,
    policy: Cell<c_int>,
    priority: Cell<c_int>,
    reserved: [u32; 2],
}

const _: () = assert!(size_of::<Attr>() == 36 && align_of::<Attr>() == 4);

/// `PTHREAD_STACK_MIN` (`limits.h`), and a bound that keeps sums in range.
const STACK_MIN: usize = 2048;
const STACK_MAX: usize = usize::MAX / 4;

/// What musl gives a thread that does not ask, and programs are used to.
const STACK_DEFAULT: usize = 128 * 1024;

/// `PTHREAD_CREATE_*`, `PTHREAD_*_SCHED`, `PTHREAD_SCOPE_*` (`pthread.h`).
const JOINABLE: c_int = 0;
const DETACHED: c_int = 1;
const INHERIT_SCHED: c_int = 0;
const EXPLICIT_SCHED: c_int = 1;
const SCOPE_SYSTEM: c_int = 0;
const SCOPE_PROCESS: c_int = 1;

impl Attr {
    pub const fn new() -> Self {
        Self {
            stack_size: Cell::new(STACK_DEFAULT),
            guard_size: Cell::new(0),
            stack: Cell::new(ptr::null_mut()),
            detach_state: Cell::new(JOINABLE),
            inherit_sched: Cell::new(INHERIT_SCHED),
            policy: Cell::new(0),
            priority: Cell::new(0),
            reserved: [0; 2],
        }
    }

    /// The size of the stack, in bytes.
    pub fn stack_size(&self) -> usize {
        self.stack_size.get()
    }

    /// Bytes below the stack that an overflow may run into without harm. (A
    /// linear memory has no protected pages.)
    pub fn guard_size(&self) -> usize {
        self.guard_size.get()
    }

    /// The lowest byte of the program's own stack.
    pub fn own_stack(&self) -> Option<*mut u8> {
        let stack = self.stack.get();
        (!stack.is_null()).then_some(stack.cast())
    }

    /// The attributes of a thread that runs (`pthread_getattr_np`).
    pub fn of_thread(
        stack: *mut u8,
        size: usize,
        guard: usize,
        is_detached: bool,
        scheduling: Scheduling,
    ) -> Self {
        let attr = Self::new();
        attr.policy.set(scheduling.policy());
        attr.priority.set(priority::as_int(scheduling.priority()));
        attr.stack.set(stack.cast());
        attr.stack_size.set(size);
        attr.guard_size.set(guard);
        attr.detach_state
            .set(if is_detached { DETACHED } else { JOINABLE });
        attr
    }

    pub fn is_detached(&self) -> bool {
        self.detach_state.get() == DETACHED
    }

    /// The scheduling of a thread that `creator` creates.
    ///
    /// # Errors
    ///
    /// `EINVAL` when the policy has no such priority.
    pub fn scheduling(&self, creator: &Thread) -> Result<Scheduling, Errno> {
        if self.inherit_sched.get() == INHERIT_SCHED {
            Ok(Scheduling::of(creator))
        } else {
            Scheduling::new(self.policy.get(), self.priority.get())
        }
    }

    fn set_policy(&self, policy: c_int) -> Result<(), Errno> {
        sched::range(policy)?;
        self.policy.set(policy);
        Ok(())
    }

    /// Whether the policy has the priority is only known when both are used.
    fn set_priority(&self, priority: c_int) -> Result<(), Errno> {
        let all = priority::as_int(Priority::LOWEST)..=priority::as_int(Priority::MAX);
        check(priority, all)?;
        self.priority.set(priority);
        Ok(())
    }

    fn set_stack_size(&self, size: usize) -> Result<(), Errno> {
        check(size, STACK_MIN..=STACK_MAX)?;
        self.stack_size.set(size);
        self.stack.set(ptr::null_mut());
        Ok(())
    }

    fn set_stack(&self, stack: *mut c_void, size: usize) -> Result<(), Errno> {
        check(size, STACK_MIN..=STACK_MAX)?;
        check(stack.addr(), 1..=usize::MAX - size)?;
        self.stack_size.set(size);
        self.stack.set(stack);
        Ok(())
    }
}

fn check<T: PartialOrd>(value: T, allowed: core::ops::RangeInclusive<T>) -> Result<(), Errno> {
    if allowed.contains(&value) {
        Ok(())
    } else {
        Err(Errno::INVAL)
    }
}

/// POSIX XSH `pthread_attr_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_init(attr: &mut MaybeUninit<Attr>) -> c_int {
    attr.write(Attr::new());
    0
}

/// POSIX XSH `pthread_attr_destroy`. It holds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_destroy(_attr: &Attr) -> c_int {
    0
}

/// POSIX XSH `pthread_attr_setstacksize`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setstacksize(attr: &Attr, size: usize) -> c_int {
    status(attr.set_stack_size(size))
}

/// POSIX XSH `pthread_attr_getstacksize`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getstacksize(attr: &Attr, size: &Cell<usize>) -> c_int {
    size.set(attr.stack_size());
    0
}

/// POSIX XSH `pthread_attr_setstack`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setstack(attr: &Attr, stack: *mut c_void, size: usize) -> c_int {
    status(attr.set_stack(stack, size))
}

/// POSIX XSH `pthread_attr_getstack`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getstack(
    attr: &Attr,
    stack: &Cell<*mut c_void>,
    size: &Cell<usize>,
) -> c_int {
    stack.set(attr.stack.get());
    size.set(attr.stack_size());
    0
}

/// POSIX XSH `pthread_attr_setguardsize`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setguardsize(attr: &Attr, size: usize) -> c_int {
    status(check(size, 0..=STACK_MAX).map(|()| attr.guard_size.set(size)))
}

/// POSIX XSH `pthread_attr_getguardsize`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getguardsize(attr: &Attr, size: &Cell<usize>) -> c_int {
    size.set(attr.guard_size());
    0
}

/// POSIX XSH `pthread_attr_setdetachstate`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setdetachstate(attr: &Attr, state: c_int) -> c_int {
    status(check(state, JOINABLE..=DETACHED).map(|()| attr.detach_state.set(state)))
}

/// POSIX XSH `pthread_attr_getdetachstate`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getdetachstate(attr: &Attr, state: &Cell<c_int>) -> c_int {
    state.set(attr.detach_state.get());
    0
}

/// POSIX XSH `pthread_attr_setscope`: `ENOTSUP` for process scope.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setscope(_attr: &Attr, scope: c_int) -> c_int {
    status(match scope {
        SCOPE_SYSTEM => Ok(()),
        SCOPE_PROCESS => Err(Errno::NOTSUP),
        _ => Err(Errno::INVAL),
    })
}

/// POSIX XSH `pthread_attr_getscope`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getscope(_attr: &Attr, scope: &Cell<c_int>) -> c_int {
    scope.set(SCOPE_SYSTEM);
    0
}

/// POSIX XSH `pthread_attr_setinheritsched`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setinheritsched(attr: &Attr, inherit: c_int) -> c_int {
    let checked = check(inherit, INHERIT_SCHED..=EXPLICIT_SCHED);
    status(checked.map(|()| attr.inherit_sched.set(inherit)))
}

/// POSIX XSH `pthread_attr_getinheritsched`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getinheritsched(attr: &Attr, inherit: &Cell<c_int>) -> c_int {
    inherit.set(attr.inherit_sched.get());
    0
}

/// POSIX XSH `pthread_attr_setschedpolicy`: `EINVAL` for a policy there is
/// not.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setschedpolicy(attr: &Attr, policy: c_int) -> c_int {
    status(attr.set_policy(policy))
}

/// POSIX XSH `pthread_attr_getschedpolicy`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getschedpolicy(attr: &Attr, policy: &Cell<c_int>) -> c_int {
    policy.set(attr.policy.get());
    0
}

/// POSIX XSH `pthread_attr_setschedparam`: `EINVAL` for a priority that no
/// policy has.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_setschedparam(attr: &Attr, param: &SchedParam) -> c_int {
    status(attr.set_priority(param.get()))
}

/// POSIX XSH `pthread_attr_getschedparam`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_attr_getschedparam(attr: &Attr, param: &SchedParam) -> c_int {
    param.set(attr.priority.get());
    0
}
