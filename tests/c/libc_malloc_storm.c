// Blocks that threads allocate, resize, pass on and free at once stay whole and
// apart.
#include "check.h"
#include <sched.h>

enum { THREADS = 8, BLOCKS = 16, ROUNDS = 40 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static unsigned char *passed;

static size_t size_of(int number, int round)
{
	return 1 + (size_t)(number * 7919 + round * 104729) % 5000;
}

static unsigned char *allocate(int number, int round)
{
	size_t size = size_of(number, round) + sizeof size;
	unsigned char *block = malloc(size);
	CHECK(block != NULL);
	memcpy(block, &size, sizeof size);
	memset(block + sizeof size, number + 1, size - sizeof size);
	return block;
}

static void check(const unsigned char *block)
{
	size_t size;
	memcpy(&size, block, sizeof size);
	for (size_t i = sizeof size; i < size; i++)
		CHECK(block[i] == block[sizeof size]);
}

/* Leaves a block for another thread, and takes what one left. */
static unsigned char *pass(unsigned char *block)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
	unsigned char *taken = passed;
	passed = block;
	CHECK_OK(pthread_mutex_unlock(&mutex));
	return taken;
}

static void *work(void *argument)
{
	int number = AS_NUMBER(argument);
	unsigned char *blocks[BLOCKS] = { NULL };
	for (int round = 0; round < ROUNDS; round++) {
		unsigned char **at = &blocks[round * 5 % BLOCKS];
		if (*at != NULL) {
			check(*at);
			free(*at);
		}
		*at = pass(allocate(number, round));
		sched_yield();
	}
	for (int i = 0; i < BLOCKS; i++)
		free(blocks[i]);
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(work, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	check(passed);
	free(passed);
}
