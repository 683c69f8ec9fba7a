/*
 * What BSD and the GNU C library have here, and programs use of it. POSIX and musl
 * have no such header.
 */
#ifndef _SYS_CDEFS_H
#define _SYS_CDEFS_H

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif

#define __P(parameters) parameters
#define __CONCAT(x, y) x ## y
#define __STRING(x) #x
#define __THROW
#define __nonnull(parameters) __attribute__((__nonnull__ parameters))
#define __dead __attribute__((__noreturn__))
#define __dead2 __attribute__((__noreturn__))
#define __pure2 __attribute__((__const__))
#define __packed __attribute__((__packed__))
#define __printflike(format, first) __attribute__((__format__(__printf__, format, first)))
#define __scanflike(format, first) __attribute__((__format__(__scanf__, format, first)))
#define __predict_true(condition) __builtin_expect(!!(condition), 1)
#define __predict_false(condition) __builtin_expect(!!(condition), 0)

#endif
