// An exception of a static object's constructor ends the program before main.
//
// EXIT: 134
// STDERR-CONTAINS: terminating due to uncaught exception of type int
#include "check.hpp"

static int fails() { throw 3; }

static int value = fails();

int main() { std::printf("MAIN %d\n", value); }
