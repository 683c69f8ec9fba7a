/* Queues of messages, and input and output beside the program. */
#define _GNU_SOURCE
#include "absent.h"
#include <aio.h>
#include <mqueue.h>

FAILS(int, mq_close, (mqd_t queue))
FAILS(int, mq_getattr, (mqd_t queue, struct mq_attr *to))
FAILS(int, mq_notify, (mqd_t queue, const struct sigevent *event))
FAILS(mqd_t, mq_open, (const char *name, int flags, ...))
FAILS(ssize_t, mq_receive, (mqd_t queue, char *to, size_t size, unsigned *priority))
FAILS(int, mq_send, (mqd_t queue, const char *from, size_t size, unsigned priority))
FAILS(int, mq_setattr, (mqd_t queue, const struct mq_attr *restrict new,
                        struct mq_attr *restrict old))
FAILS(ssize_t, mq_timedreceive, (mqd_t queue, char *restrict to, size_t size,
                                 unsigned *restrict priority,
                                 const struct timespec *restrict deadline))
FAILS(int, mq_timedsend, (mqd_t queue, const char *from, size_t size, unsigned priority,
                          const struct timespec *deadline))
FAILS(int, mq_unlink, (const char *name))

FAILS(int, aio_read, (struct aiocb *request))
FAILS(int, aio_write, (struct aiocb *request))
FAILS(int, aio_fsync, (int operation, struct aiocb *request))
ERRNO_FAILS(aio_error, (const struct aiocb *request))
FAILS(ssize_t, aio_return, (struct aiocb *request))
FAILS(int, aio_cancel, (int file, struct aiocb *request))
FAILS(int, aio_suspend, (const struct aiocb *const requests[], int count,
                         const struct timespec *timeout))
FAILS(int, lio_listio, (int mode, struct aiocb *restrict const *restrict requests, int count,
                        struct sigevent *restrict event))
