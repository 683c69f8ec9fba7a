//! What we change in wasi-libc.
//!
//! The release predates threads: it compiles for one, with `#error` where
//! nobody had thought about two. Most of musl is ready for threads behind
//! `_REENTRANT`; what is not is changed here: whole files are ours and lie in
//! `sysroot/src`, single lines are [`EDITS`], and for what programs see
//! [`headers::EDITS`] and [`signals::EDITS`].
//!
//! One rule guided the choices: a thread can lose its turn only in a call out
//! of the module, so code without such a call needs no lock.

mod headers;
mod signals;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::layout;

/// Replaces `find`, which must stand in `file` exactly once.
struct Edit {
    file: &'static str,
    find: &'static str,
    replace: &'static str,
    why: &'static str,
}

/// Files of ours: name in `sysroot/src`, place in the package.
const FILES: [(&str, &str); 7] = [
    ("crt1-command.c", "libc-bottom-half/crt/crt1-command.c"),
    (
        "clock_nanosleep.c",
        "libc-bottom-half/cloudlibc/src/libc/time/clock_nanosleep.c",
    ),
    ("pthread_self.c", "libc-top-half/sources/pthread_self.c"),
    (
        "pthread_impl.h",
        "libc-top-half/musl/src/internal/pthread_impl.h",
    ),
    ("__lockfile.c", "libc-top-half/musl/src/stdio/__lockfile.c"),
    ("getc.h", "libc-top-half/musl/src/stdio/getc.h"),
    ("putc.h", "libc-top-half/musl/src/stdio/putc.h"),
];

/// Files of the package that something of ours stands in for.
const REMOVED: [&str; 3] = [
    "libc-bottom-half/cloudlibc/src/libc/time/nanosleep.c",
    // The thread layer has it.
    "libc-bottom-half/cloudlibc/src/libc/sched/sched_yield.c",
    "libc-bottom-half/signal/signal.c",
];

