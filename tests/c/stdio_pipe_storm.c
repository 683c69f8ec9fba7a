// Threads that print to one stream, which is a pipe with a slow reader: each line is
// whole, and all are there in the order of their thread. When the reader closes its
// end, every thread is told so, and the program goes on.
// SKIP: wasi-sdk: wasi-libc has no pipe
// STDOUT:
//   32 threads, 100 lines each, all whole
//   32 threads told of a broken pipe
#include "check.h"
#include <signal.h>
#include <unistd.h>

enum { THREADS = 32, LINES = 100 };

static FILE *output;

/* A line has its numbers at both ends, and zeros between them. */
static int print_line(int thread, int line)
{
	int zeros = 1 + (thread * 31 + line) % 200;
	return fprintf(output, "%d %d %0*d %d %d\n", thread, line, zeros, 0, thread, line);
}

static void check_line(const char *text, int *next)
{
	int thread, line, at, thread_again, line_again;
	CHECK(sscanf(text, "%d %d %n", &thread, &line, &at) == 2);
	CHECK(thread >= 0 && thread < THREADS && line == next[thread]++);
	CHECK((int)strspn(text + at, "0") == 1 + (thread * 31 + line) % 200);
	at += 1 + (thread * 31 + line) % 200;
	CHECK(sscanf(text + at, "%d %d", &thread_again, &line_again) == 2);
	CHECK(thread_again == thread && line_again == line);
	CHECK(text[strlen(text) - 1] == '\n');
}

static void *print_all(void *number)
{
	for (int line = 0; line < LINES; line++)
		CHECK(print_line(AS_NUMBER(number), line) > 0);
	return NULL;
}

/* Prints until that fails. */
static void *print_until_broken(void *number)
{
	int line = 0;
	while (print_line(AS_NUMBER(number), line) > 0)
		line = (line + 1) % LINES;
	CHECK_RESULT(errno, EPIPE);
	return NULL;
}

/* Opens both ends, and starts the threads that print. */
static FILE *open_pipe(void *(*print)(void *), pthread_t *threads)
{
	int ends[2];
	CHECK(pipe(ends) == 0);
	FILE *input = fdopen(ends[0], "r");
	output = fdopen(ends[1], "w");
	CHECK(input != NULL && output != NULL);
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(print, NUMBER(i));
	return input;
}

static void finish_all(pthread_t *threads)
{
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
}

static void *finish_then_close(void *threads)
{
	finish_all(threads);
	CHECK(fclose(output) == 0);
	return NULL;
}

static void read_slowly(void)
{
	pthread_t threads[THREADS];
	int next[THREADS] = { 0 }, lines = 0;
	char text[400];
	FILE *input = open_pipe(print_all, threads);
	pthread_t closer = start(finish_then_close, threads);
	while (fgets(text, sizeof text, input)) {
		check_line(text, next);
		if (++lines % 32 == 0)
			sleep_ns(MS);
	}
	finish(closer);
	CHECK(lines == THREADS * LINES);
	CHECK(fclose(input) == 0);
	printf("%d threads, %d lines each, all whole\n", THREADS, LINES);
}

static void close_early(void)
{
	pthread_t threads[THREADS];
	char text[400];
	FILE *input = open_pipe(print_until_broken, threads);
	for (int i = 0; i < 10; i++)
		CHECK(fgets(text, sizeof text, input) != NULL);
	CHECK(fclose(input) == 0);
	finish_all(threads);
	fclose(output); /* Fails if there is something left to write. */
	printf("%d threads told of a broken pipe\n", THREADS);
}

int main(void)
{
	CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	read_slowly();
	close_early();
}
