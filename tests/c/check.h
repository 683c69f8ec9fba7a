/*
 * check.h - what the test programs share.
 *
 * A test program shows one behaviour. It checks with these macros, which end
 * the program with exit code 1 and say where; it prints only what its header
 * expects. A program without SKIP lines runs natively as well, so what it
 * claims holds for POSIX threads, not for ours alone.
 */
#ifndef CHECK_H
#define CHECK_H

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHECK(condition) \
	do { \
		if (!(condition)) \
			check_failed(__FILE__, __LINE__, #condition); \
	} while (0)

/* For calls that return the error, as pthread_ functions do. */
#define CHECK_OK(call) CHECK_RESULT(call, 0)
#define CHECK_RESULT(call, expected) \
	do { \
		int result_ = (call); \
		if (result_ != (expected)) \
			check_result_failed(__FILE__, __LINE__, #call, result_, (expected)); \
	} while (0)

/* For calls that return -1 and leave the error in errno. */
#define CHECK_ERRNO(call, expected) \
	do { \
		errno = 0; \
		CHECK((call) == -1); \
		CHECK_RESULT(errno, expected); \
	} while (0)

__attribute__((noreturn, unused))
static void check_failed(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
	exit(1);
}

__attribute__((noreturn, unused))
static void check_result_failed(const char *file, int line, const char *what, int found, int expected)
{
	fprintf(stderr, "%s:%d: %s is %d (%s), expected %d (%s)\n", file, line, what, found,
	        strerror(found), expected, strerror(expected));
	exit(1);
}

#if !defined(__wasm__) || defined(_REENTRANT) /* A module without threads has none of this. */

__attribute__((unused))
static pthread_t start(void *(*routine)(void *), void *argument)
{
	pthread_t thread;
	CHECK_OK(pthread_create(&thread, NULL, routine, argument));
	return thread;
}

/* As start, with a priority of SCHED_FIFO, or 0 for SCHED_OTHER. */
__attribute__((unused))
static pthread_t start_at(int priority, void *(*routine)(void *), void *argument)
{
	struct sched_param param = { .sched_priority = priority };
	pthread_attr_t attr;
	pthread_t thread;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED));
	CHECK_OK(pthread_attr_setschedpolicy(&attr, priority ? SCHED_FIFO : SCHED_OTHER));
	CHECK_OK(pthread_attr_setschedparam(&attr, &param));
	CHECK_OK(pthread_create(&thread, &attr, routine, argument));
	return thread;
}

/* Joins the thread and returns its result. */
__attribute__((unused))
static void *finish(pthread_t thread)
{
	void *result;
	CHECK_OK(pthread_join(thread, &result));
	return result;
}

#endif /* threads */

/* A small number as a thread's argument or result, and back. */
#define NUMBER(n) ((void *)(long)(n))
#define AS_NUMBER(p) ((int)(long)(p))

#define MS 1000000LL /* in nanoseconds */

/* This process, for kill: WASI has no getpid, and 0 is the caller's group. */
#ifdef __wasm__
#define OWN_PROCESS 0
#else
#include <unistd.h>
#define OWN_PROCESS getpid()
#endif

__attribute__((unused))
static long long now_ns(clockid_t clock)
{
	struct timespec now;
	CHECK(clock_gettime(clock, &now) == 0);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

__attribute__((unused))
static struct timespec in_ns(clockid_t clock, long long from_now)
{
	long long at = now_ns(clock) + from_now;
	return (struct timespec){ .tv_sec = at / 1000000000, .tv_nsec = at % 1000000000 };
}

__attribute__((unused))
static void sleep_ns(long long duration)
{
	struct timespec time = { .tv_sec = duration / 1000000000, .tv_nsec = duration % 1000000000 };
	CHECK(nanosleep(&time, NULL) == 0);
}

#endif /* CHECK_H */
