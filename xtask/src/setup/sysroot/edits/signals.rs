//! Signals between threads: `signal.h` without the emulation that the release
//! has instead, which knows one thread and nothing but `raise`.
//!
//! A program that asks for the emulation, by `_WASI_EMULATED_SIGNAL` and
//! `-lwasi-emulated-signal`, gets the same as one that does not. What stays
//! hidden are real-time signals, alternate stacks and process groups.

use super::Edit;

const ABORT: &str = "libc-bottom-half/sources/abort.c";
const BITS: &str = "libc-top-half/musl/arch/wasm32/bits/signal.h";
const SIGNAL: &str = "libc-top-half/musl/include/signal.h";
const SIGSET: &str = "libc-bottom-half/headers/public/__typedef_sigset_t.h";
const UNISTD: &str = "libc-top-half/musl/include/unistd.h";

pub const EDITS: &[Edit] = &[
    Edit {
        file: "Makefile",
        find: "    $(filter-out %/strsignal.c, \\\n                 \
               $(wildcard $(LIBC_TOP_HALF_MUSL_SRC_DIR)/string/*.c)) \\\n",
        replace: "    $(wildcard $(LIBC_TOP_HALF_MUSL_SRC_DIR)/string/*.c) \\\n    \
                  $(LIBC_TOP_HALF_MUSL_SRC_DIR)/signal/psignal.c \\\n",
        why: "the names of signals are part of the library",
    },
    Edit {
        file: SIGSET,
        find: "/* TODO: This is just a placeholder for now. Keep this in sync with musl. */\n\
               typedef unsigned char sigset_t;\n",
        replace: "typedef struct { unsigned long long __bits; } sigset_t;\n",
        why: "a bit for each of the 64 signals",
    },
    Edit {
        file: BITS,
        find: "#ifdef _WASI_EMULATED_SIGNAL\n",
        replace: "#if defined(_REENTRANT) || defined(_WASI_EMULATED_SIGNAL)\n",
        why: "threads have signals",
    },
    Edit {
        file: BITS,
        find: "#define _NSIG 65\n",
        replace: "#define _NSIG 65\n\n\
                  #ifdef _REENTRANT\n\
                  #define SA_NOCLDSTOP 1\n\
                  #define SA_NOCLDWAIT 2\n\
                  #define SA_SIGINFO 4\n\
                  #define SA_ONSTACK 0x08000000\n\
                  #define SA_RESTART 0x10000000\n\
                  #define SA_NODEFER 0x40000000\n\
                  #define SA_RESETHAND 0x80000000\n\
                  #endif\n",
        why: "the release has no sigaction; the numbers are Linux's",
    },
    Edit {
        file: SIGNAL,
        find: "#ifndef _WASI_EMULATED_SIGNAL\n#error",
        replace: "#if !defined(_REENTRANT) && !defined(_WASI_EMULATED_SIGNAL)\n#error",
        why: "threads have signals",
    },
    Edit {
        file: SIGNAL,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no ucontext support */\n\
               #ifdef _GNU_SOURCE\n#define __ucontext ucontext\n#endif\n",
        replace: "#ifdef _REENTRANT\n",
        why: "types and constants; a handler sees no context",
    },
    Edit {
        file: SIGNAL,
        find: "typedef struct sigaltstack stack_t;\n",
        replace: "",
        why: "there are no alternate stacks",
    },
    Edit {
        file: SIGNAL,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no sigaction */",
        replace: "#ifdef _REENTRANT",
        why: "the thread layer has it",
    },
    Edit {
        file: SIGNAL,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no signals */\nint kill(pid_t, int);",
        replace: "#ifdef _REENTRANT\nint kill(pid_t, int);",
        why: "the thread layer has them",
    },
    Edit {
        file: SIGNAL,
        find: "int sigqueue(pid_t, int, union sigval);\n#endif\n\n\
               #ifdef __wasilibc_unmodified_upstream /* WASI has no threads yet */\n",
        replace: "#endif\n\n#ifdef _REENTRANT\n",
        why: "pthread_sigmask and pthread_kill",
    },
    Edit {
        file: SIGNAL,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no signal sets */",
        replace: "#ifdef _REENTRANT",
        why: "the thread layer has them",
    },
    Edit {
        file: UNISTD,
        find: "#ifdef __wasilibc_unmodified_upstream /* WASI has no pause */",
        replace: "#ifdef _REENTRANT",
        why: "the thread layer has it",
    },
    Edit {
        file: ABORT,
        find: "#include <stdlib.h>\n\nvoid abort(void) {\n",
        replace: "#include <signal.h>\n#include <stdlib.h>\n\nvoid abort(void) {\n    \
                  struct sigaction action;\n    \
                  if (sigaction(SIGABRT, 0, &action) == 0 && action.sa_handler != SIG_DFL)\n        \
                  raise(SIGABRT);\n",
        why: "its handler, if there is one, runs, and may not return; without, the trap is here",
    },
];
