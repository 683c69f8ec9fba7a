/* futex.h - the bare futex: the kernel's natively, the scheduler's on coopt. */
#ifndef FUTEX_H
#define FUTEX_H

#include <stdint.h>

#ifdef __wasm__
#include <coopt.h>

static inline void futex_wait(volatile int32_t *word, int32_t expected)
{
	coopt_futex_wait(word, expected, COOPT_KIND_FUTEX, 0, COOPT_NO_DEADLINE);
}

static inline void futex_wake(volatile int32_t *word)
{
	coopt_futex_wake(word, 1);
}
#else
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline void futex_wait(volatile int32_t *word, int32_t expected)
{
	syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, (void *)0);
}

static inline void futex_wake(volatile int32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1);
}
#endif

#endif
