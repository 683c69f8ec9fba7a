// Sleepers wake in the order of their times, not in the order of their calls.
// STDOUT:
//   10 ms
//   40 ms
//   70 ms
//   100 ms
#include "check.h"

static void *nap(void *ms)
{
	sleep_ns(AS_NUMBER(ms) * MS);
	printf("%d ms\n", AS_NUMBER(ms));
	return NULL;
}

int main(void)
{
	const int times[4] = { 70, 10, 100, 40 };
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		threads[i] = start(nap, NUMBER(times[i]));
	for (int i = 0; i < 4; i++)
		finish(threads[i]);
}
