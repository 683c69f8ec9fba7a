/*
 * libunwind, and the end of a thread by exceptions.
 *
 * In a program of C++, pthread_exit and cancellation leave the frames of the thread
 * by an exception that is not of C++'s own kind, as with the GNU C library.
 * So destructors run, and `catch (...)` sees it, which must end with `throw;`.
 * The exception ends in base.s, below all frames.
 *
 * It is one object with libunwind: what throws or catches needs both.
 */
#define _Unwind_RaiseException raise_exception
#include "Unwind-wasm.c"
#undef _Unwind_RaiseException

#include <stdlib.h>
#include <unistd.h>

/* Of C++'s library. */
void *__cxa_begin_catch(void *exception);
_Noreturn void _ZSt9terminatev(void);

/* What the calling thread has raised and not caught, newest first, as a list
 * through `private_1`, which nothing else uses here. std::terminate looks for
 * it (patches/terminate-names-exceptions.patch). */
_Thread_local struct _Unwind_Exception *__coopt_raised;

_Unwind_Reason_Code _Unwind_RaiseException(struct _Unwind_Exception *exception)
{
	exception->private_1 = (uintptr_t)__coopt_raised;
	__coopt_raised = exception;
	return raise_exception(exception);
}

/* "COOPTEND": whose exception it is, by the rules of the C++ ABI. */
#define CLASS 0x434f4f5054454e44

/* What the calling thread throws when it ends. */
static _Thread_local struct _Unwind_Exception end;

/* A `catch (...)` of the program is over, and has not thrown the end on. The
 * thread cannot go on: its handlers of pthread_cleanup_push have run. */
static void caught(_Unwind_Reason_Code reason, struct _Unwind_Exception *exception)
{
	static const char text[] =
		"FATAL: exception not rethrown: a thread that ends by pthread_exit or "
		"pthread_cancel must leave each `catch (...)` on its way by `throw;`\n";
	(void)reason;
	(void)exception;
	write(STDERR_FILENO, text, sizeof text - 1);
	abort();
}

/* Whether a `catch (...)` has the end of the calling thread at the moment. The
 * library asks where it catches all (patches/streams-rethrow-ends.patch). */
int __coopt_end_is_caught(void)
{
	if (!end.exception_class) return 0;
	struct _Unwind_Exception *raised = __coopt_raised;
	while (raised && raised != &end)
		raised = (struct _Unwind_Exception *)raised->private_1;
	return !raised;
}

/* Leaves the frames of the calling thread. */
__attribute__((visibility("hidden"))) _Noreturn void __coopt_cxx_unwind(void)
{
	end.exception_class = CLASS;
	end.exception_cleanup = caught;
	_Unwind_RaiseException(&end);
	__builtin_unreachable();
}

/* Whoever has this file has base.s, which others name by weak references only. */
int __coopt_cxx_base(void (*run)(void *), void *argument);
__attribute__((used)) static int (*const base)(void (*)(void *), void *) = __coopt_cxx_base;

/* What becomes of an exception that has left all frames. 1: the thread ends.
 * Any other ends the program: the handler of std::terminate finds it as the
 * one that is being caught, and names it. */
__attribute__((visibility("hidden"))) int __coopt_cxx_escaped(struct _Unwind_Exception *exception)
{
	if (exception == &end) return 1;
	__cxa_begin_catch(exception);
	_ZSt9terminatev();
}