const EDITS: &[Edit] = &[
    Edit {
        file: "Makefile",
        find: "%/flockfile.c %/funlockfile.c %/__lockfile.c %/ftrylockfile.c",
        replace: "",
        why: "a FILE has a lock now",
    },
    Edit {
        file: "libc-top-half/musl/arch/wasm32/atomic_arch.h",
        find: "#error \"multiple threads not supported in musl yet\"",
        replace: "",
        why: "the compiler's atomics serve threads as they are",
    },
    Edit {
        file: "libc-bottom-half/sources/preopens.c",
        find: "#error \"__wasilibc_register_preopened_fd doesn't yet support multiple threads\"",
        replace: "",
        why: "calls out only while the constructors run",
    },
    Edit {
        file: "libc-bottom-half/sources/getcwd.c",
        find: "#error \"getcwd doesn't yet support multiple threads\"",
        replace: "",
        why: "does not call out",
    },
    Edit {
        file: "libc-bottom-half/sources/getentropy.c",
        find: "#error With threads support, getentropy is not intended to be a cancellation point.",
        replace: "",
        why: "random_get is not one",
    },
    Edit {
        file: "libc-bottom-half/sources/chdir.c",
        find: "#error \"chdir doesn't yet support multiple threads\"",
        replace: "",
        why: "see the next two",
    },
    Edit {
        file: "libc-bottom-half/sources/chdir.c",
        find: "    static char *relative_buf = NULL;",
        replace: "    static __thread char *relative_buf = NULL;",
        why: "lives across fstatat, which calls out; posix.c has it per thread too",
    },
    Edit {
        file: "libc-bottom-half/sources/chdir.c",
        find: "    static size_t relative_buf_len = 0;",
        replace: "    static __thread size_t relative_buf_len = 0;",
        why: "as above",
    },
    Edit {
        file: "libc-bottom-half/cloudlibc/src/libc/time/clock_gettime.c",
        find: "int __clock_gettime(clockid_t clock_id, struct timespec *tp) {\n",
        replace: "void __coopt_note_poll(void);\n\n\
                  int __clock_gettime(clockid_t clock_id, struct timespec *tp) {\n  \
                  __coopt_note_poll(); // SWITCH: one call in a thousand\n",
        why: "a loop that looks at the time until something happens must let it happen",
    },
    Edit {
        file: "libc-bottom-half/cloudlibc/src/libc/sys/time/gettimeofday.c",
        find: "int gettimeofday(struct timeval *restrict tp, void *tz) {\n",
        replace: "void __coopt_note_poll(void);\n\n\
                  int gettimeofday(struct timeval *restrict tp, void *tz) {\n  \
                  __coopt_note_poll(); // SWITCH: one call in a thousand\n",
        why: "as above",
    },
    Edit {
        file: "libc-bottom-half/cloudlibc/src/libc/time/time.c",
        find: "time_t time(time_t *tloc) {\n",
        replace: "void __coopt_note_poll(void);\n\n\
                  time_t time(time_t *tloc) {\n  \
                  __coopt_note_poll(); // SWITCH: one call in a thousand\n",
        why: "as above",
    },
    Edit {
        file: "dlmalloc/src/dlmalloc.c",
        find: "#define USE_LOCKS 1",
        replace: "#define USE_LOCKS 0",
        why: "an allocation does not call out (memory.grow is an instruction)",
    },
    Edit {
        file: "dlmalloc/src/malloc.c",
        find: "extern unsigned char __heap_base;",
        replace: "extern unsigned char __heap_base, __heap_end;",
        why: "see the next",
    },
    Edit {
        file: "dlmalloc/src/malloc.c",
        find: "  char *init = (char *)CALL_MORECORE(0);",
        replace: "  char *init = (char *)&__heap_end;",
        why: "memory may have grown for someone else before the first malloc",
    },
    Edit {
        file: "libc-top-half/musl/src/internal/libc.c",
        find: "struct __libc __libc;",
        replace: "struct __libc __libc = { .threaded = 1, .need_locks = 1 };",
        why: "a FILE opened before the first thread has a lock as well",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/stdin.c",
        find: ".lock = -1",
        replace: ".lock = 0",
        why: "as above",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/stdout.c",
        find: ".lock = -1",
        replace: ".lock = 0",
        why: "as above",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/stderr.c",
        find: ".lock = -1",
        replace: ".lock = 0",
        why: "as above",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/__stdout_write.c",
        find: "#include <__function___isatty.h>\n",
        replace: "#include <__errno.h>\n#include <__function___isatty.h>\n",
        why: "for the next",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/__stdout_write.c",
        find: "\tif (!(f->flags & F_SVB) && !__isatty(f->fd))\n#endif\n\t\tf->lbf = -1;\n",
        replace: "\tint saved_errno = errno;\n\
                  \tif (!(f->flags & F_SVB) && !__isatty(f->fd))\n#endif\n\t\tf->lbf = -1;\n\
                  \terrno = saved_errno;\n",
        why: "a first printf that succeeds leaves errno alone",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/__stdio_exit.c",
        find: "\tFFINALLOCK(f);",
        replace: "\tif (f->lock > 0 && f->wpos == f->wbase) return;\n\tif (f->lock <= 0) FFINALLOCK(f);",
        why: "exit must not wait for a thread that holds a FILE: it may never let go of it. \
              Nobody else runs while what is unwritten is written",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/ftrylockfile.c",
        find: "\tFILE *f;\n\tfor (f=__pthread_self()->stdio_locks; f; f=f->next_locked)\n\
               \t\ta_store(&f->lock, 0x40000000);\n",
        replace: "\tFILE *f, *next;\n\tfor (f=__pthread_self()->stdio_locks; f; f=next) {\n\
                  \t\tnext = f->next_locked;\n\t\tf->lockcount = 0;\n\t\t__unlockfile(f);\n\t}\n\
                  \t__pthread_self()->stdio_locks = 0;\n\t__release_orphans();\n",
        why: "what a thread that ends holds by flockfile is released, not lost",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/ftrylockfile.c",
        find: "void __do_orphaned_stdio_locks()\n",
        replace: "hidden void __release_orphans(void);\n\nvoid __do_orphaned_stdio_locks()\n",
        why: "see the next",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/ofl.c",
        find: "\tUNLOCK(ofl_lock);\n}\n",
        replace: "\tUNLOCK(ofl_lock);\n}\n\n\
                  /* A thread may end inside a stream, in a function of fopencookie: it has the\n\
                  \x20* stream's lock then, and this list's if all are being flushed. */\n\
                  hidden void __release_orphans(void)\n{\n\
                  \tint self = __pthread_self()->tid;\n\
                  \tFILE *f;\n\
                  \tif ((ofl_lock[0] & COOPT_THREAD_ID_MAX) == self) UNLOCK(ofl_lock);\n\
                  \tfor (f = ofl_head; f; )\n\
                  \t\tif (f->lock > 0 && (f->lock & ~MAYBE_WAITERS) == self) {\n\
                  \t\t\t/* SWITCH: the list may be another afterwards. */\n\
                  \t\t\t__unlockfile(f);\n\
                  \t\t\tf = ofl_head;\n\
                  \t\t} else f = f->next;\n}\n",
        why: "what it holds by the calls it is in is released as well",
    },
    Edit {
        file: "libc-top-half/musl/src/stdio/ofl.c",
        find: "#include \"fork_impl.h\"\n",
        replace: "#include \"fork_impl.h\"\n#include <coopt.h>\n#include \"pthread_impl.h\"\n",
        why: "for the above",
    },
    Edit {
        file: "libc-top-half/musl/src/exit/exit.c",
        find: "void __wasm_call_dtors(void)\n{\n",
        replace: "/* An exit has begun, and whose it is. Handlers are the program's code, so other\n\
                  \x20* threads may run and exit too: they wait here for the end of the process. A\n\
                  \x20* handler that calls exit again goes on with the handlers that are left. */\n\
                  static volatile int exit_lock[1];\n\
                  static int exiting;\n\n\
                  hidden void __begin_exit(void)\n{\n\
                  \tint self = __pthread_self()->tid;\n\
                  \tif (exiting == self) return;\n\
                  \tLOCK(exit_lock);\n\
                  \texiting = self;\n}\n\n\
                  void __wasm_call_dtors(void)\n{\n\t__begin_exit();\n",
        why: "POSIX 2024: of two threads that exit, the second waits",
    },
    Edit {
        file: "libc-top-half/musl/src/exit/exit.c",
        find: "#include \"libc.h\"\n",
        replace: "#include \"libc.h\"\n#include \"lock.h\"\n#include \"pthread_impl.h\"\n",
        why: "for the above",
    },
    Edit {
        file: "libc-top-half/musl/src/exit/quick_exit.c",
        find: "_Noreturn void quick_exit(int code)\n{\n",
        replace: "hidden void __begin_exit(void);\n\n\
                  _Noreturn void quick_exit(int code)\n{\n\t__begin_exit();\n",
        why: "as in exit.c",
    },
    Edit {
        file: "libc-top-half/musl/src/prng/random.c",
        find: "#ifdef __wasilibc_unmodified_upstream\nstatic volatile int lock[1];",
        replace: "#ifdef _REENTRANT\nstatic volatile int lock[1];",
        why: "its lock is used under _REENTRANT",
    },
    Edit {
        file: "libc-top-half/musl/src/conf/sysconf.c",
        find: "#if defined(__wasilibc_unmodified_upstream) || defined(_REENTRANT)\n\
               \t\tunsigned char set[128] = {1};",
        replace: "#ifdef __wasilibc_unmodified_upstream\n\t\tunsigned char set[128] = {1};",
        why: "one thread runs at a time: one processor",
    },
];

