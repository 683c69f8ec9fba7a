;; What waits and notifications return without another thread: a wait 1 when the
;; value differs and 2 when the time is up, a notification 0.
;; STDOUT:
;;   1
;;   2
;;   1
;;   2
;;   1
;;   2
;;   0
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  (func (export "_start")
    (i64.store (i32.const 8) (i64.const 0x1_0000_0000))
    (call $print (memory.atomic.wait32 (i32.const 12) (i32.const 7) (i64.const -1)))
    (call $print (memory.atomic.wait32 (i32.const 12) (i32.const 1) (i64.const 1000000)))
    ;; All 64 bits count: here only the upper ones differ.
    (call $print (memory.atomic.wait64 (i32.const 8) (i64.const 0) (i64.const -1)))
    (call $print (memory.atomic.wait64 (i32.const 8) (i64.const 0x1_0000_0000) (i64.const 1000000)))
    ;; The value is compared before the time.
    (call $print (memory.atomic.wait32 (i32.const 12) (i32.const 7) (i64.const 0)))
    (call $print (memory.atomic.wait32 (i32.const 12) (i32.const 1) (i64.const 0)))
    (call $print (memory.atomic.notify (i32.const 12) (i32.const -1)))))
