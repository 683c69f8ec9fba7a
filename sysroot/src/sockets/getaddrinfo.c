/*
 * getaddrinfo: addresses in digits, the machine itself, and what the host knows of other
 * names.
 */
#include "sockets.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct found {
	struct wasi_address address;
	uint32_t kind;
};
static_assert(sizeof(struct found) == 28, "the layout that the runtime knows");

struct wanted {
	int32_t kind;
	uint32_t family;
	uint8_t is_enabled;
};

PREVIEW1(sock_addr_resolve)
int32_t __coopt_sock_addr_resolve(const char *name, const char *service, const struct wanted *hints,
                                  struct found *found, uint32_t room, uint32_t *count);

/* More addresses than a name usually has; further ones are left out. */
#define FOUND_MAX 64

/* An address, what it belongs to, and its name. */
struct entry {
	struct addrinfo info;
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address;
	char name[];
};

void freeaddrinfo(struct addrinfo *list)
{
	while (list != NULL) {
		struct addrinfo *next = list->ai_next;
		free(list);
		list = next;
	}
}

/* Names of services that are worth a line. WASI has no /etc/services. */
static const struct {
	char name[8];
	uint16_t port;
} services[] = {
	{ "echo", 7 },   { "ftp", 21 },   { "ssh", 22 },    { "telnet", 23 }, { "smtp", 25 },
	{ "domain", 53 }, { "http", 80 },  { "pop3", 110 },  { "ntp", 123 },   { "imap", 143 },
	{ "https", 443 }, { "imaps", 993 }, { "pop3s", 995 },
};

static int port_of(const char *service, int flags, uint16_t *port)
{
	*port = 0;
	if (service == NULL)
		return 0;
	char *end;
	unsigned long number = strtoul(service, &end, 10);
	if (*service >= '0' && *service <= '9' && *end == '\0') {
		*port = number;
		return number > UINT16_MAX ? EAI_SERVICE : 0;
	}
	if ((flags & AI_NUMERICSERV) != 0)
		return EAI_NONAME;
	for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
		if (strcmp(service, services[i].name) == 0) {
			*port = services[i].port;
			return 0;
		}
	}
	return EAI_SERVICE;
}

static bool is_wanted(int family, int wanted)
{
	return wanted == AF_UNSPEC || wanted == family;
}

/* Every address, or that of the machine to itself. */
static uint32_t this_machine(struct found *found, int family, bool is_any)
{
	uint32_t count = 0;
	if (is_wanted(AF_INET6, family)) {
		struct wasi_address *v6 = &found[count++].address;
		*v6 = (struct wasi_address){ .family = FAMILY_V6 };
		v6->v6.groups[7] = is_any ? 0 : 1;
	}
	if (is_wanted(AF_INET, family)) {
		struct wasi_address *v4 = &found[count++].address;
		*v4 = (struct wasi_address){ .family = FAMILY_V4 };
		if (!is_any)
			memcpy(v4->v4.ip, (uint8_t[]){ 127, 0, 0, 1 }, 4);
	}
	return count;
}

/* An address in digits; 0 when it is none, and EAI_ADDRFAMILY's code when it is of another family. */
static int in_digits(const char *name, int family, struct found *found, uint32_t *count)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	*count = 0;
	if (inet_aton(name, &v4.sin_addr)) {
		*count = 1;
		__coopt_address_in(&found->address, (struct sockaddr *)&v4, sizeof v4);
		return is_wanted(AF_INET, family) ? 0 : EAI_NONAME;
	}
	if (inet_pton(AF_INET6, name, &v6.sin6_addr) == 1) {
		*count = 1;
		__coopt_address_in(&found->address, (struct sockaddr *)&v6, sizeof v6);
		return is_wanted(AF_INET6, family) ? 0 : EAI_NONAME;
	}
	return 0;
}

/* RFC 6761, 6.3: such a name is that of the machine itself, and nobody else is asked. */
static bool is_localhost(const char *name)
{
	static const char localhost[] = "localhost";
	size_t len = strlen(name), suffix = sizeof localhost - 1;
	if (len > 0 && name[len - 1] == '.')
		len--;
	if (len < suffix || strncasecmp(name + len - suffix, localhost, suffix) != 0)
		return false;
	return len == suffix || name[len - suffix - 1] == '.';
}

