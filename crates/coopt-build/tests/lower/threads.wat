;; print: coopt.run coopt.thread_start coopt.perform
;; Each thread starts with the first values of the globals and keeps its own.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "env" "memory" (memory 1 2 shared))
  (global $__stack_pointer (mut i32) (i32.const 65536))
  (global $__tls_size i32 (i32.const 16))
  (global $__tls_base (mut i32) (i32.add (i32.const 8) (i32.mul (i32.const 2) (i32.const 4))))
  (global $vector (mut v128) (v128.const i64x2 1 2))
  (global $reference (mut funcref) (ref.func $spawn))
  (global $nothing (mut externref) (ref.null extern))
  (func $wasi_thread_start (export "wasi_thread_start") (param i32 i32))
  (func $_start (export "_start")
    (drop (call $spawn (i32.const 0)))))
