// An exception of a callback goes through functions of C: qsort, bsearch.
//
// STDOUT:
//   from qsort
//   from bsearch
#include "check.hpp"

static int fails(const void *, const void *text) { throw *static_cast<const char *const *>(text); }
static int fails_with_key(const void *key, const void *) { throw static_cast<const char *>(key); }

int main()
{
	const char *texts[2] = {"from qsort", "from qsort"};
	try {
		std::qsort(texts, 2, sizeof *texts, fails);
	} catch (const char *text) {
		std::puts(text);
	}
	try {
		std::bsearch("from bsearch", texts, 2, sizeof *texts, fails_with_key);
	} catch (const char *text) {
		std::puts(text);
	}
}
