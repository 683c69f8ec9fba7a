;; Every mutable global belongs to the thread, whatever its type: a new thread
;; starts from the initial values, and a switch brings nobody else's.
;; STDOUT:
;;   16
;;   16
;;   0
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  (global $i32 (mut i32) (i32.const 1))
  (global $i64 (mut i64) (i64.const 2))
  (global $f32 (mut f32) (f32.const 3))
  (global $f64 (mut f64) (f64.const 4))
  (global $v128 (mut v128) (v128.const i32x4 0 0 0 6))
  (global $funcref (mut funcref) (ref.null func))
  (global $externref (mut externref) (ref.null extern))
  (global $constant i32 (i32.const 0))
  (elem declare func $set)

  ;; The sum of all globals; the reference counts when it is not null.
  (func $sum (result i32)
    (local $sum i32)
    (local.set $sum (i32.add (global.get $i32) (i32.wrap_i64 (global.get $i64))))
    (local.set $sum (i32.add (local.get $sum) (i32.trunc_f32_u (global.get $f32))))
    (local.set $sum (i32.add (local.get $sum) (i32.trunc_f64_u (global.get $f64))))
    (local.set $sum (i32.add (local.get $sum) (i32x4.extract_lane 3 (global.get $v128))))
    (local.set $sum (i32.add (local.get $sum) (i32.mul (i32.const 1000) (i32.eqz (ref.is_null (global.get $funcref))))))
    (i32.add (local.get $sum) (global.get $constant)))

  ;; Makes the sum zero, or with $reference a thousand.
  (func $set (param $reference i32)
    (global.set $i32 (i32.const 0))
    (global.set $i64 (i64.const 0))
    (global.set $f32 (f32.const 0))
    (global.set $f64 (f64.const 0))
    (global.set $v128 (v128.const i32x4 0 0 0 0))
    (if (local.get $reference) (then (global.set $funcref (ref.func $set)))))

  ;; Word 0: whose turn it is.
  (func $await (param $turn i32)
    (loop $again
      (if (i32.ne (i32.atomic.load (i32.const 0)) (local.get $turn)) (then
        (drop (memory.atomic.wait32 (i32.const 0) (i32.sub (local.get $turn) (i32.const 1)) (i64.const -1)))
        (br $again)))))

  (func $pass (param $turn i32)
    (i32.atomic.store (i32.const 0) (local.get $turn))
    (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))

  (func (export "_start")
    (drop (call $spawn (i32.const 0)))
    (call $await (i32.const 1))
    (call $print (call $sum))
    (call $pass (i32.const 2))
    (call $await (i32.const 3)))

  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $print (call $sum))
    (call $set (i32.const 0))
    (call $pass (i32.const 1))
    (call $await (i32.const 2))
    (call $print (call $sum))
    (call $set (i32.const 1))
    (call $pass (i32.const 3))))
