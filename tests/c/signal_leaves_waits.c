// A handler runs in the middle of any wait. A wait that POSIX does not let end
// with EINTR goes on afterwards, and its object can be used as before.
// STDOUT:
//   mutex, timed mutex, rwlock to read, rwlock to write, barrier, join, sigwait: go on
//   condition variable: no EINTR
// SKIP: wasi-sdk: wasi-libc has no pthread_kill
#include "check.h"
#include <signal.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_t joined;
static pthread_t waiter;
static pthread_t main_thread;
static volatile int handled;
static volatile int over;
static int let_go;

static void count(int number)
{
	CHECK_RESULT(number, SIGUSR1);
	CHECK(!pthread_equal(pthread_self(), main_thread));
	handled++;
}

static void lock(void)
{
	CHECK_OK(pthread_mutex_lock(&mutex));
}

static void unlock(void)
{
	CHECK_OK(pthread_mutex_unlock(&mutex));
}

static void lock_and_unlock(void)
{
	lock();
	unlock();
}

static void lock_before(void)
{
	struct timespec later = in_ns(CLOCK_REALTIME, 3600 * 1000 * MS);
	CHECK_OK(pthread_mutex_timedlock(&mutex, &later));
	unlock();
}

static void unlock_rwlock(void)
{
	CHECK_OK(pthread_rwlock_unlock(&rwlock));
}

static void lock_to_read(void)
{
	CHECK_OK(pthread_rwlock_rdlock(&rwlock));
	unlock_rwlock();
}

static void lock_to_write(void)
{
	CHECK_OK(pthread_rwlock_wrlock(&rwlock));
}

static void lock_to_write_once(void)
{
	lock_to_write();
	unlock_rwlock();
}

static void meet(void)
{
	int result = pthread_barrier_wait(&barrier);
	CHECK(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD);
}

static void *await_mutex(void *result)
{
	lock_and_unlock();
	return result;
}

static void join_other(void)
{
	CHECK(finish(joined) == &joined);
}

static void wait_for_other(void)
{
	sigset_t set;
	int taken;
	CHECK(sigemptyset(&set) == 0);
	CHECK(sigaddset(&set, SIGUSR2) == 0);
	CHECK_OK(sigwait(&set, &taken));
	CHECK_RESULT(taken, SIGUSR2);
}

static void wait_for_flag(void)
{
	lock();
	while (!let_go)
		CHECK_OK(pthread_cond_wait(&cond, &mutex));
	unlock();
}

static void raise_flag(void)
{
	lock();
	let_go = 1;
	CHECK_OK(pthread_cond_signal(&cond));
	unlock();
}

static void send_other(void)
{
	CHECK_OK(pthread_kill(waiter, SIGUSR2));
}

static void *run(void *wait)
{
	((void (*)(void))wait)();
	over = 1;
	return NULL;
}

/* Interrupts `wait` several times, sees that it goes on, and lets it end. */
static void check_goes_on(void (*wait)(void), void (*end)(void))
{
	over = 0;
	handled = 0;
	waiter = start(run, (void *)wait);
	while (handled < 3) {
		CHECK_OK(pthread_kill(waiter, SIGUSR1));
		sleep_ns(MS);
		CHECK(!over);
	}
	end();
	finish(waiter);
}

int main(void)
{
	struct sigaction action = { .sa_handler = count };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	sigset_t other;
	CHECK(sigemptyset(&other) == 0);
	CHECK(sigaddset(&other, SIGUSR2) == 0);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &other, NULL)); /* for sigwait */
	CHECK_OK(pthread_barrier_init(&barrier, NULL, 2));
	main_thread = pthread_self();

	lock();
	check_goes_on(lock_and_unlock, unlock);
	lock();
	check_goes_on(lock_before, unlock);
	lock_to_write();
	check_goes_on(lock_to_read, unlock_rwlock);
	lock_to_write();
	check_goes_on(lock_to_write_once, unlock_rwlock);
	check_goes_on(meet, meet);
	lock();
	joined = start(await_mutex, &joined);
	check_goes_on(join_other, unlock);
	check_goes_on(wait_for_other, send_other);
	puts("mutex, timed mutex, rwlock to read, rwlock to write, barrier, join, sigwait: go on");

	check_goes_on(wait_for_flag, raise_flag);
	puts("condition variable: no EINTR");
	CHECK_OK(pthread_mutex_destroy(&mutex));
	CHECK_OK(pthread_cond_destroy(&cond));
	CHECK_OK(pthread_rwlock_destroy(&rwlock));
	CHECK_OK(pthread_barrier_destroy(&barrier));
}
