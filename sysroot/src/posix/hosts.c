/*
 * The older functions for names of hosts, by getaddrinfo, which asks the host
 * system. Their answer is one, and each call replaces it. No address has a name.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <features.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

/* As many addresses of a name are told. */
enum { ADDRESSES_MAX = 16 };

/* What a `struct hostent` points to. */
struct answer {
	char *aliases[1];
	char *list[ADDRESSES_MAX + 1];
	char addresses[ADDRESSES_MAX][sizeof(struct in6_addr)];
	char name[];
};

static int h_errno_of(int error)
{
	switch (error) {
	case EAI_NONAME:
		return HOST_NOT_FOUND;
	case EAI_AGAIN:
		return TRY_AGAIN;
	default:
		return NO_RECOVERY;
	}
}

static size_t copy_addresses(struct answer *to, const struct addrinfo *from, size_t size)
{
	size_t count = 0;
	for (; from && count < ADDRESSES_MAX; from = from->ai_next) {
		const void *address = size == sizeof(struct in_addr)
			? (void *)&((struct sockaddr_in *)from->ai_addr)->sin_addr
			: (void *)&((struct sockaddr_in6 *)from->ai_addr)->sin6_addr;
		to->list[count] = memcpy(to->addresses[count], address, size);
		count++;
	}
	to->list[count] = 0;
	return count;
}

weak int gethostbyname2_r(const char *name, int family, struct hostent *host, char *buffer,
                          size_t room, struct hostent **result, int *error)
{
	*result = 0;
	if (family != AF_INET && family != AF_INET6) {
		*error = NO_RECOVERY;
		return EAFNOSUPPORT;
	}
	size_t padding = -(uintptr_t)buffer % _Alignof(struct answer);
	if (room < padding + sizeof(struct answer) + strlen(name) + 1) {
		*error = NO_RECOVERY;
		return ERANGE;
	}
	struct addrinfo hints = { .ai_family = family, .ai_socktype = SOCK_STREAM }, *found;
	/* SWITCH: other threads run while the host system looks. */
	int failed = getaddrinfo(name, 0, &hints, &found);
	if (failed) {
		*error = h_errno_of(failed);
		return failed == EAI_NONAME ? 0 : EAGAIN;
	}
	struct answer *answer = (void *)(buffer + padding);
	size_t size = family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
	copy_addresses(answer, found, size);
	freeaddrinfo(found);
	answer->aliases[0] = 0;
	*host = (struct hostent){
		.h_name = strcpy(answer->name, name),
		.h_aliases = answer->aliases,
		.h_addrtype = family,
		.h_length = (int)size,
		.h_addr_list = answer->list,
	};
	*result = host;
	return 0;
}

weak int gethostbyname_r(const char *name, struct hostent *host, char *buffer, size_t room,
                         struct hostent **result, int *error)
{
	return gethostbyname2_r(name, AF_INET, host, buffer, room, result, error);
}

weak struct hostent *gethostbyname2(const char *name, int family)
{
	static struct hostent host;
	static char buffer[sizeof(struct answer) + _Alignof(struct answer) + 256];
	struct hostent *result;
	int error = 0;
	gethostbyname2_r(name, family, &host, buffer, sizeof buffer, &result, &error);
	if (!result)
		h_errno = error;
	return result;
}

weak struct hostent *gethostbyname(const char *name)
{
	return gethostbyname2(name, AF_INET);
}

weak int gethostbyaddr_r(const void *address, socklen_t size, int family, struct hostent *host,
                         char *buffer, size_t room, struct hostent **result, int *error)
{
	(void)address, (void)size, (void)family, (void)host, (void)buffer, (void)room;
	*result = 0;
	*error = HOST_NOT_FOUND;
	return 0;
}

weak struct hostent *gethostbyaddr(const void *address, socklen_t size, int family)
{
	(void)address, (void)size, (void)family;
	h_errno = HOST_NOT_FOUND;
	return 0;
}

static _Thread_local int host_error;

int *__h_errno_location(void)
{
	return &host_error;
}
