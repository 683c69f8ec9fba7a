/*
 * bare.h - threads without any C library: the calls of wasi-threads and
 * preview1, and the instructions for atomics.
 *
 * Modules made from this header import nothing of coopt's, so they run on every
 * engine that has wasi-threads. They have what clang and wasm-ld make of a
 * threaded program: passive data, which the first thread copies to memory, and
 * thread-local storage.
 */
#ifndef BARE_H
#define BARE_H

#include <stddef.h>
#include <stdint.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

IMPORT("wasi", "thread-spawn") int32_t thread_spawn(void *start);
IMPORT("wasi_snapshot_preview1", "sched_yield") int32_t sched_yield(void);
IMPORT("wasi_snapshot_preview1", "proc_exit") _Noreturn void proc_exit(int32_t code);

struct vector {
	const void *bytes;
	size_t length;
};
IMPORT("wasi_snapshot_preview1", "fd_write")
int32_t fd_write(int32_t file, const struct vector *vectors, size_t count, size_t *written);

static inline int32_t wait32(int *word, int expected)
{
	return __builtin_wasm_memory_atomic_wait32(word, expected, -1);
}

static inline uint32_t notify(int *word, uint32_t count)
{
	return __builtin_wasm_memory_atomic_notify(word, count);
}

/* What a new thread needs; wasi_thread_start below knows the offsets. */
struct start {
	void *stack_top;
	void *tls;
	void (*run)(void *argument);
	void *argument;
};

enum { STACK_SIZE = 4096, TLS_SIZE = 64 };

static inline void start_thread(struct start *start, char *block, void (*run)(void *), void *argument)
{
	*start = (struct start){ block + STACK_SIZE, block + STACK_SIZE, run, argument };
	if (thread_spawn(start) < 0)
		proc_exit(1);
}

__attribute__((used))
static void run_thread(struct start *start)
{
	start->run(start->argument);
}

/* Sets the stack pointer first: no code in C works before. */
__asm__(
	".globaltype __stack_pointer, i32\n"
	".functype __wasm_init_tls (i32) -> ()\n"
	".functype run_thread (i32) -> ()\n"
	".globl wasi_thread_start\n"
	".type wasi_thread_start, @function\n"
	"wasi_thread_start:\n"
	"	.functype wasi_thread_start (i32, i32) -> ()\n"
	"	local.get 1\n"
	"	i32.load 0\n"
	"	global.set __stack_pointer\n"
	"	local.get 1\n"
	"	i32.load 4\n"
	"	call __wasm_init_tls\n"
	"	local.get 1\n"
	"	call run_thread\n"
	"	end_function\n"
	".export_name wasi_thread_start, wasi_thread_start\n");

/* Prints a text, a number and a newline. They are one vector, because a host may
 * write the first of several vectors only. */
static inline void print(const char *text, unsigned number)
{
	char line[64];
	size_t length = 0, digits = 1, written;
	while (text[length] != 0 && length < sizeof line - 11) {
		line[length] = text[length];
		length++;
	}
	for (unsigned rest = number; rest >= 10; rest /= 10)
		digits++;
	for (size_t at = length + digits; at > length; number /= 10)
		line[--at] = (char)('0' + number % 10);
	line[length + digits] = '\n';
	struct vector vector = { line, length + digits + 1 };
	fd_write(1, &vector, 1, &written);
}

#endif /* BARE_H */
