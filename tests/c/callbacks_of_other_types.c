// What the C library is given to call may be of another type than the pointer's: it is called as on
// other machines.
// SKIP: wasi-sdk: traps, as WebAssembly has it
#include "check.h"
#include <signal.h>
#include <string.h>

static char calls[200];

static void note(const char *name)
{
	strcat(strcat(calls, " "), name);
}

static void called(const char *expected)
{
	CHECK(strcmp(calls, expected) == 0);
	calls[0] = 0;
}

#define AS(type, function) ((type)(void *)(function))

/* Threads */
typedef void *(*routine)(void *);
static void nothing(void) { note("nothing"); }
static void takes(void *number) { CHECK(number == NUMBER(7)); note("takes"); }
static int gives(void) { note("gives"); return 9; }
static int adds(void *number) { return (int)(intptr_t)number + 1; }

/* Key destructors, handlers, what is called once */
static void destroyed(void) { note("destroyed"); }
static int destroyed_too(void *value) { CHECK(value == NUMBER(5)); note("too"); return 1; }
static int once_gives(void) { note("once"); return 1; }
static void handles(void) { note("handles"); }
static void cleans(void) { note("cleans"); }

/* Comparisons and the like */
static int compares(const void *one, const void *other, void *unused)
{
	(void)unused;
	return *(const int *)one - *(const int *)other;
}

static pthread_key_t key;
static void *sets(void *unused)
{
	CHECK_OK(pthread_setspecific(key, NUMBER(5)));
	return unused;
}

static void with_destructor(void (*destructor)(void *))
{
	CHECK_OK(pthread_key_create(&key, destructor));
	finish(start(sets, NULL));
	CHECK_OK(pthread_key_delete(key));
}

int main(void)
{
	finish(start(AS(routine, nothing), NULL));
	finish(start(AS(routine, takes), NUMBER(7)));
	finish(start(AS(routine, gives), NULL));
	CHECK((int)(intptr_t)finish(start(AS(routine, adds), NUMBER(40))) == 41);
	called(" nothing takes gives");

	with_destructor(AS(void (*)(void *), destroyed));
	with_destructor(AS(void (*)(void *), destroyed_too));
	called(" destroyed too");

	pthread_once_t once = PTHREAD_ONCE_INIT;
	CHECK_OK(pthread_once(&once, AS(void (*)(void), once_gives)));
	signal(SIGUSR1, AS(void (*)(int), handles));
	raise(SIGUSR1);
	pthread_cleanup_push(AS(void (*)(void *), cleans), NULL);
	pthread_cleanup_pop(1);
	called(" once handles cleans");

	int numbers[] = {3, 1, 2, 5, 4};
	qsort(numbers, 5, sizeof *numbers, AS(int (*)(const void *, const void *), compares));
	for (int i = 0; i < 5; i++)
		CHECK(numbers[i] == i + 1);
}
