/* hello.c - the smallest program one writes. */
#include <stdio.h>

int main(void)
{
	puts("hello, world");
	return 0;
}
