// poll and select find a regular file ready at once, for reading also at its end.
// DIR:
// STDOUT:
//   at once: 1 POLLIN POLLOUT
//   for ever: 1 POLLIN POLLOUT
//   to read: 1 POLLIN
//   to write: 1 POLLOUT
//   at the end: 1 POLLIN POLLOUT
//   poll(two, 2, -1): 2
//   1 1
//   select(file + 1, &reads, &writes, NULL, &second): 2
//   1 1
//   select(file + 1, &reads, NULL, NULL, NULL): 1
//   select(file + 1, &reads, NULL, NULL, &second): 0
// FAILS: stock: its preview1 waits a while before it says that a file can be read
#include "files.h"
#include <poll.h>
#include <sys/select.h>

static void show(const char *what, int file, short events, int timeout_ms)
{
	struct pollfd asked = { .fd = file, .events = events, .revents = -1 };
	int found = poll(&asked, 1, timeout_ms);
	printf("%s: %d%s%s%s\n", what, found, asked.revents & POLLIN ? " POLLIN" : "",
	       asked.revents & POLLOUT ? " POLLOUT" : "",
	       asked.revents & ~(POLLIN | POLLOUT) ? " more" : "");
}

int main(void)
{
	make_file("file", "text");
	int file = open("file", O_RDWR);
	show("at once", file, POLLIN | POLLOUT, 0);
	show("for ever", file, POLLIN | POLLOUT, -1);
	show("to read", file, POLLIN, 1000);
	show("to write", file, POLLOUT, 1000);
	CHECK(lseek(file, 0, SEEK_END) == 4);
	show("at the end", file, POLLIN | POLLOUT, -1);

	struct pollfd two[] = { { file, POLLIN, 0 }, { file, POLLOUT, 0 } };
	SHOW(poll(two, 2, -1));
	printf("%d %d\n", two[0].revents == POLLIN, two[1].revents == POLLOUT);

	fd_set reads, writes;
	struct timeval second = { 1, 0 };
	FD_ZERO(&reads);
	FD_ZERO(&writes);
	FD_SET(file, &reads);
	FD_SET(file, &writes);
	SHOW(select(file + 1, &reads, &writes, NULL, &second));
	printf("%d %d\n", !!FD_ISSET(file, &reads), !!FD_ISSET(file, &writes));
	FD_SET(file, &reads);
	SHOW(select(file + 1, &reads, NULL, NULL, NULL));
	second.tv_sec = 0;
	FD_ZERO(&reads);
	SHOW(select(file + 1, &reads, NULL, NULL, &second));
}
