// Several threads wait for standard input. Each byte goes to one of them, and at
// its end each is told.
// STDIN: printf abc; sleep 0.1; printf def; sleep 0.1; printf ghi
// STDOUT:
//   9 bytes, 4 ends
#include "check.h"
#include <unistd.h>

static int seen[256], ends;

static void *read_all(void *unused)
{
	unsigned char byte;
	while (read(STDIN_FILENO, &byte, 1) == 1) {
		__atomic_add_fetch(&seen[byte], 1, __ATOMIC_SEQ_CST);
		sched_yield();
	}
	__atomic_add_fetch(&ends, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t readers[4];
	int bytes = 0;
	for (int i = 0; i < 4; i++)
		readers[i] = start(read_all, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(readers[i], NULL);
	for (int byte = 'a'; byte <= 'i'; byte++)
		bytes += seen[byte] == 1;
	printf("%d bytes, %d ends\n", bytes, ends);
	return 0;
}
