// A poll of a silent standard input waits for its time, blocks its caller only,
// and does not say that a byte is there. The byte that comes later is read.
// STDIN: sleep 2; echo hi
// STDOUT:
//   silent: 0 after its time, the other thread ran
//   then: 1, readable
//   read 3 bytes: hi
//   at the end: 1, readable
//   read 0 bytes
#include "check.h"
#include <poll.h>
#include <unistd.h>

static int ticks, stop;

static void *tick(void *unused)
{
	for (; !stop; ticks++)
		nanosleep(&(struct timespec){ 0, 10000000 }, NULL);
	return unused;
}

static long now_ms(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void show(const char *what, int found, struct pollfd *input)
{
	printf("%s: %d, %s\n", what, found, input->revents & (POLLIN | POLLHUP) ? "readable" : "silent");
}

int main(void)
{
	char bytes[16];
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	pthread_t ticker = start(tick, NULL);
	long began = now_ms();
	int found = poll(&input, 1, 100);
	printf("silent: %d %s its time, the other thread %s\n", found,
	       now_ms() - began < 100 ? "BEFORE" : "after", ticks > 2 ? "ran" : "DID NOT RUN");
	found = poll(&input, 1, -1);
	show("then", found, &input);
	ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
	printf("read %d bytes: %.*s", (int)count, (int)count, bytes);
	found = poll(&input, 1, -1);
	show("at the end", found, &input);
	printf("read %d bytes\n", (int)read(STDIN_FILENO, bytes, sizeof bytes));
	stop = 1;
	pthread_join(ticker, NULL);
	return 0;
}
