// A loop of any call that can say "not yet", or that tells or asks about others,
// lets another thread run, which ends the loop. `tests/symbols.rs` demands that
// each function has a row here or stands among those that say nothing of others.
// STDOUT:
//   every call lets others run
// SKIP: wasi-sdk: polls for ever, and has half of these
// SKIP: native: not every system has all of these
#include "check.h"
#include <fcntl.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <threads.h>
#include <wasi/libc.h>

static volatile bool happened;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, held = PTHREAD_MUTEX_INITIALIZER, ceiling;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER, read_held = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_spinlock_t spin, spin_held;
static pthread_attr_t attr;
static sem_t none, some;
static mtx_t mtx, mtx_held;
static cnd_t cnd;
static thrd_t forever;
static sigset_t set, found;
static const struct timespec zero, passed = { .tv_sec = 1 };
static int word, number;
static struct sched_param param;
static char text[16];

/* The empty text. The compiler must not know that, or it drops the calls that print it. */
char nothing[1];

static int dummy_of_thrd(void *unused)
{
	return unused != NULL;
}

static void *dummy(void *unused)
{
	return unused;
}

/* A row: the function, and a call of it that neither waits nor ends anything. */
#define ROWS(ROW) \
	ROW(bsd_signal, bsd_signal(SIGUSR2, SIG_IGN)) \
	ROW(cnd_broadcast, cnd_broadcast(&cnd)) \
	ROW(cnd_signal, cnd_signal(&cnd)) \
	ROW(cnd_timedwait, (mtx_lock(&mtx), cnd_timedwait(&cnd, &mtx, &passed), mtx_unlock(&mtx))) \
	ROW(kill, kill(OWN_PROCESS, 0)) \
	ROW(mtx_destroy, mtx_destroy(&mtx_held)) \
	ROW(mtx_lock, (mtx_lock(&mtx), mtx_unlock(&mtx))) \
	ROW(mtx_timedlock, mtx_timedlock(&mtx_held, &passed)) \
	ROW(mtx_trylock, mtx_trylock(&mtx_held)) \
	ROW(pthread_atfork, pthread_atfork(NULL, NULL, NULL)) \
	ROW(pthread_barrier_destroy, pthread_barrier_destroy(&barrier)) \
	ROW(pthread_cancel, pthread_cancel(forever)) \
	ROW(pthread_clockjoin_np, pthread_clockjoin_np(forever, NULL, CLOCK_REALTIME, &passed)) \
	ROW(pthread_cond_broadcast, pthread_cond_broadcast(&cond)) \
	ROW(pthread_cond_clockwait, (pthread_mutex_lock(&mutex), pthread_cond_clockwait(&cond, &mutex, CLOCK_REALTIME, &passed), pthread_mutex_unlock(&mutex))) \
	ROW(pthread_cond_destroy, pthread_cond_destroy(&cond)) \
	ROW(pthread_cond_signal, pthread_cond_signal(&cond)) \
	ROW(pthread_cond_timedwait, (pthread_mutex_lock(&mutex), pthread_cond_timedwait(&cond, &mutex, &passed), pthread_mutex_unlock(&mutex))) \
	ROW(pthread_create, too_large()) \
	ROW(pthread_getattr_np, pthread_getattr_np(forever, &attr)) \
	ROW(pthread_getname_np, pthread_getname_np(forever, text, sizeof text)) \
	ROW(pthread_getschedparam, pthread_getschedparam(forever, &number, &param)) \
	ROW(pthread_key_create, pthread_key_create(&(pthread_key_t){ 0 }, NULL)) \
	ROW(pthread_kill, pthread_kill(forever, 0)) \
	ROW(pthread_mutex_clocklock, pthread_mutex_clocklock(&held, CLOCK_REALTIME, &passed)) \
	ROW(pthread_mutex_destroy, pthread_mutex_destroy(&held)) \
	ROW(pthread_mutex_lock, (pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex))) \
	ROW(pthread_mutex_setprioceiling, pthread_mutex_setprioceiling(&ceiling, 50, &number)) \
	ROW(pthread_mutex_timedlock, pthread_mutex_timedlock(&held, &passed)) \
	ROW(pthread_mutex_trylock, pthread_mutex_trylock(&held)) \
	ROW(pthread_rwlock_clockrdlock, pthread_rwlock_clockrdlock(&rwlock, CLOCK_REALTIME, &passed) || pthread_rwlock_unlock(&rwlock)) \
	ROW(pthread_rwlock_clockwrlock, pthread_rwlock_clockwrlock(&read_held, CLOCK_REALTIME, &passed)) \
	ROW(pthread_rwlock_destroy, pthread_rwlock_destroy(&read_held)) \
	ROW(pthread_rwlock_rdlock, pthread_rwlock_rdlock(&rwlock) || pthread_rwlock_unlock(&rwlock)) \
	ROW(pthread_rwlock_timedrdlock, pthread_rwlock_timedrdlock(&rwlock, &passed) || pthread_rwlock_unlock(&rwlock)) \
	ROW(pthread_rwlock_timedwrlock, pthread_rwlock_timedwrlock(&read_held, &passed)) \
	ROW(pthread_rwlock_tryrdlock, pthread_rwlock_tryrdlock(&rwlock) || pthread_rwlock_unlock(&rwlock)) \
	ROW(pthread_rwlock_trywrlock, pthread_rwlock_trywrlock(&read_held)) \
	ROW(pthread_rwlock_wrlock, pthread_rwlock_wrlock(&rwlock) || pthread_rwlock_unlock(&rwlock)) \
	ROW(pthread_setname_np, pthread_setname_np(forever, "f")) \
	ROW(pthread_setschedparam, pthread_setschedparam(forever, SCHED_OTHER, &param)) \
	ROW(pthread_setschedprio, pthread_setschedprio(forever, 0)) \
	ROW(pthread_sigmask, pthread_sigmask(SIG_BLOCK, &set, NULL)) \
	ROW(pthread_spin_destroy, pthread_spin_destroy(&spin_held)) \
	ROW(pthread_spin_lock, pthread_spin_lock(&spin) || pthread_spin_unlock(&spin)) \
	ROW(pthread_spin_trylock, pthread_spin_trylock(&spin_held)) \
	ROW(pthread_testcancel, pthread_testcancel()) \
	ROW(pthread_timedjoin_np, pthread_timedjoin_np(forever, NULL, &passed)) \
	ROW(pthread_tryjoin_np, pthread_tryjoin_np(forever, NULL)) \
	ROW(raise, raise(0)) \
	ROW(sched_setparam, sched_setparam(0, &param)) \
	ROW(sched_setscheduler, sched_setscheduler(0, SCHED_OTHER, &param)) \
	ROW(sched_yield, sched_yield()) \
	ROW(sem_clockwait, sem_clockwait(&none, CLOCK_REALTIME, &passed)) \
	ROW(sem_destroy, sem_destroy(&some)) \
	ROW(sem_getvalue, sem_getvalue(&none, &number)) \
	ROW(sem_open, sem_open("/missing", 0)) \
	ROW(sem_post, sem_post(&some)) \
	ROW(sem_timedwait, sem_timedwait(&none, &passed)) \
	ROW(sem_trywait, sem_trywait(&none)) \
	ROW(sem_unlink, sem_unlink("/missing")) \
	ROW(sem_wait, (sem_post(&some), sem_wait(&some))) \
	ROW(sigaction, sigaction(SIGUSR2, NULL, &(struct sigaction){ 0 })) \
	ROW(signal, signal(SIGUSR2, SIG_IGN)) \
	ROW(sigpending, sigpending(&found)) \
	ROW(sigprocmask, sigprocmask(SIG_BLOCK, &set, NULL)) \
	ROW(sigtimedwait, sigtimedwait(&set, NULL, &zero)) \
	ROW(sigwait, (raise(SIGUSR1), sigwait(&set, &number))) \
	ROW(sigwaitinfo, (raise(SIGUSR1), sigwaitinfo(&set, NULL))) \
	ROW(thrd_create, thrd_create(&(thrd_t){ 0 }, dummy_of_thrd, NULL) == thrd_success) \
	ROW(thrd_yield, thrd_yield()) \
	ROW(tss_create, tss_create(&(tss_t){ 0 }, NULL)) \
	ROW(__wasilibc_futex_wait, __wasilibc_futex_wait(&word, 1, CLOCK_REALTIME, NULL, 0)) \
	ROW(__wasilibc_futex_wake, __wasilibc_futex_wake(&word, 1, 0)) \
	ROW(clock_gettime, now_ns(CLOCK_MONOTONIC)) \
	ROW(time, time(NULL)) \
	ROW(fflush, fflush(stderr)) \
	ROW(flockfile, (flockfile(stderr), funlockfile(stderr))) \
	ROW(ftrylockfile, ftrylockfile(stderr) == 0 ? funlockfile(stderr) : (void)0) \
	ROW(fputs, fputs(nothing, stderr)) \
	ROW(fprintf, fprintf(stderr, "%s%s", nothing, nothing))

