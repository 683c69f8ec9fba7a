// The attributes of a running thread: where its stack lies, how large it is,
// whether it is detached. A variable of a thread lies on its stack.
// SKIP: wasi-sdk: its stacks are smaller than was asked for
#include "check.h"
#include <semaphore.h>

enum { SIZE = 256 * 1024 };

static char own_stack[SIZE] __attribute__((aligned(64)));
static sem_t looked;

static int is_on_stack(const pthread_attr_t *attr, const void *place)
{
	void *stack;
	size_t size;
	CHECK_OK(pthread_attr_getstack(attr, &stack, &size));
	return (const char *)place >= (char *)stack && (const char *)place < (char *)stack + size;
}

static pthread_attr_t attributes(pthread_t thread)
{
	pthread_attr_t attr;
	CHECK_OK(pthread_getattr_np(thread, &attr));
	return attr;
}

static void *look(void *main_local)
{
	int local = 0;
	pthread_attr_t attr = attributes(pthread_self());
	CHECK(is_on_stack(&attr, &local));
	CHECK(!is_on_stack(&attr, main_local));
	CHECK(sem_wait(&looked) == 0);
	return NULL;
}

static void check_thread(const pthread_attr_t *wish, int detach_state, void *local)
{
	pthread_t thread;
	CHECK_OK(pthread_create(&thread, wish, look, local));
	if (detach_state == PTHREAD_CREATE_DETACHED)
		CHECK_OK(pthread_detach(thread));
	pthread_attr_t attr = attributes(thread);
	size_t size, wished;
	int state;
	CHECK_OK(pthread_attr_getstacksize(&attr, &size));
	CHECK_OK(pthread_attr_getstacksize(wish, &wished));
	CHECK(size >= wished);
	CHECK_OK(pthread_attr_getdetachstate(&attr, &state));
	CHECK(state == detach_state);
	CHECK(!is_on_stack(&attr, local));
	CHECK(sem_post(&looked) == 0);
	if (state == PTHREAD_CREATE_JOINABLE)
		finish(thread);
	CHECK_OK(pthread_attr_destroy(&attr));
}

int main(void)
{
	int local = 0;
	CHECK(sem_init(&looked, 0, 0) == 0);
	pthread_attr_t attr = attributes(pthread_self());
	CHECK(is_on_stack(&attr, &local));

	pthread_attr_t wish;
	CHECK_OK(pthread_attr_init(&wish));
	CHECK_OK(pthread_attr_setstacksize(&wish, SIZE));
	check_thread(&wish, PTHREAD_CREATE_JOINABLE, &local);
	check_thread(&wish, PTHREAD_CREATE_DETACHED, &local);

	CHECK_OK(pthread_attr_setstack(&wish, own_stack, SIZE));
	pthread_t thread;
	CHECK_OK(pthread_create(&thread, &wish, look, &local));
	attr = attributes(thread);
	CHECK(is_on_stack(&attr, own_stack) && is_on_stack(&attr, own_stack + SIZE - 1));
	CHECK(sem_post(&looked) == 0);
	finish(thread);
}
