/*
 * coopt.h - what coopt offers a C program beyond POSIX.
 *
 * These are the functions of the import module "coopt", which `coopt run` and
 * `coopt build` resolve when they turn a core module into a component. The C
 * library and the thread layer call these functions. A program that calls them
 * can be converted by coopt only.
 *
 * Threads are cooperative: one runs at a time, and another can run only during
 * a call marked SWITCH. Between two such calls nothing changes behind the
 * caller's back, so testing a word and then parking on it needs no atomics.
 *
 * Deadlines are absolute, in nanoseconds of coopt_clock_monotonic();
 * coopt_deadline_in() makes one from a timeout. wasi/libc.h has the futex that
 * other runtimes know, __wasilibc_futex_wait(), with a clock and a timespec.
 * The numbers are those of `coopt-abi`. With threads off every function exists:
 * a spawn fails, and a wait that nothing could end is a deadlock.
 */
#ifndef COOPT_H
#define COOPT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define COOPT_IMPORT_(name) \
	__attribute__((__import_module__("coopt"), __import_name__(name)))

/* A deadline that never comes. */
#define COOPT_NO_DEADLINE INT64_C(-1)

/* The id of the thread that runs main. */
#define COOPT_THREAD_MAIN 1

/* The largest thread id; the bits above it are free for use in lock words. */
#define COOPT_THREAD_ID_MAX ((1 << 29) - 1)

/* How a wait ended. */
enum coopt_wait_result {
	COOPT_WAIT_WOKEN = 0,       /* another thread woke the caller */
	COOPT_WAIT_NOT_EQUAL = 1,   /* the word differed: the caller did not park */
	COOPT_WAIT_TIMED_OUT = 2,   /* the deadline passed first */
	COOPT_WAIT_INTERRUPTED = 3  /* coopt_thread_wake ended the wait */
};

/* What a thread waits for: the wording of reports, and nothing else. */
enum coopt_wait_kind {
	COOPT_KIND_FUTEX = 0,
	COOPT_KIND_MUTEX = 1,
	COOPT_KIND_COND = 2,
	COOPT_KIND_JOIN = 3,
	COOPT_KIND_SEMAPHORE = 4,
	COOPT_KIND_RWLOCK_READ = 5,
	COOPT_KIND_RWLOCK_WRITE = 6,
	COOPT_KIND_BARRIER = 7,
	COOPT_KIND_ONCE = 8,
	COOPT_KIND_SLEEP = 9,
	COOPT_KIND_LIBC_LOCK = 10,
	COOPT_KIND_SPIN_LOCK = 11,
	COOPT_KIND_SIGNAL = 12,
	COOPT_KIND_INPUT = 13,
	COOPT_KIND_HOST = 14,

	/* Added to a kind: the low 29 bits of the word are the owner's id. */
	COOPT_OWNER_IN_WORD = 0x100
};

/*
 * SWITCH: if *word == expected, parks the caller until another thread wakes it
 * or deadline_ns passes. word is aligned to 4 bytes. owner is the id of the
 * thread that the caller waits for, or 0 when there is no such thread or kind
 * has COOPT_OWNER_IN_WORD. Returns an enum coopt_wait_result.
 */
COOPT_IMPORT_("futex_wait")
int32_t coopt_futex_wait(const volatile void *word, int32_t expected,
                         int32_t kind, int32_t owner, int64_t deadline_ns);

/*
 * Wakes the first waiters of word, up to count. Waiters are ordered by the
 * priority of their threads, higher first, and then by arrival. Returns how many
 * were woken.
 */
COOPT_IMPORT_("futex_wake")
int32_t coopt_futex_wake(const volatile void *word, uint32_t count);

/*
 * Wakes the first waiter of word and returns its id, so that the caller can hand
 * a lock to it; 0 when nobody waits. COOPT_HANDOFF_MORE is set in the result when
 * other threads still wait.
 */
#define COOPT_HANDOFF_MORE UINT32_C(0x80000000)
COOPT_IMPORT_("futex_handoff")
uint32_t coopt_futex_handoff(const volatile void *word);

/* The highest priority among the waiters of word; -1 when nobody waits. */
COOPT_IMPORT_("futex_priority")
int32_t coopt_futex_priority(const volatile void *word);

/*
 * Wakes up to wake waiters of from, then moves up to requeue further waiters to
 * the queue of to. The event that a moved waiter waited for has come, so neither
 * its deadline nor coopt_thread_wake ends its wait. A report says that a moved
 * waiter waits for a mutex whose word, to, has the owner's id in its lowest bits.
 * Returns how many were woken or moved.
 */
COOPT_IMPORT_("futex_requeue")
int32_t coopt_futex_requeue(const volatile void *from, const volatile void *to,
                            uint32_t wake, uint32_t requeue);

/* SWITCH: parks until deadline_ns. Returns COOPT_WAIT_TIMED_OUT, or
 * COOPT_WAIT_INTERRUPTED. */
COOPT_IMPORT_("sleep_until")
int32_t coopt_sleep_until(int64_t deadline_ns);

/*
 * Opens both ends of a pipe and stores their descriptors in fds: the first reads
 * what the second writes. With two ways, each reads what the other writes.
 * fdflags are those of WASI preview 1. Returns 0, or a WASI errno. Programs should
 * call pipe or socketpair.
 */
