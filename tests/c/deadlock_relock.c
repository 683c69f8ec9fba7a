// A thread that locks a normal mutex again waits for itself.
// EXIT: 124
// STDERR-CONTAINS: the only thread waits
// STDERR-CONTAINS: thread 1 `main` waits for the mutex
// STDERR-CONTAINS: owned by thread 1 `main`
// SKIP: native: would hang
#include "check.h"

int main(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	CHECK_OK(pthread_mutex_lock(&mutex));
	CHECK_OK(pthread_mutex_lock(&mutex));
}
