;; A waiter is moved to an address where no memory is. The deadlock's report tells so.
;; EXIT: 124
;; STDERR-CONTAINS: coopt: deadlock: every thread waits
;; STDERR-CONTAINS: thread 2 waits for the mutex at 0xfffffff0
;; SKIP: node: knows nothing of coopt
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "coopt" "futex_wait" (func $wait (param i32 i32 i32 i32 i64) (result i32)))
  (import "coopt" "futex_requeue" (func $requeue (param i32 i32 i32 i32) (result i32)))
  (import "coopt" "thread_yield" (func $yield))
  (import "env" "memory" (memory 1 10 shared))
  (export "memory" (memory 0))
  (func $wait_at (param i32)
    (drop (call $wait (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0) (i64.const -1))))
  (func (export "wasi_thread_start") (param i32 i32)
    (call $wait_at (i32.const 64)))
  (func (export "_start")
    (drop (call $spawn (i32.const 0)))
    (call $yield)
    (drop (call $requeue (i32.const 64) (i32.const -16) (i32.const 0) (i32.const 1)))
    (call $wait_at (i32.const 128))))
