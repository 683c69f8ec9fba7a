// A read of standard input blocks the thread that reads, and no other.
// STDIN: sleep 2; echo hi
// STDOUT:
//   5 ticks before the input came
//   read 3 bytes: hi
#include "check.h"
#include <unistd.h>

static int ticks, ticks_then;

static void *tick(void *unused)
{
	for (; ticks < 5; ticks++)
		nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	return unused;
}

int main(void)
{
	char bytes[16];
	pthread_t ticker = start(tick, NULL);
	ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
	ticks_then = ticks;
	pthread_join(ticker, NULL);
	printf("%d ticks before the input came\n", ticks_then);
	printf("read %d bytes: %.*s", (int)count, (int)count, bytes);
	return 0;
}