COOPT_IMPORT_("fd_pipe")
int32_t coopt_fd_pipe(uint32_t ways, uint32_t fdflags, int32_t *fds);

/* Gives what fd stands for another descriptor, the lowest that is free and not
 * below least, and stores it in *to. Returns 0, or a WASI errno. */
COOPT_IMPORT_("fd_dup")
int32_t coopt_fd_dup(int32_t fd, uint32_t least, int32_t *to);

/* Gives what fd stands for the descriptor to, too, whatever that was. Returns 0, or
 * a WASI errno. */
COOPT_IMPORT_("fd_dup_to")
int32_t coopt_fd_dup_to(int32_t fd, int32_t to);

/*
 * The calling thread's stack has size bytes, for messages, and nothing else lies from
 * low on. A component that checks stacks traps from here on when a frame would go below
 * low. For programs that make stacks of their own: the thread layer calls it for its
 * threads.
 */
COOPT_IMPORT_("stack_bounds")
void coopt_stack_bounds(const void *low, uint32_t size);

/* Nanoseconds on the monotonic clock. */
COOPT_IMPORT_("clock_monotonic")
int64_t coopt_clock_monotonic(void);

/*
 * The deadline that is timeout_ns nanoseconds away; COOPT_NO_DEADLINE for a
 * negative timeout.
 */
static inline int64_t coopt_deadline_in(int64_t timeout_ns)
{
	int64_t now = coopt_clock_monotonic();
	if (timeout_ns < 0)
		return COOPT_NO_DEADLINE;
	return timeout_ns > INT64_MAX - now ? INT64_MAX : now + timeout_ns;
}

/*
 * Starts a thread in the exported function wasi_thread_start(id, start_arg).
 * Returns the thread's id, or a negated WASI errno. Programs should call
 * pthread_create, which provides the stack and the thread-local storage.
 */
COOPT_IMPORT_("thread_spawn")
int32_t coopt_thread_spawn(void *start_arg);

/* SWITCH: ends the calling thread, from any depth of calls, without clean-up
 * handlers; pthread_exit runs them. */
COOPT_IMPORT_("thread_exit")
__attribute__((__noreturn__))
void coopt_thread_exit(void);

/* The id of the calling thread. */
COOPT_IMPORT_("thread_self")
int32_t coopt_thread_self(void);

/* Names a thread in reports and backtraces: length bytes, at most 15 of which
 * are kept. Returns 0, or a WASI errno. */
COOPT_IMPORT_("thread_set_name")
int32_t coopt_thread_set_name(int32_t id, const char *name, uint32_t length);

/* The range of scheduling priorities. The thread of the highest priority runs
 * first, and among equals the thread that has been runnable for longest. A thread
 * starts with the lowest priority. */
#define COOPT_PRIORITY_MIN 0
#define COOPT_PRIORITY_MAX 99

/*
 * Sets the scheduling priority of a thread, and moves the thread within its
 * queue: behind the threads of its new priority if the priority was raised,
 * before them if it was lowered. Does not switch: coopt_thread_preempt does.
 * Returns 0, or a WASI errno: EINVAL, or ESRCH when no such thread is alive.
 */
COOPT_IMPORT_("thread_set_priority")
int32_t coopt_thread_set_priority(int32_t id, int32_t priority);

/* SWITCH: lets every other runnable thread of the caller's priority or a higher
 * one go first. */
COOPT_IMPORT_("thread_yield")
void coopt_thread_yield(void);

/* SWITCH: as coopt_thread_yield, but first the host has its turn, and waits whose
 * deadline has passed end. */
COOPT_IMPORT_("thread_yield_to_host")
void coopt_thread_yield_to_host(void);

/*
 * SWITCH: if a runnable thread has a higher priority than the caller, that thread
 * runs at once, and the caller becomes the first of its own priority. Waking a
 * thread or raising its priority does not switch. So the waker calls this
 * function once its own objects are in order.
 */
COOPT_IMPORT_("thread_preempt")
void coopt_thread_preempt(void);

/* Ends a coopt_futex_wait or coopt_sleep_until of a thread with
 * COOPT_WAIT_INTERRUPTED, or a call of WASI that waits for others (fd_read,
 * poll_oneoff, ...) with EINTR. Returns 1; or 0 when the thread is not parked, when
 * coopt_futex_requeue has moved it, or when it waits by an instruction
 * (memory.atomic.wait), whose results have no value for an interruption. */
COOPT_IMPORT_("thread_wake")
int32_t coopt_thread_wake(int32_t id);

/*
 * What WASI's calls on sockets lack. Each returns 0, or a WASI errno.
 */

/* SO_ERROR: writes why a connection could not be made, or 0; it is told once. */
COOPT_IMPORT_("socket_error")
int32_t coopt_socket_error(int32_t fd, int32_t *error);

/* SO_ACCEPTCONN: writes whether connections come in. */
COOPT_IMPORT_("socket_listens")
int32_t coopt_socket_listens(int32_t fd, int32_t *listens);

/* TCP_KEEPCNT: writes after how many probes a silent connection ends. */
COOPT_IMPORT_("socket_keep_count")
int32_t coopt_socket_keep_count(int32_t fd, int32_t *count);

/* Sets TCP_KEEPCNT. */
COOPT_IMPORT_("socket_set_keep_count")
int32_t coopt_socket_set_keep_count(int32_t fd, int32_t count);

#ifdef __cplusplus
}
#endif

#endif /* COOPT_H */
