// A poll of a silent standard input that must not wait returns at once with
// nothing, also while another thread reads.
// STDIN: exec sleep 60
// STDOUT:
//   poll(&input, 1, 0): 0
//   revents 0
//   select(1, &set, NULL, NULL, &none): 0
//   poll(&input, 1, 0): 0
#include "files.h"
#include <poll.h>
#include <semaphore.h>
#include <sys/select.h>

static sem_t begins;

static void *take(void *unused)
{
	char byte;
	sem_post(&begins);
	read(STDIN_FILENO, &byte, 1);
	return unused;
}

int main(void)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN, .revents = -1 };
	SHOW(poll(&input, 1, 0));
	printf("revents %d\n", input.revents);
	fd_set set;
	struct timeval none = { 0, 0 };
	FD_ZERO(&set);
	FD_SET(STDIN_FILENO, &set);
	SHOW(select(1, &set, NULL, NULL, &none));
	CHECK(!FD_ISSET(STDIN_FILENO, &set));
	CHECK(sem_init(&begins, 0, 0) == 0);
	start(take, NULL);
	CHECK(sem_wait(&begins) == 0);
	SHOW(poll(&input, 1, 0));
	/* The reader still waits, and its end does not. */
	fflush(stdout);
	_exit(0);
}
