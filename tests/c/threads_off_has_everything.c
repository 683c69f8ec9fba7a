// The library is the same with threads off: everything that the headers declare
// is there, and only starting a thread is refused. tests/symbols.rs compares
// this list with what the library defines.
// RUN-FLAGS: --threads=off
// SKIP: native: has threads
// SKIP: wasi-sdk: wasi-libc has not everything
#include "check.h"
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <threads.h>
#include <unistd.h>
#include <wasi/libc.h>

/* In parentheses, as some are macros too. */
#define F(name) (const void *)(name)

static const void *const volatile functions[] = {
	/* pthread.h */
	F(_pthread_cleanup_pop), F(_pthread_cleanup_push), F(pthread_atfork),
	F(pthread_attr_destroy), F(pthread_attr_getdetachstate), F(pthread_attr_getguardsize),
	F(pthread_attr_getinheritsched), F(pthread_attr_getschedparam),
	F(pthread_attr_getschedpolicy), F(pthread_attr_getscope), F(pthread_attr_getstack),
	F(pthread_attr_getstacksize), F(pthread_attr_init), F(pthread_attr_setdetachstate),
	F(pthread_attr_setguardsize), F(pthread_attr_setinheritsched),
	F(pthread_attr_setschedparam), F(pthread_attr_setschedpolicy),
	F(pthread_attr_setscope), F(pthread_attr_setstack), F(pthread_attr_setstacksize),
	F(pthread_barrier_destroy), F(pthread_barrier_init), F(pthread_barrier_wait),
	F(pthread_barrierattr_destroy), F(pthread_barrierattr_getpshared),
	F(pthread_barrierattr_init), F(pthread_barrierattr_setpshared), F(pthread_cancel),
	F(pthread_clockjoin_np), F(pthread_cond_broadcast), F(pthread_cond_clockwait),
	F(pthread_cond_destroy), F(pthread_cond_init), F(pthread_cond_signal),
	F(pthread_cond_timedwait), F(pthread_cond_wait), F(pthread_condattr_destroy),
	F(pthread_condattr_getclock), F(pthread_condattr_getpshared), F(pthread_condattr_init),
	F(pthread_condattr_setclock), F(pthread_condattr_setpshared), F(pthread_create),
	F(pthread_detach), F(pthread_equal), F(pthread_exit), F(pthread_getattr_default_np),
	F(pthread_getattr_np), F(pthread_getconcurrency), F(pthread_getcpuclockid),
	F(pthread_getname_np), F(pthread_getschedparam), F(pthread_getspecific),
	F(pthread_join), F(pthread_key_create), F(pthread_key_delete),
	F(pthread_mutex_clocklock), F(pthread_mutex_consistent), F(pthread_mutex_destroy),
	F(pthread_mutex_getprioceiling), F(pthread_mutex_init), F(pthread_mutex_lock),
	F(pthread_mutex_setprioceiling), F(pthread_mutex_timedlock), F(pthread_mutex_trylock),
	F(pthread_mutex_unlock), F(pthread_mutexattr_destroy),
	F(pthread_mutexattr_getprioceiling), F(pthread_mutexattr_getprotocol),
	F(pthread_mutexattr_getpshared), F(pthread_mutexattr_getrobust),
	F(pthread_mutexattr_gettype), F(pthread_mutexattr_init),
	F(pthread_mutexattr_setprioceiling), F(pthread_mutexattr_setprotocol),
	F(pthread_mutexattr_setpshared), F(pthread_mutexattr_setrobust),
	F(pthread_mutexattr_settype), F(pthread_once), F(pthread_rwlock_clockrdlock),
	F(pthread_rwlock_clockwrlock), F(pthread_rwlock_destroy), F(pthread_rwlock_init),
	F(pthread_rwlock_rdlock), F(pthread_rwlock_timedrdlock), F(pthread_rwlock_timedwrlock),
	F(pthread_rwlock_tryrdlock), F(pthread_rwlock_trywrlock), F(pthread_rwlock_unlock),
	F(pthread_rwlock_wrlock), F(pthread_rwlockattr_destroy),
	F(pthread_rwlockattr_getkind_np), F(pthread_rwlockattr_getpshared), F(pthread_rwlockattr_init),
	F(pthread_rwlockattr_setkind_np), F(pthread_rwlockattr_setpshared), F(pthread_self), F(pthread_setattr_default_np),
	F(pthread_setcancelstate), F(pthread_setcanceltype), F(pthread_setconcurrency),
	F(pthread_setname_np), F(pthread_setschedparam), F(pthread_setschedprio),
	F(pthread_setspecific), F(pthread_spin_destroy), F(pthread_spin_init),
	F(pthread_spin_lock), F(pthread_spin_trylock), F(pthread_spin_unlock),
	F(pthread_testcancel), F(pthread_timedjoin_np), F(pthread_tryjoin_np),

	/* semaphore.h */
	F(sem_clockwait), F(sem_close), F(sem_destroy), F(sem_getvalue), F(sem_init),
	F(sem_open), F(sem_post), F(sem_timedwait), F(sem_trywait), F(sem_unlink), F(sem_wait),

	/* threads.h; thrd_sleep is in libc itself */
	F(call_once), F(cnd_broadcast), F(cnd_destroy), F(cnd_init), F(cnd_signal),
	F(cnd_timedwait), F(cnd_wait), F(mtx_destroy), F(mtx_init), F(mtx_lock),
	F(mtx_timedlock), F(mtx_trylock), F(mtx_unlock), F(thrd_create), F(thrd_current),
	F(thrd_detach), F(thrd_equal), F(thrd_exit), F(thrd_join), F(thrd_yield),
	F(tss_create), F(tss_delete), F(tss_get), F(tss_set), F(thrd_sleep),

	/* sched.h */
	F(__sched_cpucount), F(pthread_getaffinity_np), F(pthread_setaffinity_np),
	F(sched_getaffinity), F(sched_getcpu), F(sched_setaffinity),
	F(sched_get_priority_max), F(sched_get_priority_min), F(sched_getparam),
	F(sched_getscheduler), F(sched_rr_get_interval), F(sched_setparam),
	F(sched_setscheduler), F(sched_yield),

	/* signal.h, and pause of unistd.h */
	F(__SIG_ERR), F(__SIG_IGN), F(bsd_signal), F(kill), F(pause), F(pthread_kill),
	F(pthread_sigmask), F(raise), F(sigaction), F(sigaddset), F(sigandset), F(sigdelset),
	F(sigemptyset), F(sigfillset), F(sigisemptyset), F(sigismember), F(signal), F(sigorset),
	F(sigpending), F(sigprocmask), F(sigsuspend), F(sigtimedwait), F(sigwait), F(sigwaitinfo),

	/* wasi/libc.h */
	F(__wasilibc_futex_wait), F(__wasilibc_futex_wake),
};

static void *never(void *unused)
{
	return unused;
}

static int never_either(void *unused)
{
	(void)unused;
	return 0;
}

int main(void)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		CHECK(functions[i] != NULL);

	pthread_t thread;
	CHECK_RESULT(pthread_create(&thread, NULL, never, NULL), ENOTSUP);
	thrd_t c11_thread;
	CHECK_RESULT(thrd_create(&c11_thread, never_either, NULL), thrd_error);
}
