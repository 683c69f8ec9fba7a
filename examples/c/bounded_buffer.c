/*
 * Producers and consumers around a buffer with room for four items.
 *
 * A monitor in the style of Hoare: one mutex, and one condition variable for
 * each condition that a thread may have to wait for. No thread waits for ever:
 * every wait has a deadline, and a thread that misses it decides what to do.
 */
// STDOUT:
//   put 200 items, got 200 items, sum 19900
//   get from an empty buffer: timed out
//   put into a full buffer: timed out
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

enum { ROOM = 4, PRODUCERS = 2, CONSUMERS = 3, ITEMS = 200 };
enum { PATIENCE_MS = 10 };

static struct {
	pthread_mutex_t mutex;
	pthread_cond_t not_empty;
	pthread_cond_t not_full;
	int items[ROOM];
	int first;
	int count;
	bool closed; /* no thread will put in another item */
} buffer = {
	.mutex = PTHREAD_MUTEX_INITIALIZER,
	.not_empty = PTHREAD_COND_INITIALIZER,
	.not_full = PTHREAD_COND_INITIALIZER,
};

static struct timespec deadline_in(long milliseconds)
{
	struct timespec at;
	clock_gettime(CLOCK_REALTIME, &at);
	at.tv_nsec += milliseconds * 1000000;
	at.tv_sec += at.tv_nsec / 1000000000;
	at.tv_nsec %= 1000000000;
	return at;
}

/* Returns 0, or ETIMEDOUT when the buffer stayed full. */
static int put(int item)
{
	struct timespec deadline = deadline_in(PATIENCE_MS);
	int error = 0;
	pthread_mutex_lock(&buffer.mutex);
	while (buffer.count == ROOM && error == 0)
		error = pthread_cond_timedwait(&buffer.not_full, &buffer.mutex, &deadline);
	if (buffer.count < ROOM) {
		error = 0;
		buffer.items[(buffer.first + buffer.count++) % ROOM] = item;
		pthread_cond_signal(&buffer.not_empty);
	}
	pthread_mutex_unlock(&buffer.mutex);
	return error;
}

/* Returns 0, ETIMEDOUT when the buffer stayed empty, or EPIPE when it is empty
 * and closed. */
static int get(int *item)
{
	struct timespec deadline = deadline_in(PATIENCE_MS);
	int error = 0;
	pthread_mutex_lock(&buffer.mutex);
	while (buffer.count == 0 && !buffer.closed && error == 0)
		error = pthread_cond_timedwait(&buffer.not_empty, &buffer.mutex, &deadline);
	if (buffer.count > 0) {
		error = 0;
		*item = buffer.items[buffer.first];
		buffer.first = (buffer.first + 1) % ROOM;
		buffer.count--;
		pthread_cond_signal(&buffer.not_full);
	} else if (buffer.closed) {
		error = EPIPE;
	}
	pthread_mutex_unlock(&buffer.mutex);
	return error;
}

static void close_buffer(void)
{
	pthread_mutex_lock(&buffer.mutex);
	buffer.closed = true;
	pthread_cond_broadcast(&buffer.not_empty);
	pthread_mutex_unlock(&buffer.mutex);
}

static void *produce(void *argument)
{
	int number = *(int *)argument;
	for (int item = number; item < ITEMS; item += PRODUCERS)
		while (put(item) == ETIMEDOUT) { /* patient: try again */ }
	return NULL;
}

struct tally {
	int count;
	int sum;
};

static void *consume(void *argument)
{
	struct tally *tally = argument;
	int item, error;
	while ((error = get(&item)) != EPIPE) {
		if (error == 0) {
			tally->count++;
			tally->sum += item;
		}
	}
	return NULL;
}

int main(void)
{
	pthread_t producers[PRODUCERS], consumers[CONSUMERS];
	int numbers[PRODUCERS];
	struct tally tallies[CONSUMERS] = { 0 }, total = { 0 };

	for (int i = 0; i < CONSUMERS; i++)
		pthread_create(&consumers[i], NULL, consume, &tallies[i]);
	for (int i = 0; i < PRODUCERS; i++) {
		numbers[i] = i;
		pthread_create(&producers[i], NULL, produce, &numbers[i]);
	}
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(producers[i], NULL);
	close_buffer();
	for (int i = 0; i < CONSUMERS; i++) {
		pthread_join(consumers[i], NULL);
		total.count += tallies[i].count;
		total.sum += tallies[i].sum;
	}
	printf("put %d items, got %d items, sum %d\n", ITEMS, total.count, total.sum);

	/* All other threads have ended, so both calls time out. */
	int item;
	buffer.closed = false;
	printf("get from an empty buffer: %s\n", get(&item) == ETIMEDOUT ? "timed out" : "got one");
	for (int i = 0; i < ROOM; i++)
		put(i);
	printf("put into a full buffer: %s\n", put(ROOM) == ETIMEDOUT ? "timed out" : "there was room");
}
