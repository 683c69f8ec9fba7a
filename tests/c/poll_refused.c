// poll marks a closed descriptor with POLLNVAL beside the others and passes over
// negative ones.
// DIR:
// STDOUT:
//   poll(asked, 1, 0): 1
//   1
//   poll(asked, 1, -1): 1
//   1
//   poll(asked, 3, -1): 2
//   1 1 0
//   poll(asked + 2, 1, 0): 0
//   0
//   poll(asked + 2, 1, 10): 0
//   poll(NULL, 0, 0): 0
//   poll(NULL, 0, 10): 0
// FAILS: stock: its poll_oneoff fails as a whole where one descriptor is not open
#include "files.h"
#include <poll.h>

int main(void)
{
	make_file("file", "text");
	int file = open("file", O_RDWR), closed = open("file", O_RDWR);
	CHECK(close(closed) == 0);
	struct pollfd asked[] = { { closed, POLLIN, 0 }, { file, POLLIN, 0 }, { -1, POLLIN, -1 } };
	SHOW(poll(asked, 1, 0));
	printf("%d\n", asked[0].revents == POLLNVAL);
	asked[0].revents = 0;
	SHOW(poll(asked, 1, -1));
	printf("%d\n", asked[0].revents == POLLNVAL);
	asked[0].revents = 0;
	SHOW(poll(asked, 3, -1));
	printf("%d %d %d\n", asked[0].revents == POLLNVAL, asked[1].revents == POLLIN, asked[2].revents);
	asked[2].revents = -1;
	SHOW(poll(asked + 2, 1, 0));
	printf("%d\n", asked[2].revents);
	SHOW(poll(asked + 2, 1, 10));
	SHOW(poll(NULL, 0, 0));
	SHOW(poll(NULL, 0, 10));
}
