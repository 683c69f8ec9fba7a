// <signal.h> with what WASI leaves out of it. Sets and actions work (see
// ../signals.c); a test that sends a signal to a thread or a process, or
// blocks one, compiles and does not link.
#pragma once
#include_next <signal.h>
#include <sys/types.h>
#include <time.h>

// WASI's own is a byte.
typedef struct {
	unsigned long long members;
} suite_sigset_t;
#define sigset_t suite_sigset_t

struct sigaction {
	void (*sa_handler)(int);
	sigset_t sa_mask;
	int sa_flags;
};

#undef SIG_BLOCK
#undef SIG_UNBLOCK
#undef SIG_SETMASK
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
#undef SA_RESTART
#define SA_RESTART 0x10000000

int sigemptyset(sigset_t *);
int sigfillset(sigset_t *);
int sigaddset(sigset_t *, int);
int sigdelset(sigset_t *, int);
int sigismember(const sigset_t *, int);
int sigaction(int, const struct sigaction *, struct sigaction *);

// Declared alone.
int kill(pid_t, int);
int sigprocmask(int, const sigset_t *, sigset_t *);
int sigpending(sigset_t *);
int sigsuspend(const sigset_t *);
int sigwait(const sigset_t *, int *);
int pthread_kill(pthread_t, int);
int pthread_sigmask(int, const sigset_t *, sigset_t *);