/*
 * These work on what is the caller's own, wait in any case, or end the caller:
 *
 * QUIET: __SIG_ERR __SIG_IGN __sched_cpucount _pthread_cleanup_pop _pthread_cleanup_push
 * QUIET: call_once cnd_destroy cnd_init cnd_wait mtx_init mtx_unlock pause
 * QUIET: pthread_attr_destroy pthread_attr_getdetachstate pthread_attr_getguardsize
 * QUIET: pthread_attr_getinheritsched pthread_attr_getschedparam pthread_attr_getschedpolicy
 * QUIET: pthread_attr_getscope pthread_attr_getstack pthread_attr_getstacksize pthread_attr_init
 * QUIET: pthread_attr_setdetachstate pthread_attr_setguardsize pthread_attr_setinheritsched
 * QUIET: pthread_attr_setschedparam pthread_attr_setschedpolicy pthread_attr_setscope
 * QUIET: pthread_attr_setstack pthread_attr_setstacksize pthread_barrier_init pthread_barrier_wait
 * QUIET: pthread_barrierattr_destroy pthread_barrierattr_getpshared pthread_barrierattr_init
 * QUIET: pthread_barrierattr_setpshared pthread_cond_init pthread_cond_wait
 * QUIET: pthread_condattr_destroy pthread_condattr_getclock pthread_condattr_getpshared
 * QUIET: pthread_condattr_init pthread_condattr_setclock pthread_condattr_setpshared
 * QUIET: pthread_detach pthread_equal pthread_exit pthread_getaffinity_np
 * QUIET: pthread_getattr_default_np pthread_getconcurrency pthread_getcpuclockid
 * QUIET: pthread_getspecific pthread_join pthread_key_delete pthread_mutex_consistent
 * QUIET: pthread_mutex_getprioceiling pthread_mutex_init pthread_mutex_unlock
 * QUIET: pthread_mutexattr_destroy pthread_mutexattr_getprioceiling pthread_mutexattr_getprotocol
 * QUIET: pthread_mutexattr_getpshared pthread_mutexattr_getrobust pthread_mutexattr_gettype
 * QUIET: pthread_mutexattr_init pthread_mutexattr_setprioceiling pthread_mutexattr_setprotocol
 * QUIET: pthread_mutexattr_setpshared pthread_mutexattr_setrobust pthread_mutexattr_settype
 * QUIET: pthread_once pthread_rwlock_init pthread_rwlock_unlock pthread_rwlockattr_destroy
 * QUIET: pthread_rwlockattr_getkind_np pthread_rwlockattr_getpshared pthread_rwlockattr_init
 * QUIET: pthread_rwlockattr_setkind_np pthread_rwlockattr_setpshared pthread_self
 * QUIET: pthread_setaffinity_np pthread_setattr_default_np pthread_setcancelstate
 * QUIET: pthread_setcanceltype pthread_setconcurrency pthread_setspecific pthread_spin_init
 * QUIET: pthread_spin_unlock sched_get_priority_max sched_get_priority_min sched_getaffinity
 * QUIET: sched_getcpu sched_getparam sched_getscheduler sched_rr_get_interval sched_setaffinity
 * QUIET: sem_close sem_init sigaddset sigandset sigdelset sigemptyset sigfillset
 * QUIET: sigisemptyset sigismember sigorset sigsuspend thrd_current thrd_detach thrd_equal
 * QUIET: thrd_exit thrd_join tss_delete tss_get tss_set
 */

