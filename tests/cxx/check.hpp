// check.hpp - what the test programs in C++ share; see ../c/check.h.
#pragma once

#include <pthread.h>

#include <cstdio>
#include <cstdlib>

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			std::_Exit(1); \
		} \
	} while (0)

// Says when it is destroyed.
struct Tells {
	const char *what;
	explicit Tells(const char *w) : what(w) {}
	Tells(const Tells &) = delete;
	~Tells() { std::printf("~%s\n", what); }
};
