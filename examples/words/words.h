/* How many words there are in texts, counted by a thread for each. */
#ifndef WORDS_H
#define WORDS_H

/* Counts the words of `texts` texts. Returns -1 if no thread could be started. */
int words_in(int texts, char *text[]);

#endif
