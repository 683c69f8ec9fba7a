// Objects of a thread are destroyed newest first when it ends, before the values of pthread keys; one
// that a destructor makes is destroyed, too. Those of the main thread go before static objects, whichever
// was made first.
//
// STDOUT:
//   ~second of thread
//   ~made by a destructor
//   ~first of thread
//   key
//   ~of main
//   ~static made later
//   ~static made first
#include "check.hpp"

#include <thread>

static Tells made_first("static made first");

struct MakesAnother {
	Tells tells{"second of thread"};
	~MakesAnother()
	{
		static thread_local Tells another("made by a destructor");
		(void)another.what;
	}
};

static pthread_key_t key;

int main()
{
	CHECK(pthread_key_create(&key, [](void *) { std::puts("key"); }) == 0);
	std::thread([] {
		CHECK(pthread_setspecific(key, &key) == 0);
		static thread_local Tells first("first of thread");
		static thread_local MakesAnother second;
		(void)first.what, (void)second.tells.what;
	}).join();

	static thread_local Tells of_main("of main");
	(void)of_main.what;
	static Tells made_later("static made later");
	(void)made_later.what;
}