/* A thread that there is no memory for. */
static int too_large(void)
{
	pthread_t thread;
	pthread_attr_t huge;
	pthread_attr_init(&huge);
	pthread_attr_setstacksize(&huge, 1000u << 20);
	return pthread_create(&thread, &huge, dummy, NULL);
}

static void *happen(void *unused)
{
	happened = true;
	return unused;
}

static void *wait_for_ever(void *unused)
{
	CHECK_OK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL));
	pthread_barrier_wait(&barrier);
	return unused;
}

/* How often a loop may turn before it counts as endless. */
enum { TURNS_MAX = 100000 };

#define POLL(function, call) \
	static void poll_##function(void) \
	{ \
		int turns = 0; \
		while (!happened && ++turns < TURNS_MAX) \
			(void)(call); \
	}
ROWS(POLL)

static const struct {
	const char *name;
	void (*poll)(void);
} polls[] = {
#define NAMED(function, call) { #function, poll_##function },
	ROWS(NAMED)
};

static void prepare(void)
{
	pthread_mutexattr_t protect;
	CHECK_OK(pthread_mutexattr_init(&protect));
	CHECK_OK(pthread_mutexattr_setprotocol(&protect, PTHREAD_PRIO_PROTECT));
	CHECK_OK(pthread_mutex_init(&ceiling, &protect));
	CHECK_OK(pthread_mutex_lock(&held));
	CHECK_OK(pthread_rwlock_rdlock(&read_held));
	CHECK_OK(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE));
	CHECK_OK(pthread_spin_init(&spin_held, PTHREAD_PROCESS_PRIVATE));
	CHECK_OK(pthread_spin_lock(&spin_held));
	CHECK_OK(pthread_barrier_init(&barrier, NULL, 2));
	CHECK(sem_init(&none, 0, 0) == 0 && sem_init(&some, 0, 1) == 0);
	CHECK(mtx_init(&mtx, mtx_plain) == thrd_success && mtx_init(&mtx_held, mtx_plain) == thrd_success);
	CHECK(mtx_lock(&mtx_held) == thrd_success && cnd_init(&cnd) == thrd_success);
	CHECK(sigemptyset(&set) == 0 && sigaddset(&set, SIGUSR1) == 0);
	CHECK_OK(pthread_sigmask(SIG_BLOCK, &set, NULL));
	forever = start(wait_for_ever, NULL);
	CHECK_OK(pthread_cancel(forever));
}

int main(void)
{
	prepare();
	for (size_t i = 0; i < sizeof polls / sizeof *polls; i++) {
		happened = false;
		pthread_t thread = start(happen, NULL);
		polls[i].poll();
		if (!happened) {
			printf("%s never lets others run\n", polls[i].name);
			exit(1);
		}
		finish(thread);
	}
	puts("every call lets others run");
}
