;; print: coopt.poll_oneoff coopt.sched_yield
;; Calls that may block are trampolines; the others are functions of the runtime.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write_again (param i32 i32 i32 i32) (result i32)))
  (memory 1)
  (func $_start (export "_start")
    (drop (call $fd_write (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
    (drop (call $fd_write_again (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
    (drop (call $poll_oneoff (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
    (drop (call $sched_yield))
    (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 0)))
    (call $proc_exit (i32.const 0))))
