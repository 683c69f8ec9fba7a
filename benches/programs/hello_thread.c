/* hello_thread.c - the same, said by a thread. */
#include <pthread.h>
#include <stdio.h>

static void *greet(void *unused)
{
	puts("hello, world");
	return unused;
}

int main(void)
{
	pthread_t thread;
	return pthread_create(&thread, NULL, greet, NULL) || pthread_join(thread, NULL);
}
