// <unistd.h> with a PTHREAD_STACK_MIN of one page (see limits.h), and without
// `sync`: a test has a variable of this name.
#pragma once
#define sync suite_sync
#include_next <unistd.h>
#undef sync

static inline long suite_sysconf(int name)
{
	return name == _SC_THREAD_STACK_MIN ? 65536 : sysconf(name);
}
#define sysconf suite_sysconf
