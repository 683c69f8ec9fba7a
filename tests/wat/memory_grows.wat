;; One thread grows the memory, and another uses the new pages.
;; SKIP: node: V8 tells a worker late that another has grown the memory
;; STDOUT:
;;   2
;;   5
(module
  (import "env" "memory" (memory 1 16 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  (func (export "_start")
    (local $before i32)
    (local.set $before (memory.size))
    (drop (call $spawn (i32.const 2)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $print (i32.sub (memory.size) (local.get $before)))
    (call $print (i32.load (i32.load (i32.const 12)))))

  ;; Word 12: an address in the last page.
  (func (export "wasi_thread_start") (param $id i32) (param $pages i32)
    (drop (memory.grow (local.get $pages)))
    (i32.store (i32.const 12) (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 4)))
    (i32.store (i32.load (i32.const 12)) (i32.const 5))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))))
