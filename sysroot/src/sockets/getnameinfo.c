/*
 * getnameinfo: addresses and ports in digits. WASI finds no name of an address.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>

int getnameinfo(const struct sockaddr *restrict address, socklen_t len, char *restrict name,
                socklen_t name_room, char *restrict service, socklen_t service_room, int flags)
{
	const void *ip;
	in_port_t port;
	if (address->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
		const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
		ip = &v4->sin_addr;
		port = v4->sin_port;
	} else if (address->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
		const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
		ip = &v6->sin6_addr;
		port = v6->sin6_port;
	} else {
		return EAI_FAMILY;
	}
	if (name != NULL && name_room > 0) {
		if ((flags & NI_NAMEREQD) != 0)
			return EAI_NONAME;
		if (inet_ntop(address->sa_family, ip, name, name_room) == NULL)
			return EAI_OVERFLOW;
	}
	if (service != NULL && service_room > 0) {
		int digits = snprintf(service, service_room, "%u", ntohs(port));
		if (digits < 0 || (socklen_t)digits >= service_room)
			return EAI_OVERFLOW;
	}
	return 0;
}
