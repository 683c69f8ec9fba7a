/* crowd.c - many threads at one object. */
#include <sched.h>

#include "bench.h"

#define CROWD_MAX 1000
/* The least number of operations beside which the start of the crowd is small. */
#define STARTED_MIN (10 * OPERATIONS_MIN)

static pthread_t threads[CROWD_MAX];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t rounds;

static void start_crowd(size_t count, void *(*start)(void *))
{
	for (size_t i = 0; i < count; i++)
		threads[i] = start_thread(start, (void *)i);
}

static void join_crowd(size_t count)
{
	for (size_t i = 0; i < count; i++)
		join_thread(threads[i]);
}

/*
 * A holder lets all other threads run until they wait for the object, so that
 * each turn is handed from one thread to another. Natively that takes a yield in
 * each turn, because a thread may take a lock again that it has just released.
 * On coopt a release hands the lock over, so a yield in the first turn is enough.
 */
static void let_others_come(uint64_t turn)
{
#ifdef __wasm__
	if (turn > 0)
		return;
#endif
	(void)turn;
	sched_yield();
}

/* ---- a mutex that everybody wants ---- */

static void *contend(void *unused)
{
	for (uint64_t i = 0; i < rounds; i++) {
		pthread_mutex_lock(&mutex);
		let_others_come(i);
		pthread_mutex_unlock(&mutex);
	}
	return unused;
}

static void contended(size_t count, uint64_t n)
{
	rounds = (n + count - 1) / count;
	start_crowd(count, contend);
	join_crowd(count);
}

static void contended_2(uint64_t n) { contended(2, n); }
static void contended_16(uint64_t n) { contended(16, n); }

/* ---- other objects, contended alike ---- */

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static sem_t unit;

static void *contend_to_write(void *unused)
{
	for (uint64_t i = 0; i < rounds; i++) {
		pthread_rwlock_wrlock(&rwlock);
		let_others_come(i);
		pthread_rwlock_unlock(&rwlock);
	}
	return unused;
}

static void *contend_for_unit(void *unused)
{
	for (uint64_t i = 0; i < rounds; i++) {
		sem_wait(&unit);
		let_others_come(i);
		sem_post(&unit);
	}
	return unused;
}

static void contended_by(void *(*start)(void *), uint64_t n)
{
	rounds = (n + 15) / 16;
	start_crowd(16, start);
	join_crowd(16);
}

static void contended_rwlock(uint64_t n)
{
	contended_by(contend_to_write, n);
}

static void contended_sem(uint64_t n)
{
	CHECK(sem_init(&unit, 0, 1));
	contended_by(contend_for_unit, n);
	CHECK(sem_destroy(&unit));
}

/* ---- a token that goes round 16 threads, each with its own condition ---- */

static pthread_cond_t turn_of[16];
static size_t has_token;

