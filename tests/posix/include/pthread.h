// <pthread.h> with the names that robust mutexes had before POSIX.1-2008 took
// them up. Two kinds were tried: this is the one that was taken.
#pragma once
#include_next <pthread.h>

#define PTHREAD_MUTEX_ROBUST_SUN_NP PTHREAD_MUTEX_ROBUST
#define pthread_mutexattr_setrobust_np pthread_mutexattr_setrobust
#define pthread_mutex_consistent_np pthread_mutex_consistent
