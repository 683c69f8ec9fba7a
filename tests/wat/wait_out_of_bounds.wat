;; A wait behind the end of the memory traps, also if only the offset leads there.
;; EXIT: 134
(module
  (import "env" "memory" (memory 1 1 shared))
  (export "memory" (memory 0))
  (func (export "_start")
    (drop (memory.atomic.wait32 offset=0xfffffff0 (i32.const 16) (i32.const 0) (i64.const 0)))))
