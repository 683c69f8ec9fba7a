// <sys/wait.h>, which WASI lacks: declarations alone. Many tests include this
// header without need. A test that calls a function of it does not link.
#pragma once
#include <sys/types.h>

pid_t wait(int *);
pid_t waitpid(pid_t, int *, int);

#define WNOHANG 1
#define WUNTRACED 2
#define WEXITSTATUS(status) (((status) >> 8) & 0xff)
#define WTERMSIG(status) ((status) & 0x7f)
#define WSTOPSIG(status) WEXITSTATUS(status)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSTOPPED(status) (((status) & 0xff) == 0x7f)
#define WIFSIGNALED(status) (!WIFEXITED(status) && !WIFSTOPPED(status))
