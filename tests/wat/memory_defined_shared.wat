;; A shared memory that the module defines is shared by its threads.
;; STDOUT:
;;   42
;; SKIP: node: an instance for each thread would define a memory for each
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (memory (export "memory") 1 1 shared)
  ;; INCLUDE: print.wat

  (func (export "_start")
    (drop (call $spawn (i32.const 42)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $print (i32.atomic.load (i32.const 8))))

  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (i32.atomic.store (i32.const 8) (local.get $argument))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))))
