// pthread_self returns the id that the thread's creator got, and no other id.
#include "check.h"

static pthread_t children[3];

static void *compare(void *number)
{
	pthread_t self = pthread_self();
	CHECK(pthread_equal(self, pthread_self()));
	for (int i = 0; i < AS_NUMBER(number); i++)
		CHECK(!pthread_equal(self, children[i]));
	return (void *)self;
}

int main(void)
{
	pthread_t self = pthread_self();
	for (int i = 0; i < 3; i++) {
		children[i] = start(compare, NUMBER(i));
		CHECK(!pthread_equal(self, children[i]));
	}
	for (int i = 0; i < 3; i++)
		CHECK(pthread_equal((pthread_t)finish(children[i]), children[i]));
	CHECK(pthread_equal(self, pthread_self()));
}
