;; threads: off
;; print: coopt.run coopt.perform
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (memory 1 2 shared)
  (global $__stack_pointer (mut i32) (i32.const 65536))
  (func $wasi_thread_start (export "wasi_thread_start") (param i32 i32))
  (func $_start (export "_start")
    (drop (call $spawn (i32.const 0)))))
