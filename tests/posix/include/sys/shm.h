// <sys/shm.h>, which WASI lacks: declarations alone. See sys/wait.h.
#pragma once
#include <sys/ipc.h>

int shmget(key_t, size_t, int);
void *shmat(int, const void *, int);
int shmdt(const void *);
int shmctl(int, int, void *);
