// The library throws what the standard says: for want of memory, out of range, for a bad cast, for a
// thread that joins itself.
//
// STDOUT:
//   bad_alloc
//   out_of_range
//   bad_cast
//   resource_deadlock_would_occur
//   invalid_argument
//   bad_function_call
//   bad_optional_access
#include "check.hpp"

#include <functional>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <typeinfo>
#include <vector>

struct Shape {
	virtual ~Shape() = default;
};
struct Round : Shape {};
struct Square : Shape {};

template <class E, class F> static void expect(const char *name, F act)
{
	try {
		act();
		std::puts("NOTHING");
	} catch (const E &) {
		std::puts(name);
	}
}

int main()
{
	volatile std::size_t huge = std::numeric_limits<std::ptrdiff_t>::max() - 64;
	expect<std::bad_alloc>("bad_alloc", [&] { ::operator delete(::operator new(huge)); });
	expect<std::out_of_range>("out_of_range", [] { std::vector<int>(3).at(3) = 1; });
	expect<std::bad_cast>("bad_cast", [] {
		std::unique_ptr<Shape> shape = std::make_unique<Square>();
		(void)dynamic_cast<Round &>(*shape);
	});
	try {
		std::thread *self = nullptr;
		std::thread thread([&] {
			while (!self)
				std::this_thread::yield();
			try {
				self->join();
			} catch (const std::system_error &e) {
				CHECK(e.code() == std::errc::resource_deadlock_would_occur);
				std::puts("resource_deadlock_would_occur");
			}
		});
		self = &thread;
		thread.join();
	} catch (...) {
		std::puts("CAUGHT IN MAIN");
	}
	expect<std::invalid_argument>("invalid_argument", [] { (void)std::stoi("none"); });
	expect<std::bad_function_call>("bad_function_call", [] { std::function<void()>()(); });
	expect<std::bad_optional_access>("bad_optional_access", [] { (void)std::optional<int>().value(); });
}
