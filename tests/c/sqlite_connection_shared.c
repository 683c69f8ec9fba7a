// Threads that share one connection, which is serialized: statements of several
// threads take turns without a lock of the program's, transactions with one.
// WITH: sqlite
// DIR:
// SKIP: wasi-sdk: SQLite is compiled with our headers, and natively, only
// STDOUT:
//   PRAGMA integrity_check: ok
//   SELECT count(*) FROM log: 720
//   SELECT sum(money) FROM account: 10000
//   SELECT sum(length(note)) FROM log: 3578000
#include "sqlite.h"
#include <sched.h>

enum { ROUNDS = 50 };

static sqlite3 *database;
static pthread_barrier_t barrier;
static pthread_mutex_t transaction = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *number)
{
	int thread = AS_NUMBER(number);
	/* Each statement is a transaction. */
	for (int round = 0; round < ROUNDS; round++) {
		int from = (thread + round) % ACCOUNTS, to = (from + 1) % ACCOUNTS;
		run_sql(database, "UPDATE account SET money = money + iif(id = %d, %d, %d) WHERE id IN (%d, %d)",
		        to, thread, -thread, from, to);
		sched_yield();
		check_money(database);
		write_log(database, thread, round);
		CHECK(run_sql(database, "SELECT count(*) FROM log WHERE thread = %d", thread) == round + 1);
	}
	pthread_barrier_wait(&barrier);
	for (int round = ROUNDS; round < 2 * ROUNDS; round++) {
		CHECK_OK(pthread_mutex_lock(&transaction));
		run_sql(database, "BEGIN");
		move_money(database, thread, round);
		sched_yield(); /* Others wait for the lock. */
		write_log(database, thread, round);
		check_money(database);
		run_sql(database, round % 5 == 4 ? "ROLLBACK" : "COMMIT");
		CHECK_OK(pthread_mutex_unlock(&transaction));
	}
	return NULL;
}

int main(void)
{
	CHECK(sqlite3_threadsafe() == 1);
	database = open_database("database");
	run_sql(database, "PRAGMA synchronous = OFF");
	make_tables(database);
	CHECK_OK(pthread_barrier_init(&barrier, NULL, THREADS));

	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(work, NUMBER(i));
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);

	print_sql(database, "PRAGMA integrity_check");
	print_sql(database, "SELECT count(*) FROM log");
	print_sql(database, "SELECT sum(money) FROM account");
	print_sql(database, "SELECT sum(length(note)) FROM log");
	CHECK_SQL(database, sqlite3_close(database), SQLITE_OK);
}
