/*
 * The lock of a FILE: 0 when free, else the owner's id, with MAYBE_WAITERS set
 * while others are parked on it.
 *
 * The lock is handed to the first waiter. If it were left free, a thread that
 * prints in a loop would take it back each time. A lock is contended only while
 * its holder waits inside a read or write, or holds it by flockfile.
 */
#include <coopt.h>
#include "stdio_impl.h"
#include "pthread_impl.h"

void __coopt_note_poll(void);

_Static_assert((MAYBE_WAITERS & COOPT_THREAD_ID_MAX) == 0, "an id must not look like the flag");

/* Returns 0 when the caller held the lock already, so that only the outermost
 * of nested calls unlocks. */
int __lockfile(FILE *f)
{
	int self = __pthread_self()->tid;

	if ((f->lock & ~MAYBE_WAITERS) == self)
		return 0;
	/* SWITCH: one call in a thousand yields, because a loop may write until
	 * another thread has done something. */
	__coopt_note_poll();
	if (f->lock == 0) {
		f->lock = self;
		return 1;
	}
	do {
		if (f->lock == 0) {
			f->lock = self;
			break;
		}
		f->lock |= MAYBE_WAITERS;
		/* SWITCH: the caller may own the lock. After an interruption any thread
		 * may own it, or none. */
		coopt_futex_wait(&f->lock, f->lock,
		                 COOPT_KIND_LIBC_LOCK | COOPT_OWNER_IN_WORD, 0,
		                 COOPT_NO_DEADLINE);
	} while ((f->lock & ~MAYBE_WAITERS) != self);
	return 1;
}

void __unlockfile(FILE *f)
{
	if (!(f->lock & MAYBE_WAITERS)) {
		f->lock = 0;
		return;
	}
	unsigned next = coopt_futex_handoff(&f->lock);
	f->lock = (next & COOPT_THREAD_ID_MAX)
	        | (next & COOPT_HANDOFF_MORE ? MAYBE_WAITERS : 0);
	/* SWITCH: the next owner runs first if its priority is higher. */
	coopt_thread_preempt();
}
