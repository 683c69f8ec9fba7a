//! The numbers and the layouts of the C headers that the thread layer takes for
//! granted, as one table.
//!
//! The C layer is built from this table. Set-up compiles a file that asserts
//! each entry against the finished headers, so neither side can change alone.

/// A type of the headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Its name in C.
    pub name: &'static str,
    /// Its size, in bytes.
    pub size: usize,
    /// Its alignment, in bytes.
    pub align: usize,
    /// The fields that both sides know, each with its offset in bytes.
    pub fields: &'static [(&'static str, usize)],
}

macro_rules! constants {
    ($($(#[$group:meta])* { $($name:ident = $value:expr;)* })*) => {
        $($(
            #[doc = concat!("`", stringify!($name), "`")]
            #[allow(non_upper_case_globals, reason = "C11's names are in lower case")]
            pub const $name: i32 = $value;
        )*)*

        /// Every constant, with its name in C.
        pub const CONSTANTS: &[(&str, i32)] = &[$($((stringify!($name), $name),)*)*];
    };
}

constants! {
    /// Threads (`pthread.h`)
    {
        PTHREAD_CREATE_JOINABLE = 0;
        PTHREAD_CREATE_DETACHED = 1;
        PTHREAD_INHERIT_SCHED = 0;
        PTHREAD_EXPLICIT_SCHED = 1;
        PTHREAD_SCOPE_SYSTEM = 0;
        PTHREAD_SCOPE_PROCESS = 1;
        PTHREAD_PROCESS_PRIVATE = 0;
        PTHREAD_PROCESS_SHARED = 1;
        PTHREAD_MUTEX_NORMAL = 0;
        PTHREAD_MUTEX_DEFAULT = 0;
        PTHREAD_MUTEX_RECURSIVE = 1;
        PTHREAD_MUTEX_ERRORCHECK = 2;
        PTHREAD_MUTEX_STALLED = 0;
        PTHREAD_MUTEX_ROBUST = 1;
        PTHREAD_PRIO_NONE = 0;
        PTHREAD_PRIO_INHERIT = 1;
        PTHREAD_PRIO_PROTECT = 2;
        PTHREAD_CANCEL_ENABLE = 0;
        PTHREAD_CANCEL_DISABLE = 1;
        PTHREAD_CANCEL_DEFERRED = 0;
        PTHREAD_CANCEL_ASYNCHRONOUS = 1;
        PTHREAD_CANCELED = -1;
        PTHREAD_BARRIER_SERIAL_THREAD = -1;
        PTHREAD_ONCE_INIT = 0;
        PTHREAD_RWLOCK_PREFER_READER_NP = 0;
        PTHREAD_RWLOCK_PREFER_WRITER_NP = 1;
        PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP = 2;
        PTHREAD_RWLOCK_DEFAULT_NP = 0;
    }

    /// Scheduling (`sched.h`)
    {
        SCHED_OTHER = 0;
        SCHED_FIFO = 1;
        SCHED_RR = 2;
    }

    /// Signals (`signal.h`)
    {
        _NSIG = 65;
        SIGQUIT = 3;
        SIGILL = 4;
        SIGTRAP = 5;
        SIGABRT = 6;
        SIGBUS = 7;
        SIGFPE = 8;
        SIGKILL = 9;
        SIGSEGV = 11;
        SIGPIPE = 13;
        SIGCHLD = 17;
        SIGCONT = 18;
        SIGSTOP = 19;
        SIGTSTP = 20;
        SIGTTIN = 21;
        SIGTTOU = 22;
        SIGURG = 23;
        SIGXCPU = 24;
        SIGXFSZ = 25;
        SIGWINCH = 28;
        SIGSYS = 31;
        SIG_BLOCK = 0;
        SIG_UNBLOCK = 1;
        SIG_SETMASK = 2;
        SA_SIGINFO = 4;
        SA_RESTART = 0x1000_0000;
        SA_NODEFER = 0x4000_0000;
        SA_RESETHAND = i32::MIN;
        SI_USER = 0;
        SIGUSR1 = 10;
        SIGUSR2 = 12;
    }

    /// C11 threads (`threads.h`)
    {
        ONCE_FLAG_INIT = 0;
        thrd_success = 0;
        thrd_busy = 1;
        thrd_error = 2;
        thrd_nomem = 3;
        thrd_timedout = 4;
        mtx_plain = 0;
        mtx_recursive = 1;
        mtx_timed = 2;
    }

    /// Flags of `sem_open` (`fcntl.h`)
    {
        O_CREAT = 4096;
        O_EXCL = 16384;
    }

    /// The futex of wasi-libc (`wasi/libc.h`)
    {
        __WASILIBC_FUTEX_YIELD = 1;
        __WASILIBC_FUTEX_TIMESPEC_ABSOLUTE = 2;
    }

    /// Limits (`limits.h`)
    {
        PTHREAD_STACK_MIN = 2048;
        PTHREAD_KEYS_MAX = 128;
        PTHREAD_DESTRUCTOR_ITERATIONS = 4;
        TSS_DTOR_ITERATIONS = 4;
        SEM_VALUE_MAX = i32::MAX;
        NAME_MAX = 255;
        PAGESIZE = 65_536;
    }

    /// Errors (`errno.h`); the numbers are WASI's
    {
        EAGAIN = 6;
        EBUSY = 10;
        EDEADLK = 16;
        EEXIST = 20;
        EINTR = 27;
        EINVAL = 28;
        ENAMETOOLONG = 37;
        ENOENT = 44;
        ENOMEM = 48;
        ENOTRECOVERABLE = 56;
        ENOTSUP = 58;
        EOVERFLOW = 61;
        EOWNERDEAD = 62;
        EPERM = 63;
        EPIPE = 64;
        ERANGE = 68;
        ESRCH = 71;
        ETIMEDOUT = 73;
    }
}

macro_rules! layouts {
    ($($name:literal: $size:literal, $align:literal $(, { $($field:literal: $offset:literal),* })?;)*) => {
        /// Every type whose layout both sides know.
        pub const LAYOUTS: &[Layout] = &[$(Layout {
            name: $name,
            size: $size,
            align: $align,
            fields: &[$($(($field, $offset)),*)?],
        },)*];
    };
}

layouts! {
    // Objects: only the thread layer looks inside.
    "pthread_t": 4, 4;
    "pthread_attr_t": 36, 4;
    "pthread_mutex_t": 24, 4;
    "pthread_mutexattr_t": 4, 4;
    "pthread_cond_t": 48, 4;
    "pthread_condattr_t": 4, 4;
    "pthread_rwlock_t": 32, 4;
    "pthread_rwlockattr_t": 8, 4;
    "pthread_barrier_t": 20, 4;
    "pthread_barrierattr_t": 4, 4;
    "pthread_spinlock_t": 4, 4;
    "pthread_once_t": 4, 4;
    "pthread_key_t": 4, 4;
    "sem_t": 16, 4;
    "mtx_t": 24, 4;
    "cnd_t": 48, 4;
    "tss_t": 4, 4;
    "thrd_t": 4, 4;
    "once_flag": 4, 4;
    "sigset_t": 8, 8;
    // Structures that both sides read.
    "struct timespec": 16, 8, { "tv_sec": 0, "tv_nsec": 8 };
    "struct sigaction": 24, 8, { "sa_handler": 0, "sa_sigaction": 0, "sa_mask": 8, "sa_flags": 16 };
    "siginfo_t": 136, 8, { "si_signo": 0, "si_errno": 4, "si_code": 8, "si_pid": 16, "si_uid": 20 };
    "struct __ptcb": 12, 4, { "__f": 0, "__x": 4, "__next": 8 };
}

/// The layout of a C type, to compare a Rust type with.
///
/// # Panics
///
/// When the table has no such type; in a constant, at compile time.
#[must_use]
pub const fn layout(name: &str) -> Layout {
    let mut index = 0;
    while index < LAYOUTS.len() {
        if is_same(LAYOUTS[index].name, name) {
            return LAYOUTS[index];
        }
        index += 1;
    }
    panic!("the table has no such type")
}

impl Layout {
    /// Whether the Rust type `T` has this size and alignment.
    #[must_use]
    pub const fn fits<T>(&self) -> bool {
        self.size == size_of::<T>() && self.align == align_of::<T>()
    }

    /// The offset of a field, in bytes.
    ///
    /// # Panics
    ///
    /// When the type has no such field; in a constant, at compile time.
    #[must_use]
    pub const fn offset(&self, field: &str) -> usize {
        let mut index = 0;
        while index < self.fields.len() {
            if is_same(self.fields[index].0, field) {
                return self.fields[index].1;
            }
            index += 1;
        }
        panic!("the table has no such field")
    }
}

const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_fields_are_found_by_name() {
        let action = layout("struct sigaction");
        assert_eq!((action.size, action.offset("sa_flags")), (24, 16));
        assert!(layout("sigset_t").fits::<u64>());
        assert!(!layout("sigset_t").fits::<u32>());
    }
}
