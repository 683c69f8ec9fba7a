// Two threads take lines of standard input from one stream. Each line goes to one
// of them, whole, also when it comes in pieces.
// STDIN: for i in 1 2 3; do printf 'li'; sleep 0.05; echo "ne $i"; done; seq -f 'line %g' 4 1000
// STDOUT:
//   1000 lines
#include "check.h"

static char seen[1001];
static int lines;

static void *take(void *unused)
{
	char line[64];
	int number;
	while (fgets(line, sizeof line, stdin)) {
		if (sscanf(line, "line %d\n", &number) == 1 && !seen[number]++)
			__atomic_add_fetch(&lines, 1, __ATOMIC_SEQ_CST);
		else
			printf("torn: %s\n", line);
	}
	return unused;
}

int main(void)
{
	pthread_t one = start(take, NULL), other = start(take, NULL);
	pthread_join(one, NULL);
	pthread_join(other, NULL);
	printf("%d lines\n", lines);
	return 0;
}
