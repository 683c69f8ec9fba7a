/*
 * gettid: the main thread has the process's id, as on Linux. The thread that would
 * have this number otherwise has the main thread's.
 */
#define _GNU_SOURCE
#include <coopt.h>
#include <features.h>
#include <unistd.h>
#include "pthread_impl.h"

weak pid_t gettid(void)
{
	int id = __pthread_self()->tid;
	if (id == COOPT_THREAD_MAIN)
		return getpid();
	return id == getpid() ? COOPT_THREAD_MAIN : id;
}
