/*
 * abi.c - what the thread layer takes for granted of the headers.
 *
 * guest/coopt-pthread asserts the same numbers of its own types and constants,
 * so neither side can change alone. `cargo xtask setup` compiles this file
 * against the finished C library, for its errors only. That the signatures
 * agree is for the linker to say: tests link with --fatal-warnings.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

#define IS(what, number) _Static_assert((what) == (number), #what " is not " #number)
#define LAYOUT(type, size, align) \
	IS(sizeof(type), size); \
	IS(_Alignof(type), align)

/* ---- objects ---- */

LAYOUT(pthread_t, 4, 4);
LAYOUT(pthread_attr_t, 36, 4);
LAYOUT(pthread_mutex_t, 24, 4);
LAYOUT(pthread_mutexattr_t, 4, 4);
LAYOUT(pthread_cond_t, 48, 4);
LAYOUT(pthread_condattr_t, 4, 4);
LAYOUT(pthread_rwlock_t, 32, 4);
LAYOUT(pthread_rwlockattr_t, 8, 4);
LAYOUT(pthread_barrier_t, 20, 4);
LAYOUT(pthread_barrierattr_t, 4, 4);
LAYOUT(pthread_spinlock_t, 4, 4);
LAYOUT(pthread_once_t, 4, 4);
LAYOUT(pthread_key_t, 4, 4);
LAYOUT(sem_t, 16, 4);
LAYOUT(mtx_t, 24, 4);
LAYOUT(cnd_t, 48, 4);
LAYOUT(tss_t, 4, 4);
LAYOUT(thrd_t, 4, 4);
LAYOUT(once_flag, 4, 4);

/* ---- structures that both sides read ---- */

LAYOUT(struct timespec, 16, 8);
IS(offsetof(struct timespec, tv_sec), 0);
IS(offsetof(struct timespec, tv_nsec), 8);
IS(sizeof(((struct timespec *)0)->tv_nsec), 4);

IS(offsetof(struct sched_param, sched_priority), 0);
IS(sizeof(((struct sched_param *)0)->sched_priority), 4);

LAYOUT(sigset_t, 8, 8);

LAYOUT(struct sigaction, 24, 8);
IS(offsetof(struct sigaction, sa_handler), 0);
IS(offsetof(struct sigaction, sa_sigaction), 0);
IS(offsetof(struct sigaction, sa_mask), 8);
IS(offsetof(struct sigaction, sa_flags), 16);

LAYOUT(siginfo_t, 136, 8);
IS(offsetof(siginfo_t, si_signo), 0);
IS(offsetof(siginfo_t, si_errno), 4);
IS(offsetof(siginfo_t, si_code), 8);
IS(offsetof(siginfo_t, si_pid), 16);
IS(offsetof(siginfo_t, si_uid), 20);

LAYOUT(struct __ptcb, 12, 4);
IS(offsetof(struct __ptcb, __f), 0);
IS(offsetof(struct __ptcb, __x), 4);
IS(offsetof(struct __ptcb, __next), 8);

/* ---- constants ---- */

IS(PTHREAD_CREATE_JOINABLE, 0);
IS(PTHREAD_CREATE_DETACHED, 1);
IS(PTHREAD_INHERIT_SCHED, 0);
IS(PTHREAD_EXPLICIT_SCHED, 1);
IS(PTHREAD_SCOPE_SYSTEM, 0);
IS(PTHREAD_SCOPE_PROCESS, 1);
IS(PTHREAD_PROCESS_PRIVATE, 0);
IS(PTHREAD_PROCESS_SHARED, 1);
IS(PTHREAD_MUTEX_NORMAL, 0);
IS(PTHREAD_MUTEX_DEFAULT, PTHREAD_MUTEX_NORMAL);
IS(PTHREAD_MUTEX_RECURSIVE, 1);
IS(PTHREAD_MUTEX_ERRORCHECK, 2);
IS(PTHREAD_MUTEX_STALLED, 0);
IS(PTHREAD_MUTEX_ROBUST, 1);
IS(PTHREAD_PRIO_NONE, 0);
IS(PTHREAD_PRIO_INHERIT, 1);
IS(PTHREAD_PRIO_PROTECT, 2);
IS(PTHREAD_CANCEL_ENABLE, 0);
IS(PTHREAD_CANCEL_DISABLE, 1);
IS(PTHREAD_CANCEL_DEFERRED, 0);
IS(PTHREAD_CANCEL_ASYNCHRONOUS, 1);
IS((int)PTHREAD_CANCELED, -1);
IS(PTHREAD_BARRIER_SERIAL_THREAD, -1);
IS(PTHREAD_ONCE_INIT, 0);
IS(ONCE_FLAG_INIT, PTHREAD_ONCE_INIT);

IS(SCHED_OTHER, 0);
IS(SCHED_FIFO, 1);
IS(SCHED_RR, 2);

IS(_NSIG, 65);
IS(SIGQUIT, 3);
IS(SIGILL, 4);
IS(SIGTRAP, 5);
IS(SIGABRT, 6);
IS(SIGBUS, 7);
IS(SIGFPE, 8);
IS(SIGKILL, 9);
IS(SIGSEGV, 11);
IS(SIGCHLD, 17);
IS(SIGCONT, 18);
IS(SIGSTOP, 19);
IS(SIGTSTP, 20);
IS(SIGTTIN, 21);
IS(SIGTTOU, 22);
IS(SIGURG, 23);
IS(SIGXCPU, 24);
IS(SIGXFSZ, 25);
IS(SIGWINCH, 28);
IS(SIGSYS, 31);
IS(SIG_BLOCK, 0);
IS(SIG_UNBLOCK, 1);
IS(SIG_SETMASK, 2);
IS(SA_SIGINFO, 4);
IS(SA_RESTART, 0x10000000);
IS(SA_NODEFER, 0x40000000);
IS(SA_RESETHAND, 0x80000000);
IS(SI_USER, 0);

IS(thrd_success, 0);
IS(thrd_busy, 1);
IS(thrd_error, 2);
IS(thrd_nomem, 3);
IS(thrd_timedout, 4);
IS(mtx_plain, 0);
IS(mtx_recursive, 1);
IS(mtx_timed, 2);

IS(O_CREAT, 1 << 12);
IS(O_EXCL, 4 << 12);

/* ---- limits ---- */

IS(PTHREAD_STACK_MIN, 2048);
IS(PTHREAD_KEYS_MAX, 128);
IS(PTHREAD_DESTRUCTOR_ITERATIONS, 4);
IS(TSS_DTOR_ITERATIONS, PTHREAD_DESTRUCTOR_ITERATIONS);
IS(SEM_VALUE_MAX, 0x7fffffff);
IS(NAME_MAX, 255);

/* ---- errors ---- */

IS(EAGAIN, 6);
IS(EBUSY, 10);
IS(EDEADLK, 16);
IS(EEXIST, 20);
IS(EINTR, 27);
IS(EINVAL, 28);
IS(ENAMETOOLONG, 37);
IS(ENOENT, 44);
IS(ENOMEM, 48);
IS(ENOTRECOVERABLE, 56);
IS(ENOTSUP, 58);
IS(EOVERFLOW, 61);
IS(EOWNERDEAD, 62);
IS(EPERM, 63);
IS(ERANGE, 68);
IS(ESRCH, 71);
IS(ETIMEDOUT, 73);
