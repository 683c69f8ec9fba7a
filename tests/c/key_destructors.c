// At the end of a thread the destructor of each key gets the value, if it is not
// NULL, and is called again if it sets another value. The return of main calls no
// destructors.
// STDOUT:
//   first: 1
//   again: 3
//   again: 2
//   again: 1
//   no destructor for what is NULL
#include "check.h"

static pthread_key_t first, again, empty;

static void destroy_first(void *value)
{
	CHECK(pthread_getspecific(first) == NULL);
	printf("first: %d\n", AS_NUMBER(value));
}

static void destroy_again(void *value)
{
	int left = AS_NUMBER(value);
	printf("again: %d\n", left);
	CHECK_OK(pthread_setspecific(again, NUMBER(left - 1)));
}

static void destroy_empty(void *value)
{
	printf("never: %p\n", value);
}

static void *use(void *unused)
{
	CHECK_OK(pthread_setspecific(first, NUMBER(1)));
	CHECK_OK(pthread_setspecific(again, NUMBER(3)));
	CHECK_OK(pthread_setspecific(empty, NUMBER(1)));
	CHECK_OK(pthread_setspecific(empty, NULL));
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_key_create(&first, destroy_first));
	CHECK_OK(pthread_key_create(&again, destroy_again));
	CHECK_OK(pthread_key_create(&empty, destroy_empty));
	CHECK_OK(pthread_setspecific(empty, NUMBER(1)));
	finish(start(use, NULL));
	printf("no destructor for what is NULL\n");
}
