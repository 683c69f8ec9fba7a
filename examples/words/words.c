#include "words.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>

struct part {
	pthread_t thread;
	const char *text;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int total;

static void *count(void *argument)
{
	struct part *part = argument;
	int words = 0, inside = 0;
	for (const char *c = part->text; *c != '\0'; c++) {
		int letter = !isspace((unsigned char)*c);
		words += letter && !inside;
		inside = letter;
	}
	pthread_mutex_lock(&mutex);
	total += words;
	pthread_mutex_unlock(&mutex);
	return NULL;
}

int words_in(int texts, char *text[])
{
	struct part *parts = calloc(texts + 1, sizeof *parts);
	int started = 0, failed = parts == NULL;
	total = 0;
	while (!failed && started < texts) {
		parts[started].text = text[started];
		failed = pthread_create(&parts[started].thread, NULL, count,
					&parts[started]) != 0;
		started += !failed;
	}
	for (int i = 0; i < started; i++)
		pthread_join(parts[i].thread, NULL);
	free(parts);
	return failed ? -1 : total;
}
