// A call by a null pointer traps, and the report says so.
// EXIT: 134
// STDERR-CONTAINS: the pointer is null or stands for no function
// SKIP: native: is killed by a signal of its own
// SKIP: stock: says less
#include <stddef.h>

int main(void)
{
	int (*volatile pointer)(int) = NULL;
	return pointer(1);
}
