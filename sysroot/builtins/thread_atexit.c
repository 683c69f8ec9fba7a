/*
 * The destructors of a thread's thread_local objects (C++, and Rust).
 *
 * They run newest first: when the thread ends, before the destructors of
 * pthread keys, as in the GNU C library; and when it exits, before the handlers of
 * atexit, since objects of the thread go before those of the program
 * ([basic.start.term]). A destructor may make further objects.
 */
#include <stdlib.h>

typedef void destructor(void *);

struct entry {
	destructor *run;
	void *object;
	struct entry *next;
};

static _Thread_local struct entry *newest;

/* It is __funcs_on_exit that has exit destroy them, and that comes with atexit. A
 * program without such objects has neither. */
static int (*const volatile brings)(void (*)(void)) = atexit;

int __cxa_thread_atexit_impl(destructor *run, void *object, void *dso)
{
	(void)dso;
	(void)brings;
	struct entry *entry = malloc(sizeof *entry);
	if (!entry) return -1;
	*entry = (struct entry){run, object, newest};
	newest = entry;
	return 0;
}

/* Called by the thread layer, and by exit. Both have an empty one of their own
 * for programs without such objects. */
void __coopt_thread_destructors(void)
{
	while (newest) {
		struct entry entry = *newest;
		free(newest);
		newest = entry.next;
		/* SWITCH: the destructor is the program's code. */
		entry.run(entry.object);
	}
}
