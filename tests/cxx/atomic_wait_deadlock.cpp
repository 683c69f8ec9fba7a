// Who waits on an atomic that nobody changes blocks, rather than to look again and again: so the
// scheduler finds the deadlock.
//
// EXIT: 124
// STDERR-CONTAINS: deadlock
// SKIP: native: nothing there finds a deadlock
#include <atomic>

int main()
{
	std::atomic<int> value{0};
	value.wait(0);
}
