/* What WASI does not tell of networks: interfaces, and the servers of names. */
#define _GNU_SOURCE
#include "absent.h"
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <resolv.h>

NULL_FAILS(unsigned, if_nametoindex, (const char *name))
NULL_FAILS(char *, if_indextoname, (unsigned index, char *name))
NULL_FAILS(struct if_nameindex *, if_nameindex, (void))
FAILS(int, getifaddrs, (struct ifaddrs **to))

/* Nothing to free, since nothing was given. */
weak void if_freenameindex(struct if_nameindex *list) {}
weak void freeifaddrs(struct ifaddrs *list) {}

static int no_server(void)
{
	h_errno = NO_RECOVERY;
	return absent();
}

weak int res_init(void) { return absent(); }
weak int res_query(const char *name, int class, int type, unsigned char *to, int size)
{
	return no_server();
}
weak int res_querydomain(const char *name, const char *domain, int class, int type,
                         unsigned char *to, int size)
{
	return no_server();
}
weak int res_search(const char *name, int class, int type, unsigned char *to, int size)
{
	return no_server();
}
weak int res_send(const unsigned char *query, int query_size, unsigned char *to, int size)
{
	return no_server();
}
