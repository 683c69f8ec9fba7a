;; A wait on an unaligned address traps, even one that would not wait.
;; EXIT: 134
(module
  (import "env" "memory" (memory 1 1 shared))
  (export "memory" (memory 0))
  (func (export "_start")
    (drop (memory.atomic.wait64 (i32.const 12) (i64.const 1) (i64.const 0)))))
