;; A module without a name section traps with a report all the same.
;; EXIT: 134
;; STDERR-CONTAINS: thread 2 trapped
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi" "thread-spawn" (func (param i32) (result i32)))
  (export "memory" (memory 0))
  (func (export "_start")
    (drop (call 0 (i32.const 0)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func (export "wasi_thread_start") (param i32 i32) unreachable))
