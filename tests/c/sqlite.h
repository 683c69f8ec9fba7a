/*
 * sqlite.h - what the test programs of SQLite share (`WITH: sqlite` in their headers).
 *
 * SQLite is serialized here (SQLITE_THREADSAFE=1), and uses its own VFS for Unix.
 * CHECK_SQL says what SQLite says of a call that fails.
 */
#ifndef SQLITE_H
#define SQLITE_H

#include "check.h"
#include <sqlite3.h>
#include <stdarg.h>

enum { THREADS = 8, ACCOUNTS = 10, MONEY = 1000 };

/* For calls that return a result code of SQLite. */
#define CHECK_SQL(database, call, expected) \
	do { \
		int result_ = (call); \
		if (result_ != (expected)) \
			check_sql_failed(__FILE__, __LINE__, #call, database, result_); \
	} while (0)

__attribute__((noreturn, unused))
static void check_sql_failed(const char *file, int line, const char *what, sqlite3 *database, int result)
{
	fprintf(stderr, "%s:%d: %s is %d (%s): %s\n", file, line, what, result, sqlite3_errstr(result),
	        sqlite3_errmsg(database));
	exit(1);
}

/* Lets others run, at first at once and later after a sleep; never gives up. */
__attribute__((unused))
static int wait_while_busy(void *unused, int tries)
{
	(void)unused;
	sqlite3_sleep(tries < 10 ? 0 : 1);
	return 1;
}

/* Opens or makes the database. Its cache is small, so that it writes pages before
 * transactions end, and reads them again. */
__attribute__((unused))
static sqlite3 *open_database(const char *name)
{
	sqlite3 *database;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
	CHECK_SQL(database, sqlite3_open_v2(name, &database, flags, NULL), SQLITE_OK);
	CHECK_SQL(database, sqlite3_busy_handler(database, wait_while_busy, NULL), SQLITE_OK);
	CHECK_SQL(database, sqlite3_exec(database, "PRAGMA cache_size = 10", NULL, NULL, NULL), SQLITE_OK);
	return database;
}

/* Runs a statement, which is formatted as sqlite3_mprintf does, and which may find
 * one number: that is returned, or 0. */
__attribute__((unused))
static long long run_sql(sqlite3 *database, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = sqlite3_vmprintf(format, arguments);
	va_end(arguments);
	sqlite3_stmt *statement;
	long long found = 0;
	CHECK_SQL(database, sqlite3_prepare_v2(database, text, -1, &statement, NULL), SQLITE_OK);
	int result = sqlite3_step(statement);
	if (result == SQLITE_ROW) {
		found = sqlite3_column_int64(statement, 0);
		result = sqlite3_step(statement);
	}
	CHECK_SQL(database, result, SQLITE_DONE);
	CHECK_SQL(database, sqlite3_finalize(statement), SQLITE_OK);
	sqlite3_free(text);
	return found;
}

/* Prints a statement, and each text that it finds. */
__attribute__((unused))
static void print_sql(sqlite3 *database, const char *text)
{
	sqlite3_stmt *statement;
	CHECK_SQL(database, sqlite3_prepare_v2(database, text, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		printf("%s: %s\n", text, sqlite3_column_text(statement, 0));
	CHECK_SQL(database, sqlite3_finalize(statement), SQLITE_OK);
}

/* Accounts with money, and an empty log, unless they are there. */
__attribute__((unused))
static void make_tables(sqlite3 *database)
{
	run_sql(database, "BEGIN IMMEDIATE");
	run_sql(database, "CREATE TABLE IF NOT EXISTS account (id INTEGER PRIMARY KEY, money INTEGER)");
	run_sql(database, "CREATE TABLE IF NOT EXISTS log (thread INTEGER, round INTEGER, note TEXT)");
	run_sql(database, "CREATE UNIQUE INDEX IF NOT EXISTS by_round ON log (thread, round)");
	for (int id = 0; id < ACCOUNTS; id++)
		run_sql(database, "INSERT OR IGNORE INTO account VALUES (%d, %d)", id, MONEY);
	run_sql(database, "COMMIT");
}

/* Writes a round of a thread into the log, with a note from short to some pages long. */
__attribute__((unused))
static void write_log(sqlite3 *database, int thread, int round)
{
	run_sql(database, "INSERT INTO log VALUES (%d, %d, hex(zeroblob(%d)))", thread, round,
	        (round * 37 + thread * 11) % 100 * 50);
}

/* Moves money from one account to the next, in two steps. */
__attribute__((unused))
static void move_money(sqlite3 *database, int thread, int round)
{
	int from = (thread + round) % ACCOUNTS, to = (from + 1 + round % 3) % ACCOUNTS;
	run_sql(database, "UPDATE account SET money = money - %d WHERE id = %d", round % 7, from);
	run_sql(database, "UPDATE account SET money = money + %d WHERE id = %d", round % 7, to);
}

__attribute__((unused))
static void check_money(sqlite3 *database)
{
	CHECK(run_sql(database, "SELECT sum(money) FROM account") == ACCOUNTS * MONEY);
}

#endif /* SQLITE_H */
