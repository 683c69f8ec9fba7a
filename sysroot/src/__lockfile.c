/*
 * The lock of a FILE: 0 when free, else the owner's id, with MAYBE_WAITERS set
 * while others are parked on it.
 *
 * A holder can be overtaken only while it waits inside a read or write, so a
 * contended lock means a slow device, and the lock is handed to the oldest
 * waiter: with a free lock left behind, whoever prints in a loop would win it
 * back each time.
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
	/* SWITCH: one call in a thousand. A loop that writes until another thread
	 * has done something must let it do that. */
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
		/* SWITCH: the lock may be ours now, or (after an interruption)
		 * anybody's. */
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
