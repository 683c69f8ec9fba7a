;; A notification on an unaligned address traps.
;; EXIT: 134
(module
  (import "env" "memory" (memory 1 1 shared))
  (export "memory" (memory 0))
  (func (export "_start")
    (drop (memory.atomic.notify (i32.const 6) (i32.const 0)))))
