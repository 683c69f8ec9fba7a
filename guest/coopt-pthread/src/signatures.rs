//! The prototypes of `pthread.h`, `sched.h`, `semaphore.h`, `threads.h` and
//! `signal.h`, in the headers' order.
//!
//! Each is asserted of the function of that name, so that a signature cannot
//! drift from what C programs call. A reference is a C pointer that must not
//! be null, an `Option` of one a C pointer that may be.

use core::cell::Cell;
use core::ffi::{c_char, c_int, c_uint, c_void};
use core::mem::MaybeUninit;

use coopt_sync::{LibcLock, Once, SpinLock, ThreadId, Word};

use crate::affinity::*;
use crate::attr::*;
use crate::barrier::*;
use crate::c11::exports::*;
use crate::cancel::*;
use crate::cleanup::*;
use crate::cond::*;
use crate::condattr::*;
use crate::futex::*;
use crate::key::*;
use crate::libc_lock::*;
use crate::mutex::attr::*;
use crate::mutex::*;
use crate::named_semaphore::*;
use crate::once::*;
use crate::patience::*;
use crate::process::*;
use crate::rwlock::*;
use crate::sched::*;
use crate::semaphore::*;
use crate::signal::exports::*;
use crate::sleep::*;
use crate::spin::*;
use crate::thread::Thread;
use crate::thread::exports::*;
use crate::time::{ClockId, Timespec};

/// C's `pthread_t`.
type Handle = *const Thread;
/// Where a function leaves a result.
type Out<'a, T> = &'a Cell<T>;
/// An object before its initialisation.
type Raw<'a, T> = &'a mut MaybeUninit<T>;
type Routine<A, R> = extern "C" fn(A) -> R;

macro_rules! signatures {
    ($($name:ident: $signature:ty;)*) => {
        $(const _: $signature = $name;)*
    };
}

