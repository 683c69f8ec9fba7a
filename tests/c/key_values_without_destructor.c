// A value whose key has no destructor is there for the destructors of other keys
// (POSIX XSH pthread_key_create: only a value with a destructor is set to null).
// STDOUT:
//   the destructor found it
// SKIP: native: glibc may clear it first
// SKIP: wasi-sdk: wasi-libc clears it first
#include "check.h"

static pthread_key_t plain, destroyed;
static int value;

static void destroy(void *unused)
{
	(void)unused;
	CHECK(pthread_getspecific(plain) == &value);
	puts("the destructor found it");
}

static void *set_both(void *unused)
{
	CHECK_OK(pthread_setspecific(plain, &value));
	CHECK_OK(pthread_setspecific(destroyed, &value));
	return unused;
}

int main(void)
{
	CHECK_OK(pthread_key_create(&plain, NULL));
	CHECK_OK(pthread_key_create(&destroyed, destroy));
	finish(start(set_both, NULL));
}
