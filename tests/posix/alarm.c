// The signals that tests need besides threads: an alarm that ends a test, and
// for stress tests the SIGUSR1 that stops them.
//
// WASI has no signals; the C library has `signal` and `raise`, which calls the
// handler. A signal that is sent to a process may be delivered on any of its
// threads (POSIX.1-2024, 2.4.1): here it is a thread that does nothing else.
// So no call is interrupted, and a test that wants to see that fails.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static struct sigaction actions[_NSIG];

static int is_signal(int number)
{
	if (number > 0 && number < _NSIG)
		return 1;
	errno = EINVAL;
	return 0;
}

static unsigned long long bit(int number)
{
	return 1ULL << number;
}

int sigemptyset(sigset_t *set)
{
	set->members = 0;
	return 0;
}

int sigfillset(sigset_t *set)
{
	set->members = ~0ULL;
	return 0;
}

int sigaddset(sigset_t *set, int number)
{
	if (!is_signal(number))
		return -1;
	set->members |= bit(number);
	return 0;
}

int sigdelset(sigset_t *set, int number)
{
	if (!is_signal(number))
		return -1;
	set->members &= ~bit(number);
	return 0;
}

int sigismember(const sigset_t *set, int number)
{
	if (!is_signal(number))
		return -1;
	return (set->members & bit(number)) != 0;
}

int sigaction(int number, const struct sigaction *new, struct sigaction *old)
{
	struct sigaction before;

	if (!is_signal(number))
		return -1;
	before = actions[number];
	if (new) {
		if (signal(number, new->sa_handler) == SIG_ERR)
			return -1;
		actions[number] = *new;
	}
	if (old)
		*old = before;
	return 0;
}

struct delivery {
	int number;
	struct timespec when;
	unsigned generation;
};

// An alarm replaces the one before: only the newest generation is delivered.
static unsigned alarm_generation;
static struct timespec alarm_when;
static int is_alarm_set;

static struct timespec in_seconds(unsigned seconds)
{
	struct timespec when;

	clock_gettime(CLOCK_MONOTONIC, &when);
	when.tv_sec += seconds;
	return when;
}

static void *deliver(void *argument)
{
	struct delivery delivery = *(struct delivery *)argument;

	free(argument);
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &delivery.when, NULL))
		;
	if (delivery.number == SIGALRM) {
		if (delivery.generation != alarm_generation)
			return NULL;
		is_alarm_set = 0;
	}
	raise(delivery.number);
	return NULL;
}

// A test without its signal would wait for ever: better to end it at once.
static void schedule(int number, struct timespec when)
{
	struct delivery *delivery = malloc(sizeof *delivery);
	pthread_t thread;

	if (!delivery)
		abort();
	delivery->number = number;
	delivery->when = when;
	delivery->generation = alarm_generation;
	if (pthread_create(&thread, NULL, deliver, delivery) || pthread_detach(thread))
		abort();
}

unsigned alarm(unsigned seconds)
{
	struct timespec now = in_seconds(0);
	unsigned left = 0;

	if (is_alarm_set && alarm_when.tv_sec > now.tv_sec)
		left = alarm_when.tv_sec - now.tv_sec;
	alarm_generation++;
	is_alarm_set = seconds > 0;
	if (is_alarm_set) {
		alarm_when = in_seconds(seconds);
		schedule(SIGALRM, alarm_when);
	}
	return left;
}

#ifdef STOP_AFTER_SECONDS
__attribute__((constructor)) static void stop_later(void)
{
	schedule(SIGUSR1, in_seconds(STOP_AFTER_SECONDS));
}
#endif
