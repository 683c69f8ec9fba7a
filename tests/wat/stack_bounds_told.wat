;; A module without a name section tells where its thread's stack lies. Frames that fit are let
;; through, and what lies below is not written to.
;; EXIT: 134
;; STDERR-CONTAINS: thread 2 trapped: its stack of 4096 bytes has overflowed
;; SKIP: node: knows nothing of coopt
(module
  (import "wasi" "thread-spawn" (func (param i32) (result i32)))
  (import "coopt" "stack_bounds" (func (param i32 i32)))
  (import "env" "memory" (memory 1 1 shared))
  (global (mut i32) (i32.const 32768))
  (export "memory" (memory 0))
  ;; Lowers the stack pointer by 256, writes to the frame, and calls itself so many times.
  (func (param i32) (local i32)
    global.get 0
    i32.const 256
    i32.sub
    local.tee 1
    global.set 0
    (if (i32.lt_u (local.get 1) (i32.const 40960)) (then unreachable))
    (i32.store (local.get 1) (i32.const 1))
    (if (local.get 0) (then (call 2 (i32.sub (local.get 0) (i32.const 1)))))
    local.get 1
    i32.const 256
    i32.add
    global.set 0)
  (func (export "_start")
    (drop (call 0 (i32.const 0)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func (export "wasi_thread_start") (param i32 i32)
    (global.set 0 (i32.const 45056))
    (call 1 (i32.const 40960) (i32.const 4096))
    (call 2 (i32.const 10))
    (call 2 (i32.const 20))))
