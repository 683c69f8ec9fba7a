// A thread keeps the locale that it chose, while other threads choose other
// locales and the program's locale changes.
#include "check.h"
#include <locale.h>
#include <sched.h>

enum { THREADS = 8, ROUNDS = 50 };

static void *choose(void *number)
{
	/* One byte a character, or several. */
	int is_utf8 = AS_NUMBER(number) % 2;
	locale_t own = newlocale(LC_ALL_MASK, is_utf8 ? "C.UTF-8" : "C", (locale_t)0);
	CHECK(own != (locale_t)0);
	CHECK(uselocale(own) == LC_GLOBAL_LOCALE);
	for (int round = 0; round < ROUNDS; round++) {
		sched_yield();
		CHECK((MB_CUR_MAX > 1) == is_utf8);
		CHECK(uselocale((locale_t)0) == own);
		locale_t copy = duplocale(own);
		CHECK(copy != (locale_t)0);
		CHECK(uselocale(copy) == own);
		sched_yield();
		CHECK((MB_CUR_MAX > 1) == is_utf8);
		CHECK(uselocale(own) == copy);
		freelocale(copy);
	}
	CHECK(uselocale(LC_GLOBAL_LOCALE) == own);
	freelocale(own);
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(choose, NUMBER(i));
	for (int round = 0; round < ROUNDS; round++) {
		CHECK(setlocale(LC_ALL, round % 2 ? "C" : "C.UTF-8") != NULL);
		CHECK((MB_CUR_MAX > 1) == (round % 2 == 0));
		sched_yield();
	}
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
}