signatures! {
    pthread_create: extern "C" fn(Out<Handle>, Option<&Attr>, Routine<*mut c_void, *mut c_void>, *mut c_void) -> c_int;
    pthread_detach: extern "C" fn(Handle) -> c_int;
    pthread_exit: extern "C" fn(*mut c_void) -> !;
    pthread_join: extern "C" fn(Handle, Option<Out<*mut c_void>>) -> c_int;
    pthread_self: extern "C" fn() -> Handle;
    pthread_equal: extern "C" fn(Handle, Handle) -> c_int;

    pthread_setcancelstate: extern "C" fn(c_int, Option<Out<c_int>>) -> c_int;
    pthread_setcanceltype: extern "C" fn(c_int, Option<Out<c_int>>) -> c_int;
    pthread_testcancel: extern "C" fn();
    pthread_cancel: extern "C" fn(Handle) -> c_int;

    pthread_once: extern "C" fn(&Once, extern "C" fn()) -> c_int;

    pthread_mutex_init: extern "C" fn(Raw<PthreadMutex>, Option<&MutexAttr>) -> c_int;
    pthread_mutex_lock: extern "C" fn(&PthreadMutex) -> c_int;
    pthread_mutex_unlock: extern "C" fn(&PthreadMutex) -> c_int;
    pthread_mutex_trylock: extern "C" fn(&PthreadMutex) -> c_int;
    pthread_mutex_timedlock: extern "C" fn(&PthreadMutex, &Timespec) -> c_int;
    pthread_mutex_clocklock: extern "C" fn(&PthreadMutex, ClockId, &Timespec) -> c_int;
    pthread_mutex_destroy: extern "C" fn(&PthreadMutex) -> c_int;
    pthread_mutex_consistent: extern "C" fn(&PthreadMutex) -> c_int;
    pthread_mutex_getprioceiling: extern "C" fn(&PthreadMutex, Out<c_int>) -> c_int;
    pthread_mutex_setprioceiling: extern "C" fn(&PthreadMutex, c_int, Option<Out<c_int>>) -> c_int;

    pthread_cond_init: extern "C" fn(Raw<PthreadCond>, Option<&CondAttr>) -> c_int;
    pthread_cond_destroy: extern "C" fn(&PthreadCond) -> c_int;
    pthread_cond_wait: extern "C" fn(&PthreadCond, &PthreadMutex) -> c_int;
    pthread_cond_timedwait: extern "C" fn(&PthreadCond, &PthreadMutex, &Timespec) -> c_int;
    pthread_cond_clockwait: extern "C" fn(&PthreadCond, &PthreadMutex, ClockId, &Timespec) -> c_int;
    pthread_cond_broadcast: extern "C" fn(&PthreadCond) -> c_int;
    pthread_cond_signal: extern "C" fn(&PthreadCond) -> c_int;

    pthread_rwlock_init: extern "C" fn(Raw<PthreadRwLock>, Option<&RwLockAttr>) -> c_int;
    pthread_rwlock_destroy: extern "C" fn(&PthreadRwLock) -> c_int;
    pthread_rwlock_rdlock: extern "C" fn(&PthreadRwLock) -> c_int;
    pthread_rwlock_tryrdlock: extern "C" fn(&PthreadRwLock) -> c_int;
    pthread_rwlock_timedrdlock: extern "C" fn(&PthreadRwLock, &Timespec) -> c_int;
    pthread_rwlock_wrlock: extern "C" fn(&PthreadRwLock) -> c_int;
    pthread_rwlock_trywrlock: extern "C" fn(&PthreadRwLock) -> c_int;
    pthread_rwlock_timedwrlock: extern "C" fn(&PthreadRwLock, &Timespec) -> c_int;
    pthread_rwlock_clockrdlock: extern "C" fn(&PthreadRwLock, ClockId, &Timespec) -> c_int;
    pthread_rwlock_clockwrlock: extern "C" fn(&PthreadRwLock, ClockId, &Timespec) -> c_int;
    pthread_rwlock_unlock: extern "C" fn(&PthreadRwLock) -> c_int;

    pthread_spin_init: extern "C" fn(Raw<SpinLock>, c_int) -> c_int;
    pthread_spin_destroy: extern "C" fn(&SpinLock) -> c_int;
    pthread_spin_lock: extern "C" fn(&SpinLock) -> c_int;
    pthread_spin_trylock: extern "C" fn(&SpinLock) -> c_int;
    pthread_spin_unlock: extern "C" fn(&SpinLock) -> c_int;

    pthread_barrier_init: extern "C" fn(Raw<PthreadBarrier>, Option<&BarrierAttr>, c_uint) -> c_int;
    pthread_barrier_destroy: extern "C" fn(&PthreadBarrier) -> c_int;
    pthread_barrier_wait: extern "C" fn(&PthreadBarrier) -> c_int;

    pthread_key_create: extern "C" fn(Out<c_uint>, Option<Routine<*mut c_void, ()>>) -> c_int;
    pthread_key_delete: extern "C" fn(c_uint) -> c_int;
    pthread_getspecific: extern "C" fn(c_uint) -> *mut c_void;
    pthread_setspecific: extern "C" fn(c_uint, *const c_void) -> c_int;

    pthread_attr_init: extern "C" fn(Raw<Attr>) -> c_int;
    pthread_attr_destroy: extern "C" fn(&Attr) -> c_int;
    pthread_attr_getguardsize: extern "C" fn(&Attr, Out<usize>) -> c_int;
    pthread_attr_setguardsize: extern "C" fn(&Attr, usize) -> c_int;
    pthread_attr_getstacksize: extern "C" fn(&Attr, Out<usize>) -> c_int;
    pthread_attr_setstacksize: extern "C" fn(&Attr, usize) -> c_int;
    pthread_attr_getdetachstate: extern "C" fn(&Attr, Out<c_int>) -> c_int;
    pthread_attr_setdetachstate: extern "C" fn(&Attr, c_int) -> c_int;
    pthread_attr_getstack: extern "C" fn(&Attr, Out<*mut c_void>, Out<usize>) -> c_int;
    pthread_attr_setstack: extern "C" fn(&Attr, *mut c_void, usize) -> c_int;
    pthread_attr_getscope: extern "C" fn(&Attr, Out<c_int>) -> c_int;
    pthread_attr_setscope: extern "C" fn(&Attr, c_int) -> c_int;
    pthread_attr_getschedpolicy: extern "C" fn(&Attr, Out<c_int>) -> c_int;
    pthread_attr_setschedpolicy: extern "C" fn(&Attr, c_int) -> c_int;
    pthread_attr_getschedparam: extern "C" fn(&Attr, &SchedParam) -> c_int;
    pthread_attr_setschedparam: extern "C" fn(&Attr, &SchedParam) -> c_int;
    pthread_attr_getinheritsched: extern "C" fn(&Attr, Out<c_int>) -> c_int;
    pthread_attr_setinheritsched: extern "C" fn(&Attr, c_int) -> c_int;

    pthread_mutexattr_destroy: extern "C" fn(&MutexAttr) -> c_int;
    pthread_mutexattr_getprotocol: extern "C" fn(&MutexAttr, Out<c_int>) -> c_int;
    pthread_mutexattr_getprioceiling: extern "C" fn(&MutexAttr, Out<c_int>) -> c_int;
    pthread_mutexattr_setprioceiling: extern "C" fn(&MutexAttr, c_int) -> c_int;
    pthread_mutexattr_getpshared: extern "C" fn(&MutexAttr, Out<c_int>) -> c_int;
    pthread_mutexattr_getrobust: extern "C" fn(&MutexAttr, Out<c_int>) -> c_int;
    pthread_mutexattr_gettype: extern "C" fn(&MutexAttr, Out<c_int>) -> c_int;
    pthread_mutexattr_init: extern "C" fn(Raw<MutexAttr>) -> c_int;
    pthread_mutexattr_setprotocol: extern "C" fn(&MutexAttr, c_int) -> c_int;
    pthread_mutexattr_setpshared: extern "C" fn(&MutexAttr, c_int) -> c_int;
    pthread_mutexattr_setrobust: extern "C" fn(&MutexAttr, c_int) -> c_int;
    pthread_mutexattr_settype: extern "C" fn(&MutexAttr, c_int) -> c_int;

    pthread_condattr_init: extern "C" fn(Raw<CondAttr>) -> c_int;
    pthread_condattr_destroy: extern "C" fn(&CondAttr) -> c_int;
    pthread_condattr_setclock: extern "C" fn(&CondAttr, ClockId) -> c_int;
    pthread_condattr_setpshared: extern "C" fn(&CondAttr, c_int) -> c_int;
    pthread_condattr_getclock: extern "C" fn(&CondAttr, Out<ClockId>) -> c_int;
    pthread_condattr_getpshared: extern "C" fn(&CondAttr, Out<c_int>) -> c_int;

    pthread_rwlockattr_init: extern "C" fn(Raw<RwLockAttr>) -> c_int;
    pthread_rwlockattr_destroy: extern "C" fn(&RwLockAttr) -> c_int;
    pthread_rwlockattr_setpshared: extern "C" fn(&RwLockAttr, c_int) -> c_int;
    pthread_rwlockattr_getpshared: extern "C" fn(&RwLockAttr, Out<c_int>) -> c_int;

    pthread_barrierattr_destroy: extern "C" fn(&BarrierAttr) -> c_int;
    pthread_barrierattr_getpshared: extern "C" fn(&BarrierAttr, Out<c_int>) -> c_int;
    pthread_barrierattr_init: extern "C" fn(Raw<BarrierAttr>) -> c_int;
    pthread_barrierattr_setpshared: extern "C" fn(&BarrierAttr, c_int) -> c_int;

    _pthread_cleanup_push: extern "C" fn(&Handler, Option<Routine<*mut c_void, ()>>, *mut c_void);
    _pthread_cleanup_pop: extern "C" fn(&Handler, c_int);
    pthread_atfork: extern "C" fn(ForkHandler, ForkHandler, ForkHandler) -> c_int;
    pthread_getconcurrency: extern "C" fn() -> c_int;
    pthread_setconcurrency: extern "C" fn(c_int) -> c_int;
    pthread_getcpuclockid: extern "C" fn(Handle, *mut ClockId) -> c_int;

    pthread_getattr_np: extern "C" fn(Handle, Raw<Attr>) -> c_int;
    pthread_setname_np: unsafe extern "C" fn(Handle, *const c_char) -> c_int;
    pthread_getname_np: unsafe extern "C" fn(Handle, *mut u8, usize) -> c_int;

    pthread_getattr_default_np: extern "C" fn(Raw<Attr>) -> c_int;
    pthread_setattr_default_np: extern "C" fn(&Attr) -> c_int;
    pthread_tryjoin_np: extern "C" fn(Handle, Option<Out<*mut c_void>>) -> c_int;
    pthread_timedjoin_np: extern "C" fn(Handle, Option<Out<*mut c_void>>, Option<&Timespec>) -> c_int;
    pthread_clockjoin_np: extern "C" fn(Handle, Option<Out<*mut c_void>>, ClockId, Option<&Timespec>) -> c_int;

    sem_close: extern "C" fn(*const PosixSemaphore) -> c_int;
    sem_destroy: extern "C" fn(&PosixSemaphore) -> c_int;
    sem_getvalue: extern "C" fn(&PosixSemaphore, Out<c_int>) -> c_int;
    sem_init: extern "C" fn(Raw<PosixSemaphore>, c_int, c_uint) -> c_int;
    sem_open: unsafe extern "C" fn(*const c_char, c_int, *const Creation) -> *const PosixSemaphore;
    sem_post: extern "C" fn(&PosixSemaphore) -> c_int;
    sem_timedwait: extern "C" fn(&PosixSemaphore, &Timespec) -> c_int;
    sem_clockwait: extern "C" fn(&PosixSemaphore, ClockId, &Timespec) -> c_int;
    sem_trywait: extern "C" fn(&PosixSemaphore) -> c_int;
    sem_unlink: unsafe extern "C" fn(*const c_char) -> c_int;
    sem_wait: extern "C" fn(&PosixSemaphore) -> c_int;

    pthread_setschedparam: extern "C" fn(Handle, c_int, &SchedParam) -> c_int;
    pthread_getschedparam: extern "C" fn(Handle, Out<c_int>, &SchedParam) -> c_int;
    pthread_setschedprio: extern "C" fn(Handle, c_int) -> c_int;
    pthread_getaffinity_np: unsafe extern "C" fn(Handle, usize, *const Cell<u8>) -> c_int;
    pthread_setaffinity_np: unsafe extern "C" fn(Handle, usize, *const Cell<u8>) -> c_int;
    __sched_cpucount: unsafe extern "C" fn(usize, *const Cell<u8>) -> c_int;
    sched_getcpu: extern "C" fn() -> c_int;
    sched_getaffinity: unsafe extern "C" fn(c_int, usize, *const Cell<u8>) -> c_int;
    sched_setaffinity: unsafe extern "C" fn(c_int, usize, *const Cell<u8>) -> c_int;

    sched_get_priority_max: extern "C" fn(c_int) -> c_int;
    sched_get_priority_min: extern "C" fn(c_int) -> c_int;
    sched_getparam: extern "C" fn(c_int, Option<&SchedParam>) -> c_int;
    sched_getscheduler: extern "C" fn(c_int) -> c_int;
    sched_rr_get_interval: extern "C" fn(c_int, Option<Out<Timespec>>) -> c_int;
    sched_setparam: extern "C" fn(c_int, &SchedParam) -> c_int;
    sched_setscheduler: extern "C" fn(c_int, c_int, &SchedParam) -> c_int;
    sched_yield: extern "C" fn() -> c_int;

    thrd_create: extern "C" fn(Out<Handle>, Routine<*mut c_void, c_int>, *mut c_void) -> c_int;
    thrd_exit: extern "C" fn(c_int) -> !;
    thrd_detach: extern "C" fn(Handle) -> c_int;
    thrd_join: extern "C" fn(Handle, Option<Out<c_int>>) -> c_int;
    thrd_yield: extern "C" fn();
    thrd_current: extern "C" fn() -> Handle;
    thrd_equal: extern "C" fn(Handle, Handle) -> c_int;

    call_once: extern "C" fn(&Once, extern "C" fn());

    mtx_init: extern "C" fn(Raw<Mtx>, c_int) -> c_int;
    mtx_destroy: extern "C" fn(&Mtx);
    mtx_lock: extern "C" fn(&Mtx) -> c_int;
    mtx_timedlock: extern "C" fn(&Mtx, &Timespec) -> c_int;
    mtx_trylock: extern "C" fn(&Mtx) -> c_int;
    mtx_unlock: extern "C" fn(&Mtx) -> c_int;

    cnd_init: extern "C" fn(Raw<Cnd>) -> c_int;
    cnd_destroy: extern "C" fn(&Cnd);
    cnd_broadcast: extern "C" fn(&Cnd) -> c_int;
    cnd_signal: extern "C" fn(&Cnd) -> c_int;
    cnd_timedwait: extern "C" fn(&Cnd, &Mtx, &Timespec) -> c_int;
    cnd_wait: extern "C" fn(&Cnd, &Mtx) -> c_int;

    tss_create: extern "C" fn(Out<c_uint>, Option<Routine<*mut c_void, ()>>) -> c_int;
    tss_delete: extern "C" fn(c_uint);
    tss_set: extern "C" fn(c_uint, *mut c_void) -> c_int;
    tss_get: extern "C" fn(c_uint) -> *mut c_void;

    kill: extern "C" fn(c_int, c_int) -> c_int;
    sigemptyset: extern "C" fn(Out<Set>) -> c_int;
    sigfillset: extern "C" fn(Out<Set>) -> c_int;
    sigaddset: extern "C" fn(Out<Set>, c_int) -> c_int;
    sigdelset: extern "C" fn(Out<Set>, c_int) -> c_int;
    sigismember: extern "C" fn(Out<Set>, c_int) -> c_int;
    sigprocmask: extern "C" fn(c_int, Option<Out<Set>>, Option<Out<Set>>) -> c_int;
    sigsuspend: extern "C" fn(Out<Set>) -> c_int;
    sigaction: extern "C" fn(c_int, Option<Out<SigAction>>, Option<Out<SigAction>>) -> c_int;
    sigpending: extern "C" fn(Out<Set>) -> c_int;
    sigwait: extern "C" fn(Out<Set>, Out<c_int>) -> c_int;
    sigwaitinfo: extern "C" fn(Out<Set>, Option<Out<SigInfo>>) -> c_int;
    sigtimedwait: extern "C" fn(Out<Set>, Option<Out<SigInfo>>, Option<&Timespec>) -> c_int;
    pthread_sigmask: extern "C" fn(c_int, Option<Out<Set>>, Option<Out<Set>>) -> c_int;
    pthread_kill: extern "C" fn(Handle, c_int) -> c_int;
    sigisemptyset: extern "C" fn(Out<Set>) -> c_int;
    sigorset: extern "C" fn(Out<Set>, Out<Set>, Out<Set>) -> c_int;
    sigandset: extern "C" fn(Out<Set>, Out<Set>, Out<Set>) -> c_int;
    bsd_signal: extern "C" fn(c_int, Option<Routine<c_int, ()>>) -> Option<Routine<c_int, ()>>;
    signal: extern "C" fn(c_int, Option<Routine<c_int, ()>>) -> Option<Routine<c_int, ()>>;
    raise: extern "C" fn(c_int) -> c_int;
    pause: extern "C" fn() -> c_int;
    __SIG_ERR: extern "C" fn(c_int);
    __SIG_IGN: extern "C" fn(c_int);

    __coopt_note_poll: extern "C" fn();
    __coopt_sleep_until: extern "C" fn(i64) -> c_int;
    __lock: extern "C" fn(&LibcLock);
    __unlock: extern "C" fn(&LibcLock);
    __wasilibc_futex_wait: extern "C" fn(*const Word, c_int, ClockId, Option<&Timespec>, c_uint) -> c_int;
    __wasilibc_futex_wake: extern "C" fn(*const Word, c_int, c_uint) -> c_int;
    coopt_thread_start: extern "C" fn(ThreadId, &'static Thread);
}
