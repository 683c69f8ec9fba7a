// There are at least as many keys as POSIX promises (_POSIX_THREAD_KEYS_MAX), and
// one key more gets EAGAIN. The place of a deleted key serves again, without its
// old values.
#include "check.h"
#include <limits.h>

enum { MANY = 100000 };

static pthread_key_t keys[MANY];

int main(void)
{
	int count = 0, result;
	while (count < MANY && (result = pthread_key_create(&keys[count], NULL)) == 0)
		count++;
	CHECK_RESULT(result, EAGAIN);
	CHECK(count >= _POSIX_THREAD_KEYS_MAX);

	CHECK_OK(pthread_setspecific(keys[count / 2], keys));
	CHECK_OK(pthread_key_delete(keys[count / 2]));
	CHECK_OK(pthread_key_create(&keys[count / 2], NULL));
	CHECK(pthread_getspecific(keys[count / 2]) == NULL);
}
