;; print: coopt.stack_of_main coopt.stack_of_thread
(module
  (import "env" "memory" (memory 1 2 shared))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (global $__stack_pointer (mut i32) (i32.const 32768))
  (data (i32.const 1024) "below the stack")
  (func $small (local i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 0
    global.set $__stack_pointer
    local.get 0
    i32.const 16
    i32.add
    global.set $__stack_pointer)
  (func $large (local i32)
    global.get $__stack_pointer
    i32.const 4096
    i32.sub
    local.tee 0
    global.set $__stack_pointer
    local.get 0
    i32.const 4096
    i32.add
    global.set $__stack_pointer)
  (func $unoptimised (local i32)
    global.get $__stack_pointer
    local.set 0
    local.get 0
    i32.const 16
    i32.sub
    local.set 0
    local.get 0
    global.set $__stack_pointer)
  (func $_start (export "_start") (drop (call $spawn (i32.const 0))))
  (func $wasi_thread_start (export "wasi_thread_start") (param i32 i32)
    local.get 1
    i32.load
    global.set $__stack_pointer))
