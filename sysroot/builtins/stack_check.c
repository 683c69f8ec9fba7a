/*
 * What code that was compiled with `-fstack-protector` uses. Debian compiles the
 * compiler's own functions so, such as the division of 128-bit numbers.
 */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* A string does not go on past the zero, nor a line past its end. */
uintptr_t __stack_chk_guard = 0x000aff0d;

_Noreturn void __stack_chk_fail(void)
{
	static const char text[] = "*** stack smashing detected ***: terminated\n";
	write(STDERR_FILENO, text, sizeof text - 1);
	abort();
}
