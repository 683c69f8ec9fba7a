// setjmp and exceptions in one program: a longjmp is caught by no handler, and an exception by no setjmp.
//
// STDOUT:
//   jumped 1 through catch (...)
//   caught 5 in the function that called setjmp
//   jumped 2 after that
#include "check.hpp"

#include <csetjmp>

static std::jmp_buf place;

static void jumps(int value)
{
	try {
		std::longjmp(place, value);
	} catch (...) {
		std::puts("CAUGHT A JUMP");
	}
}

static int through_handlers()
{
	if (int value = setjmp(place))
		return value;
	jumps(1);
	return 0;
}

static void throws(int value) { throw value; }

static int catches()
{
	volatile int value = setjmp(place);
	if (value)
		return value;
	try {
		throws(5);
	} catch (int number) {
		std::printf("caught %d in the function that called setjmp\n", number);
	}
	jumps(2);
	return 0;
}

int main()
{
	std::printf("jumped %d through catch (...)\n", through_handlers());
	std::printf("jumped %d after that\n", catches());
}
