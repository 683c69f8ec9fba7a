;; An import may be named wherever a function may: it became a function of the
;; runtime, a trampoline, or stayed an import.
(module
  (type $spawn (func (param i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (type $spawn)))
  (import "coopt" "thread_yield" (func $yield))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (type $spawn)))
  (memory 1)
  (table $table 4 8 funcref)
  (elem $active (table $table) (i32.const 0) func $spawn $yield $close $_start)
  (elem $passive funcref (ref.func $spawn) (ref.null func) (ref.func $yield))
  (elem $declared declare func $yield)
  (func $wasi_thread_start (export "wasi_thread_start") (param i32 i32))
  (func $_start (export "_start")
    (table.set $table (i32.const 1) (ref.func $yield))
    (table.init $table $passive (i32.const 0) (i32.const 0) (i32.const 3))
    (elem.drop $passive)
    (drop (call_indirect $table (type $spawn) (i32.const 0) (i32.const 0)))
    (return_call_indirect $table (i32.const 1))))
