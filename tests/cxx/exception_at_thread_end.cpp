// A destructor that throws at the end of a thread ends in std::terminate: that of an object with thread
// storage. The handler of the program is called.
//
// EXIT: 7
// STDOUT:
//   terminate
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

struct Throws {
	int value = 0;
	~Throws() noexcept(false) { throw value; }
};

int main()
{
	std::set_terminate([] {
		std::puts("terminate");
		std::fflush(stdout);
		std::_Exit(7);
	});
	std::thread([] {
		static thread_local Throws throws;
		throws.value = 1;
	}).join();
	std::puts("still here");
}
