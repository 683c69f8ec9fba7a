// A descriptor that one thread has closed is closed for every thread, and one that
// was opened since under its number is open for every thread.
// DIR:
// STDOUT:
//   read(file, &byte, 1): 1
//   close(file): 0
//   read(file, &byte, 1): EBADF
//   write(file, "x", 1): EBADF
//   close(file): EBADF
//   read: 6 `second`
//   close(file): 0
//   lseek(file, 0, SEEK_CUR): EBADF
#include "files.h"
#include <semaphore.h>

static sem_t go, done;
static int file;

static void *use(void *unused)
{
	char byte;
	SHOW(read(file, &byte, 1));
	sem_post(&done);
	sem_wait(&go);
	SHOW(read(file, &byte, 1));
	SHOW(write(file, "x", 1));
	SHOW(close(file));
	sem_post(&done);
	sem_wait(&go);
	show_read(file, 10);
	SHOW(close(file));
	sem_post(&done);
	return unused;
}

int main(void)
{
	make_file("one", "first");
	make_file("other", "second");
	CHECK(sem_init(&go, 0, 0) == 0 && sem_init(&done, 0, 0) == 0);
	file = open("one", O_RDWR);
	pthread_t user = start(use, NULL);
	sem_wait(&done);
	SHOW(close(file));
	sem_post(&go);
	sem_wait(&done);
	CHECK(open("other", O_RDONLY) == file);
	sem_post(&go);
	sem_wait(&done);
	SHOW(lseek(file, 0, SEEK_CUR));
	finish(user);
}
