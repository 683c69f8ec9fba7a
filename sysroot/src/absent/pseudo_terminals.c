/* Pseudo-terminals. */
#define _GNU_SOURCE
#include "absent.h"
#include <pty.h>
#include <stdlib.h>

FAILS(int, posix_openpt, (int flags))
FAILS(int, openpty, (int *master, int *slave, char *name, const struct termios *settings,
                     const struct winsize *size))
FAILS(int, forkpty, (int *master, char *name, const struct termios *settings,
                     const struct winsize *size))
