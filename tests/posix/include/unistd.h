// <unistd.h> with what WASI leaves out of it. `alarm` works (see ../alarm.c);
// a test that calls one of the others compiles and does not link.
#pragma once
#include_next <unistd.h>

unsigned alarm(unsigned);

// Declared only: no library defines these.
pid_t fork(void);
int execl(const char *, const char *, ...);
int pipe(int[2]);
int dup2(int, int);
uid_t getuid(void);
uid_t geteuid(void);
int setuid(uid_t);
int seteuid(uid_t);

// See limits.h.
static inline long suite_sysconf(int name)
{
	return name == _SC_THREAD_STACK_MIN ? 65536 : sysconf(name);
}
#define sysconf suite_sysconf
