// The thread that gets PTHREAD_BARRIER_SERIAL_THREAD may destroy the barrier at
// once, though a signal has interrupted the other thread's wait just before and
// that thread has yet to run.
// STDOUT:
//   the other has left
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <signal.h>

static pthread_barrier_t barrier;
static volatile sig_atomic_t handled;

static void handle(int number)
{
	handled = number;
}

static void *follow(void *unused)
{
	CHECK_OK(pthread_barrier_wait(&barrier));
	CHECK(handled == SIGUSR1);
	return unused;
}

int main(void)
{
	struct sigaction action = {.sa_handler = handle};
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK_OK(pthread_barrier_init(&barrier, NULL, 2));
	pthread_t follower = start(follow, NULL);
	sleep_ns(20 * MS);
	CHECK_OK(pthread_kill(follower, SIGUSR1));
	CHECK_RESULT(pthread_barrier_wait(&barrier), PTHREAD_BARRIER_SERIAL_THREAD);
	CHECK_OK(pthread_barrier_destroy(&barrier));
	memset(&barrier, 0, sizeof barrier);
	finish(follower);
	puts("the other has left");
}
