// An exit writes the buffer of a stream that another thread has locked, and does
// not wait for that thread.
// STDOUT:
//   written by the one that waits
// EXIT: 3
// SKIP: wasi-sdk: wasi-libc's exit waits for ever
#include "check.h"
#include <semaphore.h>

static sem_t never, printed;

static void *hold_stream(void *unused)
{
	flockfile(stdout);
	printf("written by the one that waits\n");
	CHECK(sem_post(&printed) == 0);
	CHECK(sem_wait(&never) == 0);
	return unused;
}

int main(void)
{
	static char buffer[BUFSIZ];
	CHECK(setvbuf(stdout, buffer, _IOFBF, sizeof buffer) == 0);
	CHECK(sem_init(&never, 0, 0) == 0 && sem_init(&printed, 0, 0) == 0);
	start(hold_stream, NULL);
	CHECK(sem_wait(&printed) == 0);
	return 3;
}
