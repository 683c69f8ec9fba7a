// exit while another thread prints without end: what was printed to standard
// output before is there, whole, and the file of the other thread has whole lines.
// DIR:
// EXIT: 7
// STDOUT:
//   line 1
//   line 2
//   line 3
//   line 4
//   line 5
//   whole lines in the file
#include "files.h"
#include <sched.h>
#include <semaphore.h>

static FILE *file;
static sem_t enough;

static void *print(void *unused)
{
	for (int line = 1;; line++) {
		if (line <= 5)
			printf("line %d\n", line);
		fprintf(file, "%d is a line of the file, which ends here\n", line);
		if (line == 2000)
			sem_post(&enough);
		if (line % 100 == 0)
			sched_yield();
	}
	return unused;
}

static void look(void)
{
	/* No line is half printed while this thread has the stream. */
	flockfile(file);
	fflush(file);
	FILE *other = fopen("file", "r");
	CHECK(other != NULL);
	char text[100] = "";
	int line = 0, found, end;
	while (fgets(text, sizeof text, other)) {
		end = 0;
		CHECK(sscanf(text, "%d is a line of the file, which ends here%n", &found, &end) == 1);
		CHECK(found == ++line && end > 0 && strcmp(text + end, "\n") == 0);
	}
	CHECK(line >= 2000);
	puts("whole lines in the file");
	funlockfile(file);
}

int main(void)
{
	CHECK(sem_init(&enough, 0, 0) == 0);
	file = fopen("file", "w");
	CHECK(file != NULL && atexit(look) == 0);
	start(print, NULL);
	CHECK(sem_wait(&enough) == 0);
	exit(7);
}
