// fcntl tells how a file was opened, and sets O_NONBLOCK and O_APPEND alone.
// DIR:
// STDOUT:
//   reader: O_RDONLY
//   writer: O_WRONLY O_NONBLOCK
//   both: O_RDWR O_APPEND
//   folder: O_RDONLY
//   fcntl(reader, F_SETFL, O_NONBLOCK): 0
//   reader: O_RDONLY O_NONBLOCK
//   read: 2 `te`
//   fcntl(reader, F_SETFL, O_WRONLY | O_APPEND): 0
//   reader: O_RDONLY O_APPEND
//   fcntl(reader, F_SETFL, 0): 0
//   reader: O_RDONLY
//   fcntl(writer, F_SETFL, fcntl(writer, F_GETFL) & ~O_NONBLOCK): 0
//   writer: O_WRONLY
//   fcntl(both, F_SETFL, fcntl(both, F_GETFL) | O_NONBLOCK): 0
//   both: O_RDWR O_NONBLOCK O_APPEND
//   write(both, "!", 1): 1
//   file: `text!`
//   fcntl(both, 12345): EINVAL
#include "files.h"

static void show(const char *what, int file)
{
	int flags = fcntl(file, F_GETFL);
	CHECK(flags != -1);
	int mode = flags & O_ACCMODE;
	printf("%s: %s%s%s\n", what,
	       mode == O_RDONLY   ? "O_RDONLY"
	       : mode == O_WRONLY ? "O_WRONLY"
	       : mode == O_RDWR   ? "O_RDWR"
	                          : "?",
	       flags & O_NONBLOCK ? " O_NONBLOCK" : "", flags & O_APPEND ? " O_APPEND" : "");
}

int main(void)
{
	make_file("file", "text");
	int reader = open("file", O_RDONLY);
	int writer = open("file", O_WRONLY | O_NONBLOCK);
	int both = open("file", O_RDWR | O_APPEND);
	int folder = open(".", O_RDONLY | O_DIRECTORY);
	show("reader", reader);
	show("writer", writer);
	show("both", both);
	show("folder", folder);
	SHOW(fcntl(reader, F_SETFL, O_NONBLOCK));
	show("reader", reader);
	show_read(reader, 2);
	SHOW(fcntl(reader, F_SETFL, O_WRONLY | O_APPEND));
	show("reader", reader);
	SHOW(fcntl(reader, F_SETFL, 0));
	show("reader", reader);
	SHOW(fcntl(writer, F_SETFL, fcntl(writer, F_GETFL) & ~O_NONBLOCK));
	show("writer", writer);
	SHOW(fcntl(both, F_SETFL, fcntl(both, F_GETFL) | O_NONBLOCK));
	show("both", both);
	SHOW(write(both, "!", 1));
	show_file("file");
	SHOW(fcntl(both, 12345));
}
