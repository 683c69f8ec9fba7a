// An exception is caught by the first handler whose type fits; destructors run on the way, newest
// first; a handler may throw it on. In the main thread as in others.
//
// STDOUT:
//   ~inner
//   base: derived
//   ~outer
//   again: derived
//   number 7
//   anything
//   ~inner
//   base: derived
//   ~outer
//   again: derived
//   number 7
//   anything
#include "check.hpp"

#include <stdexcept>
#include <string>
#include <thread>

struct Base {
	virtual ~Base() = default;
	virtual std::string name() const { return "base"; }
};
struct Derived : Base {
	std::string name() const override { return "derived"; }
};

static void throws()
{
	Tells inner("inner");
	throw Derived();
}

static void passes_on()
{
	Tells outer("outer");
	try {
		throws();
	} catch (const std::exception &) {
		std::puts("NOT AN EXCEPTION");
	} catch (const Base &base) {
		std::printf("base: %s\n", base.name().c_str());
		throw;
	}
}

static void all()
{
	try {
		passes_on();
	} catch (Base &base) {
		std::printf("again: %s\n", base.name().c_str());
	}
	try {
		throw 7;
	} catch (long) {
		std::puts("NOT LONG");
	} catch (int number) {
		std::printf("number %d\n", number);
	}
	try {
		throw std::string("text");
	} catch (...) {
		std::puts("anything");
	}
	CHECK(std::uncaught_exceptions() == 0);
}

int main()
{
	all();
	std::thread(all).join();
}
