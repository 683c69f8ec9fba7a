// A database whose writers are killed at any moment is whole when it is opened
// again, and has every transaction that was said to be committed.
//
// Threads write into it until the program is killed, and each prints a line
// `thread round` after a commit. With the argument `check`, the program reads these
// lines and checks the database. A thread may be killed between a commit and its
// line, so one commit of each thread need not have been said. (With
// `PRAGMA journal_mode = OFF` in `work` as well, one of the first kills is noticed.)
// WITH: sqlite
// DIR:
// KILLS: 5
// SKIP: wasi-sdk: SQLite is compiled with our headers, and natively, only
// STDOUT:
//   PRAGMA integrity_check: ok
//   SELECT sum(money) FROM account: 10000
#include "sqlite.h"
#include <limits.h>
#include <unistd.h>

static long long next_round(sqlite3 *database, int thread)
{
	return run_sql(database, "SELECT ifnull(max(round) + 1, 0) FROM log WHERE thread = %d", thread);
}

static void *work(void *number)
{
	int thread = AS_NUMBER(number);
	sqlite3 *database = open_database("database");
	/* A program that is killed loses nothing that it wrote. Without this, it would wait
	 * for the disk most of the time, and be killed there. */
	run_sql(database, "PRAGMA synchronous = OFF");
	for (int round = (int)next_round(database, thread); round < INT_MAX; round++) {
		/* The transaction does not fit the cache, so half of it is in the file before
		 * it is committed. */
		int account = (thread + round) % ACCOUNTS;
		run_sql(database, "BEGIN IMMEDIATE");
		run_sql(database, "UPDATE account SET money = money - 1 WHERE id = %d", account);
		run_sql(database, "UPDATE log SET note = NULL WHERE thread = %d", thread);
		run_sql(database, "INSERT INTO log VALUES (%d, %d, hex(zeroblob(50000)))", thread, round);
		account = (account + 1) % ACCOUNTS;
		run_sql(database, "UPDATE account SET money = money + 1 WHERE id = %d", account);
		run_sql(database, "COMMIT");
		char line[32];
		int size = snprintf(line, sizeof line, "%d %d\n", thread, round);
		CHECK(write(1, line, (size_t)size) == size);
	}
	return NULL;
}

/* Reads how many rounds of each thread were said to be committed. */
static void read_said(int *rounds)
{
	int thread, round;
	while (scanf("%d %d", &thread, &round) == 2) {
		CHECK(thread >= 0 && thread < THREADS && round >= rounds[thread]);
		rounds[thread] = round + 1;
	}
	CHECK(feof(stdin));
}

static void check(void)
{
	int said[THREADS] = { 0 }, total = 0, unsaid = 0;
	read_said(said);

	sqlite3 *database = open_database("database");
	make_tables(database);
	print_sql(database, "PRAGMA integrity_check");
	print_sql(database, "SELECT sum(money) FROM account");
	for (int thread = 0; thread < THREADS; thread++) {
		int rounds = (int)next_round(database, thread);
		CHECK(run_sql(database, "SELECT count(*) FROM log WHERE thread = %d", thread) == rounds);
		CHECK(rounds == said[thread] || rounds == said[thread] + 1);
		total += rounds;
		unsaid += rounds - said[thread];
	}
	CHECK(total > 0);
	fprintf(stderr, "%d commits, %d of them not said\n", total, unsaid);
	CHECK_SQL(database, sqlite3_close(database), SQLITE_OK);
}

int main(int count, char **arguments)
{
	if (count > 1 && strcmp(arguments[1], "check") == 0) {
		check();
		return 0;
	}
	sqlite3 *database = open_database("database");
	make_tables(database);
	CHECK_SQL(database, sqlite3_close(database), SQLITE_OK);
	for (int i = 0; i < THREADS; i++)
		start(work, NUMBER(i));
	pthread_exit(NULL);
}
