/*
 * pingpong.c - two threads hand the turn to each other: one operation is a
 * round trip, so two switches.
 */
#include "bench.h"
#include "futex.h"

/* A deadline that will not come. */
#define FAR_NS 100000000000u

static uint64_t rounds;

/* Runs `partner` beside `self`, both for `n` rounds. */
static void play(void (*self)(void), void *(*partner)(void *), uint64_t n)
{
	rounds = n;
	pthread_t thread = start_thread(partner, NULL);
	self();
	join_thread(thread);
}

/* ---- futex: a word says whose turn it is ---- */

static volatile int32_t turn;

static void pass_futex(int32_t mine, int32_t theirs)
{
	for (uint64_t i = 0; i < rounds; i++) {
		int32_t seen;
		while ((seen = turn) != mine)
			futex_wait(&turn, seen);
		turn = theirs;
		futex_wake(&turn);
	}
}

static void futex_self(void) { pass_futex(0, 1); }
static void *futex_partner(void *unused) { pass_futex(1, 0); return unused; }
static void futex_pingpong(uint64_t n) { play(futex_self, futex_partner, n); }

/* ---- semaphores ---- */

static sem_t ping, pong;

static void sem_self(void)
{
	for (uint64_t i = 0; i < rounds; i++) {
		sem_post(&ping);
		sem_wait(&pong);
	}
}

static void *sem_partner(void *unused)
{
	for (uint64_t i = 0; i < rounds; i++) {
		sem_wait(&ping);
		sem_post(&pong);
	}
	return unused;
}

static void sem_pingpong(uint64_t n)
{
	CHECK(sem_init(&ping, 0, 0));
	CHECK(sem_init(&pong, 0, 0));
	play(sem_self, sem_partner, n);
}

/* ---- condition variables ---- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed[2];
static int whose;

static void wait_untimed(int me)
{
	pthread_cond_wait(&changed[me], &mutex);
}

static struct timespec far_deadline;

static void wait_fixed_deadline(int me)
{
	pthread_cond_timedwait(&changed[me], &mutex, &far_deadline);
}

/* Computes the deadline from the clock, as most programs do. */
static void wait_fresh_deadline(int me)
{
	struct timespec deadline = timespec_of(now_ns() + FAR_NS);
	pthread_cond_timedwait(&changed[me], &mutex, &deadline);
}

static void (*wait_turn)(int me);

static void pass_cond(int me)
{
	pthread_mutex_lock(&mutex);
	for (uint64_t i = 0; i < rounds; i++) {
		while (whose != me)
			wait_turn(me);
		whose = !me;
		pthread_cond_signal(&changed[!me]);
	}
	pthread_mutex_unlock(&mutex);
}

static void cond_self(void) { pass_cond(0); }
static void *cond_partner(void *unused) { pass_cond(1); return unused; }

static void play_cond(void (*wait)(int), uint64_t n)
{
	wait_turn = wait;
	whose = 0;
	far_deadline = timespec_of(now_ns() + FAR_NS);
	init_monotonic_cond(&changed[0]);
	init_monotonic_cond(&changed[1]);
	play(cond_self, cond_partner, n);
	CHECK(pthread_cond_destroy(&changed[0]));
	CHECK(pthread_cond_destroy(&changed[1]));
}

static void cond_pingpong(uint64_t n) { play_cond(wait_untimed, n); }
static void timed_pingpong(uint64_t n) { play_cond(wait_fixed_deadline, n); }
static void timed_fresh_pingpong(uint64_t n) { play_cond(wait_fresh_deadline, n); }

const struct bench pingpong_benches[] = {
	{ .name = "pingpong_futex", .operation = "round trip by a futex", .perform = futex_pingpong },
	{ .name = "pingpong_sem", .operation = "round trip by semaphores", .perform = sem_pingpong },
	{ .name = "pingpong_cond", .operation = "round trip by condition variables", .perform = cond_pingpong },
	{ .name = "pingpong_timed", .operation = "the same, both waits with a far deadline", .perform = timed_pingpong },
	{ .name = "pingpong_timed_fresh", .operation = "the same, each deadline computed from the clock", .perform = timed_fresh_pingpong },
	{ 0 },
};
