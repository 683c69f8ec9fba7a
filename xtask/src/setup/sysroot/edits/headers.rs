//! What programs see of the thread layer: the public headers, and `sysconf`,
//! which says the same at run time.
//!
//! The release hides what WASI alone cannot do. The thread layer can do more
//! of it (what it does about signals is in [`signals`](super::signals)), and a
//! few things it must not promise: a clock for processor time, real-time
//! signals, and a limit on semaphores, which there is not.
//! `PTHREAD_THREADS_MAX` stays undefined, as POSIX wants it for a limit that
//! is only known when the program runs (`--max-threads`).

use super::Edit;

const LIBC: &str = "libc-bottom-half/headers/public/wasi/libc.h";
const LIMITS: &str = "libc-top-half/musl/include/limits.h";
const PTHREAD: &str = "libc-top-half/musl/include/pthread.h";
const SCHED: &str = "libc-top-half/musl/include/sched.h";
const SEMAPHORE: &str = "libc-top-half/musl/include/semaphore.h";
const UNISTD: &str = "libc-top-half/musl/include/unistd.h";
const SYSCONF: &str = "libc-top-half/musl/src/conf/sysconf.c";

pub const EDITS: &[Edit] = &[
    Edit {
        file: LIMITS,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no semaphores */",
        replace: "#ifdef _REENTRANT",
        why: "semaphore.h has them",
    },
    Edit {
        file: SYSCONF,
        find: "#ifdef __wasilibc_unmodified_upstream // WASI has no semaphores\n#define",
        replace: "#ifdef _REENTRANT\n#define",
        why: "as above",
    },
    Edit {
        file: SYSCONF,
        find: "#ifdef __wasilibc_unmodified_upstream // WASI has no semaphores\n\t\t[",
        replace: "#ifdef _REENTRANT\n\t\t[",
        why: "as above",
    },
    Edit {
        file: SYSCONF,
        find: "#ifdef __wasilibc_unmodified_upstream // WASI has no semaphores\n\tcase",
        replace: "#ifdef _REENTRANT\n\tcase",
        why: "as above",
    },
    Edit {
        file: SCHED,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no CPU scheduling support. */\n\
               struct sched_param {",
        replace: "#define SCHED_OTHER 0\n#define SCHED_FIFO 1\n#define SCHED_RR 2\n\n\
                  #ifdef _REENTRANT\nstruct sched_param {",
        why: "pthread attributes carry them",
    },
    Edit {
        file: SCHED,
        find: "int setns(int, int);\n",
        replace: "int setns(int, int);\n#endif\n#endif\n\n\
                  #ifdef _REENTRANT\n#ifdef _GNU_SOURCE\n",
        why: "affinity makes sense, with one processor; namespaces do not",
    },
    Edit {
        file: SEMAPHORE,
        find: "#define __NEED_time_t",
        replace: "#define __NEED_clockid_t\n#define __NEED_time_t",
        why: "see the next",
    },
    Edit {
        file: SEMAPHORE,
        find: "int    sem_trywait(sem_t *);",
        replace: "int    sem_trywait(sem_t *);\n\
                  int    sem_clockwait(sem_t *__restrict, clockid_t, \
                  const struct timespec *__restrict);",
        why: "POSIX 2024; newer than the release",
    },
    Edit {
        file: PTHREAD,
        find: "int pthread_setname_np(pthread_t, const char *);",
        replace: "int pthread_setname_np(pthread_t, const char *);\n\
                  int pthread_getname_np(pthread_t, char *, size_t);",
        why: "newer than the release",
    },
    Edit {
        file: PTHREAD,
        find: "#ifdef _GNU_SOURCE\nstruct cpu_set_t;",
        replace: "int pthread_cond_clockwait(pthread_cond_t *__restrict, pthread_mutex_t *__restrict, \
                  clockid_t, const struct timespec *__restrict);\n\
                  int pthread_mutex_clocklock(pthread_mutex_t *__restrict, clockid_t, \
                  const struct timespec *__restrict);\n\
                  int pthread_rwlock_clockrdlock(pthread_rwlock_t *__restrict, clockid_t, \
                  const struct timespec *__restrict);\n\
                  int pthread_rwlock_clockwrlock(pthread_rwlock_t *__restrict, clockid_t, \
                  const struct timespec *__restrict);\n\n\
                  #ifdef _GNU_SOURCE\nstruct cpu_set_t;",
        why: "POSIX 2024; newer than the release",
    },
    Edit {
        file: LIMITS,
        find: "#define SEM_NSEMS_MAX 256\n",
        replace: "",
        why: "only memory limits how many semaphores there are",
    },
    Edit {
        file: SYSCONF,
        find: "[_SC_SEM_NSEMS_MAX] = SEM_NSEMS_MAX,",
        replace: "[_SC_SEM_NSEMS_MAX] = -1,",
        why: "as above",
    },
    Edit {
        file: PTHREAD,
        find: "int pthread_timedjoin_np(pthread_t, void **, const struct timespec *);",
        replace: "int pthread_timedjoin_np(pthread_t, void **, const struct timespec *);\n\
                  int pthread_clockjoin_np(pthread_t, void **, clockid_t, const struct timespec *);",
        why: "newer than the release",
    },
    Edit {
        file: UNISTD,
        find: "#define _POSIX_SPIN_LOCKS       _POSIX_VERSION\n",
        replace: "#define _POSIX_SPIN_LOCKS       _POSIX_VERSION\n\
                  #define _POSIX_SEMAPHORES       _POSIX_VERSION\n\
                  #define _POSIX_THREAD_PRIO_INHERIT _POSIX_VERSION\n\
                  #define _POSIX_THREAD_PRIO_PROTECT _POSIX_VERSION\n\
                  #define _POSIX_THREAD_ROBUST_PRIO_INHERIT _POSIX_VERSION\n\
                  #define _POSIX_THREAD_ROBUST_PRIO_PROTECT _POSIX_VERSION\n",
        why: "the thread layer has these options of POSIX",
    },
    Edit {
        file: UNISTD,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no POSIX async I/O, semaphores, or shared memory */\n\
               #define _POSIX_ASYNCHRONOUS_IO  _POSIX_VERSION\n\
               #define _POSIX_SEMAPHORES       _POSIX_VERSION\n",
        replace: "#ifdef __wasilibc_unmodified_upstream /* WASI has no POSIX async I/O or shared memory */\n\
                  #define _POSIX_ASYNCHRONOUS_IO  _POSIX_VERSION\n",
        why: "it moved, above",
    },
    Edit {
        file: UNISTD,
        find: "#define _POSIX_THREAD_CPUTIME   _POSIX_VERSION",
        replace: "#define _POSIX_THREAD_CPUTIME   -1",
        why: "WASI has no clock of a thread's processor time",
    },
    Edit {
        file: UNISTD,
        find: "#define _POSIX_CPUTIME          _POSIX_VERSION",
        replace: "#define _POSIX_CPUTIME          -1",
        why: "nor of the process's",
    },
    Edit {
        file: UNISTD,
        find: "#define _POSIX_REALTIME_SIGNALS _POSIX_VERSION",
        replace: "#define _POSIX_REALTIME_SIGNALS -1",
        why: "there is no `sigqueue`",
    },
    Edit {
        file: SYSCONF,
        find: "[_SC_THREAD_CPUTIME] = VER,",
        replace: "[_SC_THREAD_CPUTIME] = -1,",
        why: "as unistd.h",
    },
    Edit {
        file: SYSCONF,
        find: "[_SC_CPUTIME] = VER,",
        replace: "[_SC_CPUTIME] = -1,",
        why: "as unistd.h",
    },
    Edit {
        file: SYSCONF,
        find: "[_SC_REALTIME_SIGNALS] = VER,",
        replace: "[_SC_REALTIME_SIGNALS] = -1,",
        why: "as unistd.h",
    },
    Edit {
        file: SYSCONF,
        find: "\t\t[_SC_THREAD_PRIO_INHERIT] = -1,\n\t\t[_SC_THREAD_PRIO_PROTECT] = -1,\n",
        replace: "\t\t[_SC_THREAD_PRIO_INHERIT] = VER,\n\t\t[_SC_THREAD_PRIO_PROTECT] = VER,\n",
        why: "as unistd.h",
    },
    Edit {
        file: SYSCONF,
        find: "\t\t[_SC_THREAD_ROBUST_PRIO_INHERIT] = -1,\n\
               \t\t[_SC_THREAD_ROBUST_PRIO_PROTECT] = -1,\n",
        replace: "\t\t[_SC_THREAD_ROBUST_PRIO_INHERIT] = VER,\n\
                  \t\t[_SC_THREAD_ROBUST_PRIO_PROTECT] = VER,\n",
        why: "as unistd.h",
    },
    Edit {
        file: LIBC,
        find: "int __wasilibc_rename_newat(const char *oldpath, int newdirfd, const char *newpath)\n    \
               __attribute__((__warn_unused_result__));\n",
        replace: "int __wasilibc_rename_newat(const char *oldpath, int newdirfd, const char *newpath)\n    \
                  __attribute__((__warn_unused_result__));\n\n\
                  /* coopt's futex.rs says what these do. */\n\
                  enum {\n\
                  \t__WASILIBC_FUTEX_WAKE_ALL = -1,\n\
                  \t__WASILIBC_FUTEX_YIELD = 1,\n\
                  \t__WASILIBC_FUTEX_TIMESPEC_ABSOLUTE = 2\n\
                  };\n\
                  int __wasilibc_futex_wait(volatile int *, int, clockid_t, \
                  const struct timespec *, unsigned);\n\
                  int __wasilibc_futex_wake(volatile int *, int, unsigned);\n",
        why: "newer than the release: a futex for other runtimes",
    },
    Edit {
        file: LIBC,
        find: "#include <__struct_timespec.h>",
        replace: "#include <__struct_timespec.h>\n#include <__typedef_clockid_t.h>",
        why: "as above",
    },
];
