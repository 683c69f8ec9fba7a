// <pthread.h> with the names of robust mutexes in Solaris, which tests use. They
// mean what the names of POSIX.1-2008 mean.
#pragma once
#include_next <pthread.h>

#define PTHREAD_MUTEX_ROBUST_SUN_NP PTHREAD_MUTEX_ROBUST
#define pthread_mutexattr_setrobust_np pthread_mutexattr_setrobust
#define pthread_mutex_consistent_np pthread_mutex_consistent
