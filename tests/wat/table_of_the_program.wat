;; The program's own tables stay as they are: coopt needs a table for itself, and
;; the program has two tables, of which one is exported as clang names its table.
;; STDOUT:
;;   11
;;   22
;;   33
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  (type $answer (func (result i32)))
  (table $first 1 1 funcref)
  (table $second (export "__indirect_function_table") 2 2 funcref)
  (elem (table $first) (i32.const 0) func $eleven)
  (elem (table $second) (i32.const 0) func $twenty_two $thirty_three)
  ;; INCLUDE: print.wat

  (func $eleven (result i32) (i32.const 11))
  (func $twenty_two (result i32) (i32.const 22))
  (func $thirty_three (result i32) (i32.const 33))

  (func (export "_start")
    (call $print (call_indirect $first (type $answer) (i32.const 0)))
    (call $print (call_indirect $second (type $answer) (i32.const 0)))
    (drop (call $spawn (i32.const 1)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $print (i32.load (i32.const 12)))
    (if (i32.ne (table.size $first) (i32.const 1)) (then unreachable)))

  (func (export "wasi_thread_start") (param $id i32) (param $index i32)
    (i32.store (i32.const 12) (call_indirect $second (type $answer) (local.get $index)))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))))
