/*
 * An HTTP server with a thread for each connection.
 *
 *     coopt cc http_server.c -o server.wasm
 *     coopt run --net=loopback server.wasm 8080
 *     coopt run --listen 127.0.0.1:8080 server.wasm 0
 *
 * The second command has coopt hand over a socket that listens, as descriptor 3; the program may
 * reach nothing else then. Without an argument, the program asks itself a few times, and ends.
 */
// NET: loopback
// STDOUT:
//   client 0: 200, "you asked for /0"
//   client 1: 200, "you asked for /1"
//   client 2: 200, "you asked for /2"
//   a bad request: 400
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GIVEN = 3, CLIENTS = 3, REQUEST_MAX = 1024 };

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void send_all(int fd, const char *bytes, size_t len)
{
	ssize_t sent;
	for (; len > 0 && (sent = send(fd, bytes, len, MSG_NOSIGNAL)) > 0; len -= sent)
		bytes += sent;
}

/* Reads until a blank line, the end, or the buffer is full. */
static void read_head(int fd, char *head, size_t room)
{
	size_t len = 0;
	ssize_t some;
	while (len + 1 < room && (some = recv(fd, head + len, room - 1 - len, 0)) > 0) {
		len += some;
		head[len] = '\0';
		if (strstr(head, "\r\n\r\n"))
			return;
	}
	head[len] = '\0';
}

static void *serve(void *argument)
{
	int fd = (int)(intptr_t)argument;
	char request[REQUEST_MAX], path[REQUEST_MAX], body[REQUEST_MAX + 32], head[128];
	read_head(fd, request, sizeof request);
	int is_good = sscanf(request, "GET %1023s HTTP/1", path) == 1;
	int len = is_good ? snprintf(body, sizeof body, "you asked for %s", path) : 0;
	int head_len = snprintf(head, sizeof head,
	                        "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
	                        is_good ? "200 OK" : "400 Bad Request", len);
	send_all(fd, head, head_len);
	send_all(fd, body, len);
	close(fd);
	return NULL;
}

static void *accept_all(void *argument)
{
	int listener = (int)(intptr_t)argument, fd;
	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		pthread_t thread;
		if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) == 0)
			pthread_detach(thread);
		else
			close(fd);
	}
	perror("accept");
	return NULL;
}

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

static int listen_at(int port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
	if (fd < 0)
		fail("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0)
		fail("bind");
	if (listen(fd, 64) != 0)
		fail("listen");
	return fd;
}

/* Sends a request to the server that listens, and says what comes back. */
static void ask(int listener, const char *name, const char *request)
{
	struct sockaddr_in address;
	socklen_t len = sizeof address;
	char answer[REQUEST_MAX] = "";
	int fd = socket(AF_INET, SOCK_STREAM, 0), status = 0;
	if (getsockname(listener, (struct sockaddr *)&address, &len) != 0)
		fail("getsockname");
	if (connect(fd, (struct sockaddr *)&address, len) != 0)
		fail("connect");
	send_all(fd, request, strlen(request));
	ssize_t got = recv(fd, answer, sizeof answer - 1, MSG_WAITALL);
	if (got < 0)
		fail("recv");
	close(fd);
	sscanf(answer, "HTTP/1.1 %d", &status);
	const char *body = strstr(answer, "\r\n\r\n");
	if (status == 200 && body)
		printf("%s: %d, \"%s\"\n", name, status, body + 4);
	else
		printf("%s: %d\n", name, status);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		int port = atoi(argv[1]);
		accept_all((void *)(intptr_t)(port > 0 ? listen_at(port) : GIVEN));
		return 1;
	}
	int listener = listen_at(0);
	pthread_t server;
	pthread_create(&server, NULL, accept_all, (void *)(intptr_t)listener);
	for (int i = 0; i < CLIENTS; i++) {
		char name[32], request[64];
		snprintf(name, sizeof name, "client %d", i);
		snprintf(request, sizeof request, "GET /%d HTTP/1.1\r\n\r\n", i);
		ask(listener, name, request);
	}
	ask(listener, "a bad request", "nonsense\r\n\r\n");
	return 0;
}
