// A thread that spins is interrupted by handlers, and ends when it is cancelled if its type is asynchronous.
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
// STDOUT:
//   the handler has ended the loop
//   cancelled in a loop
//   a signal of another thread has ended the loop of the main thread
#include "check.h"
#include <signal.h>
#include <stdatomic.h>

static volatile sig_atomic_t handled;
static atomic_int spins;

static void end_loop(int signal)
{
	handled = signal;
}

static void *spin_until_handled(void *unused)
{
	while (!handled)
		atomic_fetch_add(&spins, 1);
	return unused;
}

static void *spin_for_ever(void *unused)
{
	CHECK_OK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL));
	for (;;)
		atomic_fetch_add(&spins, 1);
	return unused;
}

static void *signal_thread(void *thread)
{
	CHECK_OK(pthread_kill(*(pthread_t *)thread, SIGUSR1));
	return NULL;
}

static void await_spins(void)
{
	int before = atomic_load(&spins);
	while (atomic_load(&spins) == before)
		;
}

int main(void)
{
	struct sigaction action = { .sa_handler = end_loop };
	CHECK_OK(sigaction(SIGUSR1, &action, NULL));

	pthread_t thread = start(spin_until_handled, NULL);
	await_spins();
	CHECK_OK(pthread_kill(thread, SIGUSR1));
	CHECK_OK(pthread_join(thread, NULL));
	printf("the handler has ended the loop\n");

	void *result;
	thread = start(spin_for_ever, NULL);
	await_spins();
	CHECK_OK(pthread_cancel(thread));
	CHECK_OK(pthread_join(thread, &result));
	CHECK(result == PTHREAD_CANCELED);
	printf("cancelled in a loop\n");

	handled = 0;
	pthread_t me = pthread_self();
	thread = start(signal_thread, &me);
	while (!handled)
		;
	CHECK_OK(pthread_join(thread, NULL));
	printf("a signal of another thread has ended the loop of the main thread\n");
}
