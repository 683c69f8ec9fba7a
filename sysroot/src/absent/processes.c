/* Processes: a component is one, and starts no other. */
#define _GNU_SOURCE
#include "absent.h"
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wordexp.h>

FAILS(pid_t, fork, (void))
FAILS(pid_t, _Fork, (void))
FAILS(pid_t, vfork, (void))
FAILS(int, daemon, (int keep_folder, int keep_streams))

FAILS(int, execve, (const char *path, char *const arguments[], char *const environment[]))
FAILS(int, execv, (const char *path, char *const arguments[]))
FAILS(int, execvp, (const char *name, char *const arguments[]))
FAILS(int, execvpe, (const char *name, char *const arguments[], char *const environment[]))
FAILS(int, fexecve, (int file, char *const arguments[], char *const environment[]))
FAILS(int, execl, (const char *path, const char *argument, ...))
FAILS(int, execle, (const char *path, const char *argument, ...))
FAILS(int, execlp, (const char *name, const char *argument, ...))

ERRNO_FAILS(posix_spawn, (pid_t *restrict process, const char *restrict path,
                          const posix_spawn_file_actions_t *actions,
                          const posix_spawnattr_t *restrict attributes,
                          char *const *restrict arguments, char *const *restrict environment))
ERRNO_FAILS(posix_spawnp, (pid_t *restrict process, const char *restrict name,
                           const posix_spawn_file_actions_t *actions,
                           const posix_spawnattr_t *restrict attributes,
                           char *const *restrict arguments, char *const *restrict environment))

NULL_FAILS(FILE *, popen, (const char *command, const char *mode))
FAILS(int, pclose, (FILE *stream))

/* POSIX XSH system: whether there is a shell, when asked so. */
weak int system(const char *command)
{
	return command ? absent() : 0;
}

/* There is no shell to expand words. */
weak int wordexp(const char *restrict words, wordexp_t *restrict to, int flags)
{
	return WRDE_NOSYS;
}

weak void wordfree(wordexp_t *words)
{
	words->we_wordc = 0;
	words->we_wordv = 0;
}
