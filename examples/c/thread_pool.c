/*
 * A pool of threads that work through a queue of jobs.
 *
 * The queue is a linked list under one mutex. Workers wait on a condition
 * variable while the queue is empty. Shutting down lets the workers finish the
 * queued jobs first. Results are stored by job, so the output does not depend on
 * which worker ran which job.
 */
// STDOUT:
//   primes below 1000: 168
//   primes below 2000: 303
//   primes below 3000: 430
//   primes below 4000: 550
//   primes below 5000: 669
//   primes below 6000: 783
//   primes below 7000: 900
//   primes below 8000: 1007
//   8 jobs by 3 workers
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 3, JOBS = 8 };

struct job {
	struct job *next;
	void (*run)(void *argument);
	void *argument;
};

struct pool {
	pthread_mutex_t mutex;
	pthread_cond_t changed; /* a job was queued, or the pool shuts down */
	struct job *first, **last;
	bool shut_down;
	int jobs_done;
	pthread_t workers[WORKERS];
};

/* Takes the oldest job; NULL once the pool shuts down and no job is left. */
static struct job *take(struct pool *pool)
{
	while (pool->first == NULL && !pool->shut_down)
		pthread_cond_wait(&pool->changed, &pool->mutex);
	struct job *job = pool->first;
	if (job != NULL && (pool->first = job->next) == NULL)
		pool->last = &pool->first;
	return job;
}

static void *work(void *argument)
{
	struct pool *pool = argument;
	struct job *job;
	pthread_mutex_lock(&pool->mutex);
	while ((job = take(pool)) != NULL) {
		pthread_mutex_unlock(&pool->mutex);
		job->run(job->argument);
		pthread_mutex_lock(&pool->mutex);
		pool->jobs_done++;
	}
	pthread_mutex_unlock(&pool->mutex);
	return NULL;
}

static void pool_start(struct pool *pool)
{
	*pool = (struct pool){ .last = &pool->first };
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->changed, NULL);
	for (int i = 0; i < WORKERS; i++) {
		if (pthread_create(&pool->workers[i], NULL, work, pool) != 0)
			exit(EXIT_FAILURE);
	}
}

/* The job must live until it has run. */
static void pool_submit(struct pool *pool, struct job *job)
{
	pthread_mutex_lock(&pool->mutex);
	job->next = NULL;
	*pool->last = job;
	pool->last = &job->next;
	pthread_cond_signal(&pool->changed);
	pthread_mutex_unlock(&pool->mutex);
}

/* Waits for every job that was submitted. */
static void pool_shut_down(struct pool *pool)
{
	pthread_mutex_lock(&pool->mutex);
	pool->shut_down = true;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->mutex);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(pool->workers[i], NULL);
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->mutex);
}

struct count {
	int below;
	int primes;
};

static void count_primes(void *argument)
{
	struct count *count = argument;
	for (int n = 2; n < count->below; n++) {
		int divisor = 2;
		while (divisor * divisor <= n && n % divisor != 0)
			divisor++;
		count->primes += divisor * divisor > n;
	}
}

int main(void)
{
	struct pool pool;
	struct count counts[JOBS];
	struct job jobs[JOBS];

	pool_start(&pool);
	for (int i = 0; i < JOBS; i++) {
		counts[i] = (struct count){ .below = (i + 1) * 1000 };
		jobs[i] = (struct job){ .run = count_primes, .argument = &counts[i] };
		pool_submit(&pool, &jobs[i]);
	}
	pool_shut_down(&pool);

	for (int i = 0; i < JOBS; i++)
		printf("primes below %d: %d\n", counts[i].below, counts[i].primes);
	printf("%d jobs by %d workers\n", pool.jobs_done, WORKERS);
}