static int ask_host(const char *name, int family, struct found *found, uint32_t *count)
{
	struct wanted wanted = {
		.kind = KIND_STREAM,
		.family = family == AF_INET ? FAMILY_V4 : family == AF_INET6 ? FAMILY_V6 : FAMILY_NONE,
		.is_enabled = 1,
	};
	int32_t error = __coopt_sock_addr_resolve(name, "", &wanted, found, FOUND_MAX, count);
	if (*count > FOUND_MAX)
		*count = FOUND_MAX;
	switch (error) {
	case 0:
		return *count == 0 ? EAI_NONAME : 0;
	case ENOENT:
	case EINVAL:
		return EAI_NONAME;
	case EAGAIN:
		return EAI_AGAIN;
	case EIO:
		return EAI_FAIL;
	case ENOMEM:
		return EAI_MEMORY;
	default:
		errno = error;
		return EAI_SYSTEM;
	}
}

static int find(const char *name, int family, int flags, struct found *found, uint32_t *count)
{
	if (name == NULL) {
		*count = this_machine(found, family, (flags & AI_PASSIVE) != 0);
		return 0;
	}
	int error = in_digits(name, family, found, count);
	if (error != 0 || *count > 0)
		return error;
	if ((flags & AI_NUMERICHOST) != 0)
		return EAI_NONAME;
	if (is_localhost(name)) {
		*count = this_machine(found, family, false);
		return 0;
	}
	return ask_host(name, family, found, count);
}

static struct entry *new_entry(struct wasi_address *address, uint16_t port, int type, const char *name)
{
	struct entry *entry = calloc(1, sizeof *entry + (name == NULL ? 0 : strlen(name) + 1));
	if (entry == NULL)
		return NULL;
	if (address->family == FAMILY_V4)
		address->v4.port = port;
	else
		address->v6.port = port;
	socklen_t len = sizeof entry->address;
	__coopt_address_out(address, &entry->address.any, &len);
	entry->info = (struct addrinfo){
		.ai_family = entry->address.any.sa_family,
		.ai_socktype = type,
		.ai_protocol = type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP,
		.ai_addrlen = len,
		.ai_addr = &entry->address.any,
	};
	if (name != NULL)
		entry->info.ai_canonname = strcpy(entry->name, name);
	return entry;
}

static int check(const struct addrinfo *hints, bool has_name)
{
	const int flags = AI_PASSIVE | AI_CANONNAME | AI_NUMERICHOST | AI_V4MAPPED | AI_ALL |
	                  AI_ADDRCONFIG | AI_NUMERICSERV;
	if ((hints->ai_flags & ~flags) != 0)
		return EAI_BADFLAGS;
	if ((hints->ai_flags & AI_CANONNAME) != 0 && !has_name)
		return EAI_BADFLAGS;
	if (hints->ai_family != AF_UNSPEC && hints->ai_family != AF_INET && hints->ai_family != AF_INET6)
		return EAI_FAMILY;
	if (hints->ai_socktype != 0 && hints->ai_socktype != SOCK_STREAM &&
	    hints->ai_socktype != SOCK_DGRAM)
		return EAI_SOCKTYPE;
	return 0;
}

/* Whether sockets of the type, and its protocol, are asked for. */
static bool is_type_wanted(const struct addrinfo *hints, int type)
{
	int protocol = type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
	return (hints->ai_socktype == 0 || hints->ai_socktype == type) &&
	       (hints->ai_protocol == 0 || hints->ai_protocol == protocol);
}

int getaddrinfo(const char *restrict name, const char *restrict service,
                const struct addrinfo *restrict hints, struct addrinfo **restrict list)
{
	static const int types[] = { SOCK_STREAM, SOCK_DGRAM };
	static const struct addrinfo all = { 0 };
	if (hints == NULL)
		hints = &all;
	if (name == NULL && service == NULL)
		return EAI_NONAME;
	int error = check(hints, name != NULL);
	uint16_t port;
	if (error == 0)
		error = port_of(service, hints->ai_flags, &port);
	struct found found[FOUND_MAX];
	uint32_t count = 0;
	if (error == 0)
		error = find(name, hints->ai_family, hints->ai_flags, found, &count);
	if (error != 0)
		return error;

	struct addrinfo *first = NULL, **end = &first;
	for (uint32_t i = 0; i < count; i++) {
		for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
			if (!is_type_wanted(hints, types[t]))
				continue;
			bool is_named = first == NULL && (hints->ai_flags & AI_CANONNAME) != 0;
			struct entry *entry = new_entry(&found[i].address, port, types[t], is_named ? name : NULL);
			if (entry == NULL) {
				freeaddrinfo(first);
				return EAI_MEMORY;
			}
			*end = &entry->info;
			end = &entry->info.ai_next;
		}
	}
	if (first == NULL)
		return EAI_SOCKTYPE;
	*list = first;
	return 0;
}
