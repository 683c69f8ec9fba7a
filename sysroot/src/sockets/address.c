/*
 * Addresses, as programs have them and as imports take them.
 *
 * The extension has no place for flows and scopes of version 6.
 */
#include "sockets.h"

#include <string.h>

int __coopt_address_in(struct wasi_address *address, const struct sockaddr *from, socklen_t len)
{
	if (from == NULL)
		return EFAULT;
	if (len < offsetof(struct sockaddr, sa_data))
		return EINVAL;
	if (from->sa_family == AF_INET) {
		const struct sockaddr_in *v4 = (const struct sockaddr_in *)from;
		if (len < offsetof(struct sockaddr_in, sin_addr) + sizeof v4->sin_addr)
			return EINVAL;
		address->family = FAMILY_V4;
		memcpy(address->v4.ip, &v4->sin_addr, sizeof address->v4.ip);
		address->v4.port = ntohs(v4->sin_port);
		return 0;
	}
	if (from->sa_family == AF_INET6) {
		const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)from;
		if (len < offsetof(struct sockaddr_in6, sin6_addr) + sizeof v6->sin6_addr)
			return EINVAL;
		address->family = FAMILY_V6;
		const uint8_t *bytes = v6->sin6_addr.s6_addr;
		for (int i = 0; i < 8; i++)
			address->v6.groups[i] = (uint16_t)(bytes[2 * i] << 8 | bytes[2 * i + 1]);
		address->v6.port = ntohs(v6->sin6_port);
		return 0;
	}
	return EAFNOSUPPORT;
}

void __coopt_address_out(const struct wasi_address *address, struct sockaddr *to, socklen_t *len)
{
	union {
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} whole = { 0 };
	socklen_t size = 0;
	if (address->family == FAMILY_V4) {
		size = sizeof whole.v4;
		whole.v4.sin_family = AF_INET;
		whole.v4.sin_port = htons(address->v4.port);
		memcpy(&whole.v4.sin_addr, address->v4.ip, sizeof address->v4.ip);
	} else if (address->family == FAMILY_V6) {
		size = sizeof whole.v6;
		whole.v6.sin6_family = AF_INET6;
		whole.v6.sin6_port = htons(address->v6.port);
		uint8_t *bytes = whole.v6.sin6_addr.s6_addr;
		for (int i = 0; i < 8; i++) {
			bytes[2 * i] = address->v6.groups[i] >> 8;
			bytes[2 * i + 1] = address->v6.groups[i] & 0xff;
		}
	}
	memcpy(to, &whole, *len < size ? *len : size);
	*len = size;
}
