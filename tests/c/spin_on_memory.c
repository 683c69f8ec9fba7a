// A loop that does nothing but look at memory lets the thread run that changes it.
// STDOUT:
//   a flag, an atomic flag, a list, a word of two
#include "check.h"
#include <stdatomic.h>
#include <stdint.h>

static volatile int flag;
static atomic_int flag_of_atomics;
static struct node { struct node *volatile next; } end, *volatile first = &end;
static volatile uint64_t two;

static void *change(void *unused)
{
	flag = 1;
	atomic_store(&flag_of_atomics, 1);
	end.next = &end;
	two = UINT64_C(1) << 40;
	return unused;
}

static pthread_t begin(void)
{
	flag = 0;
	flag_of_atomics = 0;
	end.next = NULL;
	two = 0;
	return start(change, NULL);
}

__attribute__((noinline)) static int looks(void)
{
	return atomic_load_explicit(&flag_of_atomics, memory_order_relaxed);
}

int main(void)
{
	pthread_t thread = begin();
	while (!flag)
		;
	CHECK_OK(pthread_join(thread, NULL));
	printf("a flag, ");
	thread = begin();
	while (!looks())
		;
	CHECK_OK(pthread_join(thread, NULL));
	printf("an atomic flag, ");
	thread = begin();
	while (!first->next)
		;
	CHECK_OK(pthread_join(thread, NULL));
	printf("a list, ");
	thread = begin();
	while ((two >> 32) == 0)
		;
	CHECK_OK(pthread_join(thread, NULL));
	printf("a word of two\n");
}
