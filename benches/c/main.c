/*
 * main.c - the harness.
 *
 *   bench            lists the benchmarks: name, unit, operation, by tabs
 *   bench NAME...    runs them, one line each on standard error: name, value
 *
 * Results go to standard error because standard output is what one of the
 * benchmarks writes to.
 */
#include <string.h>

#include "bench.h"

/* The number of operations is doubled until they take this long. */
#define LONG_ENOUGH_NS 5000000u
/* How often that number of operations is timed. The shortest time counts, because
 * other programs interrupt the longer ones. */
#define REPEATS 12

static const struct bench *const groups[] = {
#ifndef WITHOUT_THREADS
	lock_benches,      pingpong_benches, crowd_benches,
	lifecycle_benches, time_benches,     work_benches,
	stream_benches,
#endif
	file_benches,
};
#define GROUPS (sizeof groups / sizeof *groups)

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, ascending);
	return values[count / 2];
}

static uint64_t time_once(void (*perform)(uint64_t), uint64_t n)
{
	uint64_t began = now_ns();
	perform(n);
	return now_ns() - began;
}

/* Nanoseconds for one operation. */
static double time_operations(void (*perform)(uint64_t), uint64_t n)
{
	uint64_t best = time_once(perform, n);
	while (best < LONG_ENOUGH_NS)
		best = time_once(perform, n *= 2);
	for (int i = 1; i < REPEATS; i++) {
		uint64_t took = time_once(perform, n);
		best = took < best ? took : best;
	}
	return (double)best / (double)n;
}

static void run(const struct bench *bench)
{
	uint64_t n = bench->at_least ? bench->at_least : OPERATIONS_MIN;
	double value = bench->perform ? time_operations(bench->perform, n)
	                              : bench->measure();
	fprintf(stderr, "%s %.3f\n", bench->name, value);
}

static const struct bench *find(const char *name)
{
	for (size_t g = 0; g < GROUPS; g++)
		for (const struct bench *b = groups[g]; b->name; b++)
			if (strcmp(b->name, name) == 0)
				return b;
	fprintf(stderr, "there is no benchmark `%s`\n", name);
	exit(1);
}

static void list(void)
{
	for (size_t g = 0; g < GROUPS; g++)
		for (const struct bench *b = groups[g]; b->name; b++)
			printf("%s\t%s\t%s\n", b->name,
			       b->unit ? b->unit : "ns", b->operation);
}

int main(int argc, char **argv)
{
	if (argc == 1)
		list();
	for (int i = 1; i < argc; i++)
		run(find(argv[i]));
	return 0;
}
