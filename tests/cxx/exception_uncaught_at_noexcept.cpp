// An exception that reaches a `noexcept` ends the program there, although there is a handler further
// out. The report names that exception, not one that was thrown and caught on the way.
//
// EXIT: 134
// STDERR-CONTAINS: terminating due to uncaught exception of type std::out_of_range: too far
#include "check.hpp"

#include <stdexcept>

struct Catches {
	~Catches()
	{
		try {
			throw 1;
		} catch (int one) {
			CHECK(one == 1);
		}
	}
};

static void throws()
{
	Catches on_the_way;
	throw std::out_of_range("too far");
}

static void never_throws() noexcept { throws(); }

int main()
{
	try {
		never_throws();
	} catch (...) {
		std::puts("CAUGHT");
	}
}