/// Changes the package unpacked in `source`.
pub fn apply(source: &Path) -> Result<()> {
    let ours = layout::root().join("sysroot/src");
    for (name, place) in FILES {
        copy(&ours.join(name), &source.join(place))?;
    }
    // Ours is a public header, and the library's own sources include it.
    let header = "libc-bottom-half/headers/public/coopt.h";
    copy(
        &layout::root().join("include/coopt.h"),
        &source.join(header),
    )?;
    for name in REMOVED {
        fs::remove_file(source.join(name)).with_context(|| format!("removing `{name}`"))?;
    }
    all().try_for_each(|edit| edit.apply(source))
}

fn all() -> impl Iterator<Item = &'static Edit> {
    EDITS.iter().chain(headers::EDITS).chain(signals::EDITS)
}

/// All changes that are not files of ours, for the stamp.
pub fn fingerprint() -> String {
    let edits = all().map(|edit| format!("{}\n{}\n{}", edit.file, edit.find, edit.replace));
    let files = FILES.iter().map(|(name, place)| format!("{name} {place}"));
    edits
        .chain(files)
        .chain(REMOVED.map(str::to_owned))
        .collect::<Vec<_>>()
        .join("\n")
}

impl Edit {
    fn apply(&self, source: &Path) -> Result<()> {
        let file = source.join(self.file);
        let text =
            fs::read_to_string(&file).with_context(|| format!("reading `{}`", file.display()))?;
        let edited = self.edited(&text)?;
        fs::write(&file, edited).with_context(|| format!("writing `{}`", file.display()))
    }

    fn edited(&self, text: &str) -> Result<String> {
        let found = text.matches(self.find).count();
        if found != 1 {
            bail!(
                "an edit must fit in one place and fits in {found} of `{}`: {} (`{}`); \
                 the edits in xtask are made for one release of the sources",
                self.file,
                self.why,
                self.find,
            );
        }
        Ok(text.replacen(self.find, self.replace, 1))
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(|_| ())
        .with_context(|| format!("copying `{}` to `{}`", from.display(), to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDIT: Edit = Edit {
        file: "f.c",
        find: "old",
        replace: "new",
        why: "because",
    };

    #[test]
    fn an_edit_fits_exactly_once() {
        assert_eq!(
            EDIT.edited("one old line").expect("fits once"),
            "one new line"
        );
        for text in ["nothing here", "old and old"] {
            let error = EDIT
                .edited(text)
                .expect_err("does not fit once")
                .to_string();
            assert!(
                error.contains("`f.c`") && error.contains("because"),
                "{error}"
            );
        }
    }

    #[test]
    fn every_edit_changes_something_for_a_reason() {
        for edit in all() {
            assert_ne!(edit.find, edit.replace, "{}", edit.file);
            assert!(!edit.why.is_empty(), "{}", edit.file);
        }
    }
}
