// A thread has the policy and priority that were set, inherited or given. Invalid
// policies and priorities are refused.
// SKIP: wasi-sdk: wasi-libc has no priorities
// SKIP: native: takes a privilege
#include "check.h"
#include <sched.h>
#include <semaphore.h>

static sem_t may_end;

static void *live(void *unused)
{
	CHECK(sem_wait(&may_end) == 0);
	return unused;
}

static void expect(pthread_t thread, int policy, int priority)
{
	struct sched_param param;
	int found;
	CHECK_OK(pthread_getschedparam(thread, &found, &param));
	CHECK(found == policy && param.sched_priority == priority);
}

int main(void)
{
	struct sched_param param = { .sched_priority = 7 };
	CHECK(sem_init(&may_end, 0, 0) == 0);
	CHECK(sched_get_priority_min(SCHED_FIFO) == 1 && sched_get_priority_max(SCHED_FIFO) == 99);
	CHECK(sched_get_priority_min(SCHED_RR) == 1 && sched_get_priority_max(SCHED_RR) == 99);
	CHECK(sched_get_priority_min(SCHED_OTHER) == 0 && sched_get_priority_max(SCHED_OTHER) == 0);
	CHECK_ERRNO(sched_get_priority_max(17), EINVAL);

	expect(pthread_self(), SCHED_OTHER, 0);
	CHECK_RESULT(pthread_setschedparam(pthread_self(), SCHED_OTHER, &param), EINVAL);
	CHECK_RESULT(pthread_setschedparam(pthread_self(), 17, &param), EINVAL);
	CHECK_OK(pthread_setschedparam(pthread_self(), SCHED_FIFO, &param));
	expect(pthread_self(), SCHED_FIFO, 7);
	CHECK_RESULT(pthread_setschedprio(pthread_self(), 100), EINVAL);
	CHECK_OK(pthread_setschedprio(pthread_self(), 8));

	pthread_t inheriting = start(live, NULL), given;
	expect(inheriting, SCHED_FIFO, 8);
	pthread_attr_t attr;
	CHECK_OK(pthread_attr_init(&attr));
	CHECK_OK(pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED));
	CHECK_OK(pthread_attr_setschedpolicy(&attr, SCHED_RR));
	CHECK_RESULT(pthread_create(&given, &attr, live, NULL), EINVAL);
	CHECK_OK(pthread_attr_setschedparam(&attr, &param));
	CHECK_OK(pthread_create(&given, &attr, live, NULL));
	expect(given, SCHED_RR, 7);

	CHECK(sched_getscheduler(0) == SCHED_FIFO);
	CHECK(sched_getparam(0, &param) == 0 && param.sched_priority == 8);
	CHECK_ERRNO(sched_getscheduler(99999), ESRCH);
	CHECK_ERRNO(sched_getparam(0, NULL), EINVAL);
	struct timespec turn = { .tv_sec = -1, .tv_nsec = -1 };
	CHECK(sched_rr_get_interval(0, &turn) == 0 && turn.tv_sec == 0 && turn.tv_nsec == 0);
	CHECK_ERRNO(sched_rr_get_interval(99999, &turn), ESRCH);
	param.sched_priority = 0;
	CHECK(sched_setscheduler(0, SCHED_OTHER, &param) == SCHED_FIFO);
	expect(pthread_self(), SCHED_OTHER, 0);

	CHECK(sem_post(&may_end) == 0 && sem_post(&may_end) == 0);
	finish(inheriting);
	finish(given);
}
