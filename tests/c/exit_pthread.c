// pthread_exit ends the thread from any depth, with a result, and runs the
// clean-up handlers, newest first, and then the destructors.
// STDOUT:
//   clean up 3
//   clean up 2
//   clean up 1
//   destructor 4
//   result 42
// SKIP: wasi-sdk: wasi-libc has no pthread_exit
#include "check.h"

static pthread_key_t key;

static void say(void *number)
{
	printf("clean up %d\n", AS_NUMBER(number));
}

static void destroy(void *number)
{
	printf("destructor %d\n", AS_NUMBER(number));
}

__attribute__((noinline))
static void end_at(int bottom, int depth)
{
	if (depth == bottom)
		pthread_exit(NUMBER(42));
}

static void dive(int depth)
{
	pthread_cleanup_push(say, NUMBER(depth));
	end_at(3, depth);
	if (depth < 3)
		dive(depth + 1);
	pthread_cleanup_pop(0);
}

static void *live(void *unused)
{
	(void)unused;
	CHECK_OK(pthread_setspecific(key, NUMBER(4)));
	dive(1);
	return NULL;
}

int main(void)
{
	CHECK_OK(pthread_key_create(&key, destroy));
	printf("result %d\n", AS_NUMBER(finish(start(live, NULL))));
}