static void *pass_token(void *index)
{
	size_t me = (size_t)index;
	pthread_mutex_lock(&mutex);
	for (uint64_t i = 0; i < rounds; i++) {
		while (has_token != me)
			pthread_cond_wait(&turn_of[me], &mutex);
		has_token = (me + 1) % 16;
		pthread_cond_signal(&turn_of[has_token]);
	}
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static void token_ring(uint64_t n)
{
	for (size_t i = 0; i < 16; i++)
		CHECK(pthread_cond_init(&turn_of[i], NULL));
	has_token = 0;
	contended_by(pass_token, n);
}

/* ---- a mutex that 16 threads want for one second: the turns of each ---- */

#define FAIR 16
#define FAIR_NS 1000000000u

static uint64_t turns[FAIR];
static int over;

static void *compete(void *index)
{
	while (!over) {
		pthread_mutex_lock(&mutex);
		sched_yield();
		turns[(size_t)index]++;
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

static void *referee(void *unused)
{
	struct timespec second = timespec_of(FAIR_NS);
	nanosleep(&second, NULL);
	over = 1;
	return unused;
}

static double fairness(void)
{
	pthread_t clock = start_thread(referee, NULL);
	start_crowd(FAIR, compete);
	join_crowd(FAIR);
	join_thread(clock);
	uint64_t least = turns[0], most = turns[0];
	for (size_t i = 1; i < FAIR; i++) {
		least = turns[i] < least ? turns[i] : least;
		most = turns[i] > most ? turns[i] : most;
	}
	return most == 0 ? 0 : (double)least / (double)most;
}

/* ---- a broadcast to 100 waiters, again and again ---- */

#define AUDIENCE 100

static pthread_cond_t called = PTHREAD_COND_INITIALIZER;
static pthread_cond_t settled = PTHREAD_COND_INITIALIZER;
static uint64_t call;
static size_t waiting;

static void *listen(void *unused)
{
	pthread_mutex_lock(&mutex);
	for (uint64_t heard = 0; heard < rounds; heard++) {
		if (++waiting == AUDIENCE)
			pthread_cond_signal(&settled);
		while (call == heard)
			pthread_cond_wait(&called, &mutex);
	}
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void broadcast(uint64_t n)
{
	rounds = (n + AUDIENCE - 1) / AUDIENCE;
	call = 0;
	waiting = 0;
	start_crowd(AUDIENCE, listen);
	pthread_mutex_lock(&mutex);
	for (uint64_t i = 0; i < rounds; i++) {
		while (waiting < AUDIENCE)
			pthread_cond_wait(&settled, &mutex);
		waiting = 0;
		call++;
		pthread_cond_broadcast(&called);
	}
	pthread_mutex_unlock(&mutex);
	join_crowd(AUDIENCE);
}

/* ---- a barrier of 16 ---- */

#define PARTY 16

static pthread_barrier_t barrier;

static void *meet(void *unused)
{
	for (uint64_t i = 0; i < rounds; i++)
		pthread_barrier_wait(&barrier);
	return unused;
}

static void barrier_16(uint64_t n)
{
	rounds = (n + PARTY - 1) / PARTY;
	CHECK(pthread_barrier_init(&barrier, NULL, PARTY));
	start_crowd(PARTY, meet);
	join_crowd(PARTY);
	CHECK(pthread_barrier_destroy(&barrier));
}

/* ---- 1000 threads that are all blocked, then all released ---- */

static sem_t gate, arrived;

static void *pass_gate(void *unused)
{
	sem_post(&arrived);
	sem_wait(&gate);
	return unused;
}

static double release(void)
{
	enum { REPEATS = 9 };
	double each_ns[REPEATS];
	for (int repeat = 0; repeat < REPEATS; repeat++) {
		CHECK(sem_init(&gate, 0, 0));
		CHECK(sem_init(&arrived, 0, 0));
		start_crowd(CROWD_MAX, pass_gate);
		for (size_t i = 0; i < CROWD_MAX; i++)
			sem_wait(&arrived);
		uint64_t began = now_ns();
		for (size_t i = 0; i < CROWD_MAX; i++)
			sem_post(&gate);
		join_crowd(CROWD_MAX);
		each_ns[repeat] = (double)(now_ns() - began) / CROWD_MAX;
	}
	return median(each_ns, REPEATS);
}

/* ---- waiters that are all cancelled ---- */

static double cancel_each(size_t count)
{
	enum { REPEATS = 9 };
	double each_ns[REPEATS];
	for (int repeat = 0; repeat < REPEATS; repeat++) {
		CHECK(sem_init(&gate, 0, 0));
		CHECK(sem_init(&arrived, 0, 0));
		start_crowd(count, pass_gate);
		for (size_t i = 0; i < count; i++)
			sem_wait(&arrived);
		/* The last thread has arrived and may not wait yet. */
		sched_yield();
		uint64_t began = now_ns();
		for (size_t i = 0; i < count; i++)
			CHECK(pthread_cancel(threads[i]));
		each_ns[repeat] = (double)(now_ns() - began) / (double)count;
		join_crowd(count);
	}
	return median(each_ns, REPEATS);
}

static double cancel_100(void) { return cancel_each(100); }
static double cancel_1000(void) { return cancel_each(CROWD_MAX); }

const struct bench crowd_benches[] = {
	{ .name = "contended_2", .operation = "a turn at a mutex that 2 threads want", .perform = contended_2, .at_least = STARTED_MIN },
	{ .name = "contended_16", .operation = "the same with 16 threads", .perform = contended_16, .at_least = STARTED_MIN },
	{ .name = "contended_rwlock", .operation = "a turn at writing a rwlock that 16 threads want", .perform = contended_rwlock, .at_least = STARTED_MIN },
	{ .name = "contended_sem", .operation = "a turn with the unit of a semaphore, likewise", .perform = contended_sem, .at_least = STARTED_MIN },
	{ .name = "token_ring", .operation = "pass a token to the next of 16 by its condition variable", .perform = token_ring, .at_least = STARTED_MIN },
	{ .name = "fairness", .operation = "fewest turns by most turns, 16 threads, one second", .measure = fairness, .unit = "ratio" },
	{ .name = "broadcast_100", .operation = "one wake-up of a broadcast to 100 waiters", .perform = broadcast, .at_least = STARTED_MIN },
	{ .name = "barrier_16", .operation = "one arrival at a barrier of 16", .perform = barrier_16, .at_least = STARTED_MIN },
	{ .name = "cancel_100", .operation = "cancel one of 100 waiters", .measure = cancel_100, .unit = "ns" },
	{ .name = "cancel_1000", .operation = "cancel one of 1000 waiters", .measure = cancel_1000, .unit = "ns" },
	{ .name = "release_1000", .operation = "one of 1000 blocked threads is released, ends and is joined", .measure = release },
	{ 0 },
};
