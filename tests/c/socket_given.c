// Sockets that listen from the start are the descriptors 3 and up, before the folders: coopt run
// --listen sets this variable.
// ENV: COOPT_LISTEN=127.0.0.1:0,[::1]:0
// DIR:
// NET: loopback
// STDOUT:
//   3 serves version 4
//   4 serves version 6
//   a file was made and found
// SKIP: native: nobody hands sockets over there
#include "sockets.h"

static void *connect_once(void *argument)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof address;
	CHECK(getsockname((int)(intptr_t)argument, (struct sockaddr *)&address, &len) == 0);
	int fd = socket(address.ss_family, SOCK_STREAM, 0);
	CHECK(connect(fd, (struct sockaddr *)&address, len) == 0);
	send_all(fd, &(char){ address.ss_family == AF_INET ? '4' : '6' }, 1);
	CHECK(close(fd) == 0);
	return NULL;
}

int main(void)
{
	for (int given = 3; given <= 4; given++) {
		char version;
		pthread_t client = start(connect_once, (void *)(intptr_t)given);
		int fd = accept(given, NULL, NULL);
		CHECK(fd > 4);
		CHECK(recv(fd, &version, 1, 0) == 1);
		printf("%d serves version %c\n", given, version);
		CHECK(close(fd) == 0);
		CHECK_OK(pthread_join(client, NULL));
	}
	FILE *file = fopen("file", "w");
	CHECK(file && fclose(file) == 0 && access("file", R_OK) == 0);
	puts("a file was made and found");
	return 0;
}
