// Each thread has its own value for a key, NULL at first.
// SKIP: wasi-sdk: takes a value for a key that was deleted
#include "check.h"
#include <sched.h>

static pthread_key_t key;

static void *use(void *number)
{
	CHECK(pthread_getspecific(key) == NULL);
	CHECK_OK(pthread_setspecific(key, number));
	sched_yield();
	CHECK(pthread_getspecific(key) == number);
	return NULL;
}

int main(void)
{
	pthread_t threads[4];
	CHECK_OK(pthread_key_create(&key, NULL));
	CHECK_OK(pthread_setspecific(key, &key));
	for (int i = 0; i < 4; i++)
		threads[i] = start(use, NUMBER(i + 1));
	for (int i = 0; i < 4; i++)
		finish(threads[i]);
	CHECK(pthread_getspecific(key) == &key);
	CHECK_OK(pthread_key_delete(key));
	CHECK_RESULT(pthread_setspecific(key, &key), EINVAL);
}
