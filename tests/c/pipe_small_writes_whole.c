// Of many threads that write to one pipe, no write of up to PIPE_BUF bytes is torn,
// also when the pipe is full.
// SKIP: wasi-sdk: wasi-libc has no pipe
// STDOUT:
//   8 writers, 200 records each, none torn
#include "check.h"
#include <string.h>
#include <unistd.h>

enum { WRITERS = 8, RECORDS = 200, LEN = 4096 };

static int ends[2];

static void *write_records(void *number)
{
	char record[LEN];
	memset(record, 'a' + AS_NUMBER(number), sizeof record);
	for (int i = 0; i < RECORDS; i++)
		CHECK(write(ends[1], record, sizeof record) == LEN);
	return NULL;
}

int main(void)
{
	CHECK(pipe(ends) == 0);
	pthread_t writers[WRITERS];
	for (int i = 0; i < WRITERS; i++)
		writers[i] = start(write_records, NUMBER(i));
	int seen[WRITERS] = { 0 };
	for (int record = 0; record < WRITERS * RECORDS; record++) {
		char bytes[LEN];
		for (size_t got = 0; got < LEN;) {
			ssize_t len = read(ends[0], bytes + got, LEN - got);
			CHECK(len > 0);
			got += (size_t)len;
		}
		for (int i = 1; i < LEN; i++)
			CHECK(bytes[i] == bytes[0]);
		seen[bytes[0] - 'a']++;
	}
	for (int i = 0; i < WRITERS; i++) {
		CHECK(seen[i] == RECORDS);
		pthread_join(writers[i], NULL);
	}
	printf("%d writers, %d records each, none torn\n", WRITERS, RECORDS);
}
