// A symbolic link holds a text, which readlink gives as far as there is room, and
// which a path goes through.
// DIR:
// STDOUT:
//   symlink("file", "link"): 0
//   link: 4 `file`, then `#`
//   link: 4 `file`, then `#`
//   link: 2 `fi`, then `#`
//   file: EINVAL
//   missing: ENOENT
//   file/below: ENOTDIR
//   link: `text`
//   symlink("other", "link"): EEXIST
//   symlink("other", "file"): EEXIST
//   symlink("file", "missing/link"): ENOENT
//   symlink("", "link-to-nothing"): ENOENT
//   symlink("folder", "to-folder"): 0
//   folder/inside: `inside`
//   symlink("../file", "folder/up"): 0
//   folder/up: `text`
//   to-folder/up: `text`
//   symlink("to-folder/up", "long-way"): 0
//   long-way: `text`
//   rmdir("to-folder"): ENOTDIR
//   symlink("not yet", "dangling"): 0
//   dangling: 7 `not yet`, then `#`
//   dangling: `ENOENT`
//   open("dangling", O_WRONLY | O_CREAT | O_EXCL, 0644): EEXIST
//   open("dangling", O_WRONLY | O_CREAT, 0644): opened
//   not yet: ``
//   mkdir("dangling", 0755): EEXIST
//   unlink("link"): 0
//   file: `text`
//   access("link", F_OK): ENOENT
//   unlink("to-folder"): 0
//   folder/inside: `inside`
//   chain-20: `text`
//   chain-39: `text`
//   chain-40: `ELOOP`
#include "files.h"

static void show_link(const char *name, size_t size)
{
	char text[64];
	memset(text, '#', sizeof text);
	errno = 0;
	ssize_t count = readlink(name, text, size);
	if (count < 0)
		printf("%s: %s\n", name, error_name(errno));
	else
		printf("%s: %d `%.*s`, then `%c`\n", name, (int)count, (int)count, text, text[count]);
}

int main(void)
{
	make_file("file", "text");
	SHOW(symlink("file", "link"));
	show_link("link", 64 - 1);
	show_link("link", 4);
	show_link("link", 2);
	show_link("file", 10);
	show_link("missing", 10);
	show_link("file/below", 10);
	show_file("link");

	SHOW(symlink("other", "link"));
	SHOW(symlink("other", "file"));
	SHOW(symlink("file", "missing/link"));
	SHOW(symlink("", "link-to-nothing"));

	CHECK(mkdir("folder", 0755) == 0);
	SHOW(symlink("folder", "to-folder"));
	make_file("to-folder/inside", "inside");
	show_file("folder/inside");
	SHOW(symlink("../file", "folder/up"));
	show_file("folder/up");
	show_file("to-folder/up");
	SHOW(symlink("to-folder/up", "long-way"));
	show_file("long-way");
	SHOW(rmdir("to-folder"));

	SHOW(symlink("not yet", "dangling"));
	show_link("dangling", 60);
	show_file("dangling");
	SHOW_OPEN(open("dangling", O_WRONLY | O_CREAT | O_EXCL, 0644));
	SHOW_OPEN(open("dangling", O_WRONLY | O_CREAT, 0644));
	show_file("not yet");
	SHOW(mkdir("dangling", 0755));

	SHOW(unlink("link"));
	show_file("file");
	SHOW(access("link", F_OK));
	SHOW(unlink("to-folder"));
	show_file("folder/inside");

	/* A way of forty links is still a way. */
	char from[16], to[16] = "file";
	for (int i = 0; i < 40; i++) {
		snprintf(from, sizeof from, "chain-%d", i);
		CHECK(symlink(to, from) == 0);
		memcpy(to, from, sizeof to);
	}
	show_file("chain-20");
	show_file("chain-39");
	CHECK(symlink("chain-39", "chain-40") == 0);
	show_file("chain-40");
}
