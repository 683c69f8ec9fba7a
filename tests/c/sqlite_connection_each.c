// Threads with a connection each to one database in a file: whoever finds it locked
// waits, transactions are whole, what is rolled back never was, and the database
// keeps its integrity.
// WITH: sqlite
// DIR:
// SKIP: wasi-sdk: SQLite is compiled with our headers, and natively, only
// STDOUT:
//   PRAGMA integrity_check: ok
//   SELECT count(*) FROM log: 320
//   SELECT sum(money) FROM account: 10000
//   SELECT sum(length(note)) FROM log: 1598000
//   SELECT count(*) FROM log WHERE round % 5 = 4: 0
#include "sqlite.h"
#include <sched.h>

enum { ROUNDS = 50 };

static void *work(void *number)
{
	int thread = AS_NUMBER(number);
	sqlite3 *database = open_database("database");
	run_sql(database, "PRAGMA synchronous = OFF");
	for (int round = 0; round < ROUNDS; round++) {
		run_sql(database, "BEGIN IMMEDIATE");
		move_money(database, thread, round);
		sched_yield(); /* Others find the database locked. */
		write_log(database, thread, round);
		check_money(database);
		run_sql(database, round % 5 == 4 ? "ROLLBACK" : "COMMIT");
		check_money(database);
		long long rounds = run_sql(database, "SELECT count(*) FROM log WHERE thread = %d", thread);
		CHECK(rounds == round + 1 - (round + 1) / 5);
	}
	CHECK_SQL(database, sqlite3_close(database), SQLITE_OK);
	return NULL;
}

int main(void)
{
	sqlite3 *database = open_database("database");
	make_tables(database);
	CHECK_SQL(database, sqlite3_close(database), SQLITE_OK);

	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(work, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);

	database = open_database("database");
	print_sql(database, "PRAGMA integrity_check");
	print_sql(database, "SELECT count(*) FROM log");
	print_sql(database, "SELECT sum(money) FROM account");
	print_sql(database, "SELECT sum(length(note)) FROM log");
	print_sql(database, "SELECT count(*) FROM log WHERE round % 5 = 4");
	CHECK_SQL(database, sqlite3_close(database), SQLITE_OK);
}
