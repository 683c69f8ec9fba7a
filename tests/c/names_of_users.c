// Users and groups are those of /etc, which the program was not given: none. A
// file in the same form can be read.
// DIR:
// SKIP: wasi-sdk: wasi-libc has none of it
// STDOUT:
//   root, 0, 0, /root, /bin/sh
//   ada, 1000, 1001, /home/ada, /bin/ada
//   wheel, 10: ada bob
#include "files.h"
#include <grp.h>
#include <pwd.h>

int main(void)
{
	make_file("passwd", "root:x:0:0:Root:/root:/bin/sh\nada:x:1000:1001::/home/ada:/bin/ada\n");
	make_file("group", "wheel:x:10:ada,bob\n");
	FILE *file = fopen("passwd", "r");
	for (struct passwd *user; (user = fgetpwent(file)) != NULL;)
		printf("%s, %d, %d, %s, %s\n", user->pw_name, (int)user->pw_uid, (int)user->pw_gid,
		       user->pw_dir, user->pw_shell);
	fclose(file);
	file = fopen("group", "r");
	struct group *group = fgetgrent(file);
	CHECK(group != NULL);
	printf("%s, %d: %s %s\n", group->gr_name, (int)group->gr_gid, group->gr_mem[0], group->gr_mem[1]);
	fclose(file);
	CHECK(getpwnam("nobody-of-this-name") == NULL && getgrnam("nobody-of-this-name") == NULL);
}
