//! `pthread_attr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::ops::RangeInclusive;
use core::ptr;

use coopt_abi::header::{
    PAGESIZE, PTHREAD_CREATE_DETACHED, PTHREAD_CREATE_JOINABLE, PTHREAD_EXPLICIT_SCHED,
    PTHREAD_INHERIT_SCHED, PTHREAD_SCOPE_PROCESS, PTHREAD_SCOPE_SYSTEM, PTHREAD_STACK_MIN,
    SCHED_OTHER,
};
use coopt_sync::Priority;
use coopt_threads::scheduling::Scheduling;

use crate::answer::{c_functions, fits};
use crate::errno::Errno;
use crate::priority;
use crate::record::Thread;
use crate::sched::{self, SchedParam};

/// `pthread_attr_t`.
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

fits!(Attr, "pthread_attr_t");

/// The smallest stack, and a bound that keeps sums in range.
const STACK_MIN: usize = PTHREAD_STACK_MIN as usize;
const STACK_MAX: usize = usize::MAX / 4;

/// The default size of a stack, in bytes: musl's, which programs are used to.
const STACK_DEFAULT: usize = 128 * 1024;

/// The default guard, in bytes (POSIX XSH `pthread_attr_getguardsize`).
const GUARD_DEFAULT: usize = PAGESIZE as usize;

impl Attr {
    pub const fn new() -> Self {
        Self {
            stack_size: Cell::new(STACK_DEFAULT),
            guard_size: Cell::new(GUARD_DEFAULT),
            stack: Cell::new(ptr::null_mut()),
            detach_state: Cell::new(PTHREAD_CREATE_JOINABLE),
            inherit_sched: Cell::new(PTHREAD_INHERIT_SCHED),
            policy: Cell::new(SCHED_OTHER),
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
        attr.policy.set(sched::number(scheduling.policy()));
        attr.priority.set(priority::as_int(scheduling.priority()));
        attr.stack.set(stack.cast());
        attr.stack_size.set(size);
        attr.guard_size.set(guard);
        attr.detach_state.set(if is_detached {
            PTHREAD_CREATE_DETACHED
        } else {
            PTHREAD_CREATE_JOINABLE
        });
        attr
    }

    pub fn is_detached(&self) -> bool {
        self.detach_state.get() == PTHREAD_CREATE_DETACHED
    }

    /// The scheduling of a thread that `creator` creates.
    ///
    /// # Errors
    ///
    /// `EINVAL` when the policy has no such priority.
    pub fn scheduling(&self, creator: &Thread) -> Result<Scheduling, Errno> {
        if self.inherit_sched.get() == PTHREAD_INHERIT_SCHED {
            Ok(Scheduling::of(creator))
        } else {
            sched::scheduling(self.policy.get(), self.priority.get())
        }
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

fn check<T: PartialOrd>(value: T, allowed: RangeInclusive<T>) -> Result<(), Errno> {
    if allowed.contains(&value) {
        Ok(())
    } else {
        Err(Errno::INVAL)
    }
}

c_functions! {
    /// POSIX XSH `pthread_attr_init`.
    fn pthread_attr_init(attr: &mut MaybeUninit<Attr>) -> status {
        attr.write(Attr::new());
    }

    /// POSIX XSH `pthread_attr_destroy`. There is nothing to free.
    fn pthread_attr_destroy(_attr: &Attr) -> status {}

    /// POSIX XSH `pthread_attr_setstacksize`.
    fn pthread_attr_setstacksize(attr: &Attr, size: usize) -> status {
        attr.set_stack_size(size)?
    }

    /// POSIX XSH `pthread_attr_getstacksize`.
    fn pthread_attr_getstacksize(attr: &Attr, size: &Cell<usize>) -> status {
        size.set(attr.stack_size());
    }

    /// POSIX XSH `pthread_attr_setstack`.
    fn pthread_attr_setstack(attr: &Attr, stack: *mut c_void, size: usize) -> status {
        attr.set_stack(stack, size)?
    }

    /// POSIX XSH `pthread_attr_getstack`.
    fn pthread_attr_getstack(
        attr: &Attr,
        stack: &Cell<*mut c_void>,
        size: &Cell<usize>,
    ) -> status {
        stack.set(attr.stack.get());
        size.set(attr.stack_size());
    }

    /// POSIX XSH `pthread_attr_setguardsize`.
    fn pthread_attr_setguardsize(attr: &Attr, size: usize) -> status {
        check(size, 0..=STACK_MAX)?;
        attr.guard_size.set(size);
    }

    /// POSIX XSH `pthread_attr_getguardsize`.
    fn pthread_attr_getguardsize(attr: &Attr, size: &Cell<usize>) -> status {
        size.set(attr.guard_size());
    }

    /// POSIX XSH `pthread_attr_setdetachstate`.
    fn pthread_attr_setdetachstate(attr: &Attr, state: c_int) -> status {
        check(state, PTHREAD_CREATE_JOINABLE..=PTHREAD_CREATE_DETACHED)?;
        attr.detach_state.set(state);
    }

    /// POSIX XSH `pthread_attr_getdetachstate`.
    fn pthread_attr_getdetachstate(attr: &Attr, state: &Cell<c_int>) -> status {
        state.set(attr.detach_state.get());
    }

    /// POSIX XSH `pthread_attr_setscope`: `ENOTSUP` for process scope.
    fn pthread_attr_setscope(_attr: &Attr, scope: c_int) -> status {
        match scope {
            PTHREAD_SCOPE_SYSTEM => {}
            PTHREAD_SCOPE_PROCESS => return Err(Errno::NOTSUP),
            _ => return Err(Errno::INVAL),
        }
    }

    /// POSIX XSH `pthread_attr_getscope`.
    fn pthread_attr_getscope(_attr: &Attr, scope: &Cell<c_int>) -> status {
        scope.set(PTHREAD_SCOPE_SYSTEM);
    }

    /// POSIX XSH `pthread_attr_setinheritsched`.
    fn pthread_attr_setinheritsched(attr: &Attr, inherit: c_int) -> status {
        check(inherit, PTHREAD_INHERIT_SCHED..=PTHREAD_EXPLICIT_SCHED)?;
        attr.inherit_sched.set(inherit);
    }

    /// POSIX XSH `pthread_attr_getinheritsched`.
    fn pthread_attr_getinheritsched(attr: &Attr, inherit: &Cell<c_int>) -> status {
        inherit.set(attr.inherit_sched.get());
    }

    /// POSIX XSH `pthread_attr_setschedpolicy`: `EINVAL` for an unknown policy.
    fn pthread_attr_setschedpolicy(attr: &Attr, policy: c_int) -> status {
        sched::parse(policy)?;
        attr.policy.set(policy);
    }

    /// POSIX XSH `pthread_attr_getschedpolicy`.
    fn pthread_attr_getschedpolicy(attr: &Attr, policy: &Cell<c_int>) -> status {
        policy.set(attr.policy.get());
    }

    /// POSIX XSH `pthread_attr_setschedparam`: `EINVAL` for a priority that no
    /// policy has. `pthread_create` checks the priority against the policy.
    fn pthread_attr_setschedparam(attr: &Attr, param: &SchedParam) -> status {
        let all = priority::as_int(Priority::LOWEST)..=priority::as_int(Priority::MAX);
        check(param.get(), all)?;
        attr.priority.set(param.get());
    }

    /// POSIX XSH `pthread_attr_getschedparam`.
    fn pthread_attr_getschedparam(attr: &Attr, param: &SchedParam) -> status {
        param.set(attr.priority.get());
    }
}
