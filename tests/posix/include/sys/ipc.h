// <sys/ipc.h>, which WASI lacks: declarations alone. See sys/wait.h.
#pragma once
#include <sys/types.h>

typedef int key_t;

#define IPC_PRIVATE 0
#define IPC_CREAT 01000
#define IPC_RMID 0
