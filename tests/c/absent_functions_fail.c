// What cannot work links, and fails with the error that POSIX names.
// SKIP: wasi-sdk: wasi-libc has none of it
// SKIP: native: it works there
// STDOUT:
//   there is no shell: 0
#include "check.h"
#include <aio.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <mqueue.h>
#include <pty.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <wordexp.h>

int main(void)
{
	char *none[] = { "none", NULL };
	struct termios settings;
	struct statvfs system_of_files;
	struct ifaddrs *interfaces;
	struct timespec now = { 0 };
	pid_t child;
	wordexp_t words;

	CHECK_ERRNO(fork(), ENOSYS);
	CHECK_ERRNO(execv("/bin/true", none), ENOSYS);
	CHECK_ERRNO(execlp("true", "true", (char *)NULL), ENOSYS);
	CHECK_RESULT(posix_spawn(&child, "/bin/true", NULL, NULL, none, none), ENOSYS);
	CHECK(popen("true", "r") == NULL && errno == ENOSYS);
	CHECK_ERRNO(system("true"), ENOSYS);
	printf("there is no shell: %d\n", system(NULL));
	CHECK(wordexp("~", &words, 0) == WRDE_NOSYS);
	wordfree(&words);
	CHECK_ERRNO(wait(NULL), ECHILD);
	CHECK_ERRNO(waitpid(-1, NULL, WNOHANG), ECHILD);

	CHECK_ERRNO(tcgetattr(1, &settings), ENOTTY);
	CHECK_ERRNO(tcsetattr(99, TCSANOW, &settings), EBADF);
	CHECK(ttyname(1) == NULL && errno == ENOTTY);
	CHECK_ERRNO(posix_openpt(O_RDWR), ENOSYS);

	CHECK_ERRNO(mkfifo("pipe", 0600), ENOSYS);
	CHECK_ERRNO(statvfs("/", &system_of_files), ENOSYS);
	CHECK_ERRNO(fchdir(3), ENOSYS);
	CHECK_ERRNO(shm_open("/name", O_CREAT | O_RDWR, 0600), ENOSYS);
	CHECK_ERRNO(shmget(IPC_PRIVATE, 1, 0600), ENOSYS);
	CHECK_ERRNO(mq_open("/name", O_RDONLY), ENOSYS);
	CHECK_ERRNO(getifaddrs(&interfaces), ENOSYS);
	CHECK_ERRNO(clock_settime(CLOCK_REALTIME, &now), ENOSYS);

	CHECK(dlopen("libm.so", RTLD_NOW) == NULL && dlerror() != NULL && dlerror() == NULL);
}
