// What is written through one descriptor is what another descriptor of the file
// reads next, also ahead of a reader that reads a few bytes at a time, and at the
// end that it had reached.
// DIR:
// STDOUT:
//   read: 3 `aaa`
//   pwrite(writer, "bbb", 3, 3): 3
//   read: 3 `bbb`
//   pwrite(writer, "ccc", 3, 5): 3
//   read: 3 `cca`
//   write(writer, "ddd", 3): 3
//   read: 3 `aaa`
//   lseek(reader, 0, SEEK_SET): 0
//   read: 12 `dddbbcccaaaa`
//   lseek(reader, 0, SEEK_END): 20
//   read: 0 ``
//   pwrite(writer, "eee", 3, 20): 3
//   read: 2 `ee`
//   read: 1 `e`
//   read: 0 ``
//   pwrite(writer, "fff", 3, 23): 3
//   read: 3 `fff`
//   lseek(reader, 0, SEEK_CUR): 26
//   ftruncate(writer, 0): 0
//   took turns
//   close(reader): 0
//   close(writer): 0
#include "files.h"

int main(void)
{
	make_file("file", "aaaaaaaaaaaaaaaaaaaa");
	int reader = open("file", O_RDONLY);
	int writer = open("file", O_RDWR);
	CHECK(reader >= 0 && writer >= 0 && reader != writer);

	show_read(reader, 3);
	SHOW(pwrite(writer, "bbb", 3, 3));
	show_read(reader, 3);
	SHOW(pwrite(writer, "ccc", 3, 5));
	show_read(reader, 3);
	SHOW(write(writer, "ddd", 3));
	show_read(reader, 3);
	SHOW(lseek(reader, 0, SEEK_SET));
	show_read(reader, 12);

	SHOW(lseek(reader, 0, SEEK_END));
	show_read(reader, 3);
	SHOW(pwrite(writer, "eee", 3, 20));
	show_read(reader, 2);
	show_read(reader, 2);
	show_read(reader, 2);
	SHOW(pwrite(writer, "fff", 3, 23));
	show_read(reader, 100);
	SHOW(lseek(reader, 0, SEEK_CUR));

	/* A reader and a writer take turns for long, byte by byte. */
	SHOW(ftruncate(writer, 0));
	CHECK(lseek(reader, 0, SEEK_SET) == 0 && lseek(writer, 0, SEEK_SET) == 0);
	for (int i = 0; i < 3000; i++) {
		char written = (char)('A' + i % 26), found = 0;
		CHECK(write(writer, &written, 1) == 1);
		CHECK(read(reader, &found, 1) == 1 && found == written);
		CHECK(read(reader, &found, 1) == 0);
	}
	/* The writer changes each byte just before the reader comes to it. */
	CHECK(lseek(reader, 0, SEEK_SET) == 0);
	for (int i = 0; i < 3000; i++) {
		char written = (char)('a' + i % 26), found = 0;
		CHECK(pwrite(writer, &written, 1, i) == 1);
		CHECK(read(reader, &found, 1) == 1 && found == written);
	}
	puts("took turns");
	SHOW(close(reader));
	SHOW(close(writer));
}
