// A thread that is cancelled while it reads from a stream ends, although the stream catches exceptions. An
// exception of a stream's own buffer stays with the stream, also while the thread ends.
//
// STDIN: sleep 20
// STDOUT:
//   a line, cancelled
//   a number, cancelled
//   a character, cancelled
//   kept by the stream
//   ended
#include "check.hpp"

#include <chrono>
#include <iostream>
#include <streambuf>
#include <string>
#include <thread>

static void read_line()
{
	std::string line;
	std::getline(std::cin, line);
}

static void read_number()
{
	int number;
	std::cin >> number;
}

static void read_character() { std::cin.get(); }

struct Throws : std::streambuf {
	int overflow(int) override { throw 1; }
};

struct Writes {
	~Writes()
	{
		Throws buffer;
		std::ostream out(&buffer);
		out << "text";
		CHECK(out.bad());
		std::puts("kept by the stream");
	}
};

static void writes_at_its_end()
{
	Writes writes;
	pthread_exit(PTHREAD_CANCELED);
}

static void end(const char *what, void (*function)(), bool is_cancelled)
{
	std::cin.clear();
	pthread_t thread;
	auto run = [](void *function) -> void * {
		reinterpret_cast<void (*)()>(function)();
		std::puts("STILL HERE");
		return nullptr;
	};
	CHECK(pthread_create(&thread, nullptr, run, reinterpret_cast<void *>(function)) == 0);
	if (is_cancelled) {
		std::this_thread::sleep_for(std::chrono::milliseconds(20));
		CHECK(pthread_cancel(thread) == 0);
	}
	void *result;
	CHECK(pthread_join(thread, &result) == 0);
	CHECK(result == PTHREAD_CANCELED);
	std::puts(what);
}

int main()
{
	end("a line, cancelled", read_line, true);
	end("a number, cancelled", read_number, true);
	end("a character, cancelled", read_character, true);
	end("ended", writes_at_its_end, false);
}
