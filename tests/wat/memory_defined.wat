;; A module may define its memory rather than import it, and use atomics on a
;; memory that is not shared.
;; STDOUT:
;;   7
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2 2)
  ;; INCLUDE: print.wat

  (func (export "_start")
    (i32.atomic.store offset=65536 (i32.const 0) (i32.const 7))
    (call $print (i32.atomic.load offset=65536 (i32.const 0)))))
