;; The memory is as large as the module says and as its threads make it, up to
;; the maximum. WASI works at the maximum, too.
;; FAILS: coopt: the runtime keeps in the program's memory what it gives the host
;; FAILS: wasmtime: the runtime keeps in the program's memory what it gives the host
;; SKIP: node: V8 tells a worker late that another has grown the memory
;; STDOUT:
;;   1
;;   3
;;   5
;;   4294967295
(module
  (import "env" "memory" (memory 1 3 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  (func (export "_start")
    (call $print (memory.size))
    (drop (call $spawn (i32.const 2)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $print (memory.size))
    (call $print (i32.load offset=196604 (i32.const 0)))
    (call $print (memory.grow (i32.const 1))))

  (func (export "wasi_thread_start") (param $id i32) (param $pages i32)
    (drop (memory.grow (local.get $pages)))
    (i32.store offset=196604 (i32.const 0) (i32.const 5))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))))
