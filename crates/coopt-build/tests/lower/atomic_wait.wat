;; print: coopt.atomic_wait32 coopt.atomic_wait64 coopt.atomic_notify
;; The offset is an operand of the function: it adds with a carry.
(module
  (memory 1 1 shared)
  (func $_start (export "_start")
    (drop (memory.atomic.wait32 offset=4 (i32.const 0) (i32.const 1) (i64.const -1)))
    (drop (memory.atomic.wait64 offset=4294967288 (i32.const 8) (i64.const 1) (i64.const 0)))
    (drop (memory.atomic.notify offset=4294967292 (i32.const 4) (i32.const -1)))
    atomic.fence))
