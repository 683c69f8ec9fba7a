;; print: coopt.run coopt.thread_start coopt.thread_exit
;; Ends a thread by a throw of a tag that comes after the program's own.
(module
  (import "coopt" "thread_spawn" (func $spawn (param i32) (result i32)))
  (import "coopt" "thread_exit" (func $exit))
  (memory 1)
  (tag $mine (param i32))
  (func $wasi_thread_start (export "wasi_thread_start") (param i32 i32)
    (block $caught (result i32)
      (try_table (catch $mine $caught) (call $exit))
      (throw $mine (i32.const 1)))
    drop)
  (func $_start (export "_start")
    (drop (call $spawn (i32.const 0)))
    (return_call $exit)))
