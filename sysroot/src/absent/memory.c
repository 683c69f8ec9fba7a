/* Memory that several processes or mappings share. */
#define _GNU_SOURCE
#include "absent.h"
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/uio.h>

FAILS(int, shm_open, (const char *name, int flags, mode_t mode))
FAILS(int, shm_unlink, (const char *name))
FAILS(int, memfd_create, (const char *name, unsigned flags))
FAILS(int, remap_file_pages, (void *start, size_t size, int protection, size_t page, int flags))
FAILS(int, mincore, (void *start, size_t size, unsigned char *pages))

FAILS(void *, shmat, (int id, const void *at, int flags))
FAILS(int, shmctl, (int id, int command, struct shmid_ds *data))
FAILS(int, shmdt, (const void *start))
FAILS(int, shmget, (key_t key, size_t size, int flags))

FAILS(int, semctl, (int id, int number, int command, ...))
FAILS(int, semget, (key_t key, int count, int flags))
FAILS(int, semop, (int id, struct sembuf *operations, size_t count))
FAILS(int, semtimedop, (int id, struct sembuf *operations, size_t count,
                        const struct timespec *timeout))

FAILS(int, msgctl, (int id, int command, struct msqid_ds *data))
FAILS(int, msgget, (key_t key, int flags))
FAILS(ssize_t, msgrcv, (int id, void *message, size_t size, long type, int flags))
FAILS(int, msgsnd, (int id, const void *message, size_t size, int flags))

FAILS(ssize_t, process_vm_readv, (pid_t process, const struct iovec *own, unsigned long own_count,
                                  const struct iovec *other, unsigned long other_count,
                                  unsigned long flags))
FAILS(ssize_t, process_vm_writev, (pid_t process, const struct iovec *own, unsigned long own_count,
                                   const struct iovec *other, unsigned long other_count,
                                   unsigned long flags))
