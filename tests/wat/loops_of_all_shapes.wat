;; Loops keep their meaning when every round counts, and a thread's values are its own while others run: loops with
;; results and without, in each other, left by all kinds of branches, with values of all types in hand. Each runs for
;; longer than a turn, in two threads at once.
;; RUN-FLAGS: --preempt=loops
;; STDOUT:
;;   500000
;;   40000
;;   30004
;;   99999
;;   7
;;   60000
;;   50005
;;   20001
;;   0
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  ;; A loop with a result, whose last round falls through.
  (func $with_result (param $rounds i32) (result i32)
    (local $i i32)
    (loop $again (result i32)
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (local.get $rounds)))
      (local.get $i)))

  ;; Two in each other, left together by one branch.
  (func $nested (param $outer i32) (param $inner i32) (result i32)
    (local $i i32) (local $j i32) (local $sum i32)
    (block $out
      (loop $rows
        (local.set $j (i32.const 0))
        (loop $columns
          (local.set $sum (i32.add (local.get $sum) (i32.const 1)))
          (br_if $out (i32.eq (local.get $sum) (i32.mul (local.get $outer) (local.get $inner))))
          (local.set $j (i32.add (local.get $j) (i32.const 1)))
          (br_if $columns (i32.lt_u (local.get $j) (local.get $inner))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $rows)))
    (local.get $sum))

  ;; A table of labels inside and outside of the loop.
  (func $table (param $rounds i32) (result i32)
    (local $i i32) (local $kinds i32)
    (block $done
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (block $one
          (block $two
            (br_table $one $two $again $done
              (select (i32.const 3) (i32.rem_u (local.get $i) (i32.const 3))
                (i32.gt_u (local.get $i) (local.get $rounds)))))
          (local.set $kinds (i32.add (local.get $kinds) (i32.const 1)))
          (br $again))
        (local.set $kinds (i32.add (local.get $kinds) (i32.const 1)))
        (br $again)))
    (i32.add (local.get $kinds) (i32.rem_u (local.get $rounds) (i32.const 7))))

  ;; Left by a return, below operands of the function.
  (func $returns (param $rounds i32) (result i32)
    (local $i i32)
    (i32.const 5)
    (loop $again
      (if (i32.eq (local.get $i) (local.get $rounds)) (then (return (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $again))
    (unreachable))

  ;; Values of all types go on, and operands below the loop stay.
  (func $types (param $rounds i32) (result i32)
    (local $i i32) (local $i64 i64) (local $f32 f32) (local $f64 f64) (local $v128 v128)
    (local.set $f64 (f64.const nan:0x8000000000123))
    (local.set $v128 (v128.const i32x4 1 2 3 4))
    (i32.const 3)
    (loop $again
      (local.set $i64 (i64.add (local.get $i64) (i64.const 0x1_0000_0001)))
      (local.set $f32 (f32.add (local.get $f32) (f32.const 1)))
      (local.set $f64 (f64.neg (f64.neg (local.get $f64))))
      (local.set $v128 (i32x4.add (local.get $v128) (v128.const i32x4 0 0 0 1)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (local.get $rounds))))
    (i32.eq (local.get $i) (i32.wrap_i64 (i64.shr_u (local.get $i64) (i64.const 32))))
    (i32.add)
    (i32.eq (local.get $i) (i32.trunc_f32_u (local.get $f32)))
    (i32.add)
    (i64.eq (i64.reinterpret_f64 (local.get $f64)) (i64.const 0x7ff8_0000_0000_0123))
    (i32.add)
    (i32.eq (i32.add (local.get $i) (i32.const 4)) (i32x4.extract_lane 3 (local.get $v128)))
    (i32.add))

  ;; A call in each round, and the loop is the whole of an `if`.
  (func $calls (param $rounds i32) (result i32)
    (local $i i32)
    (if (result i32) (local.get $rounds)
      (then
        (loop $again (result i32)
          (local.set $i (i32.add (local.get $i) (call $identity (i32.const 1))))
          (br_if $again (i32.ne (local.get $i) (local.get $rounds)))
          (local.get $i)))
      (else (i32.const -1))))
  (func $identity (param i32) (result i32) (local.get 0))

  ;; A loop that takes an operand each time.
  (func $with_operand (param $rounds i32) (result i32)
    (i32.const 5)
    (loop $again (param i32) (result i32)
      (i32.add (i32.const 1))
      (br_if $again (i32.lt_u (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0x8000_0000)))
      (i32.const 1)
      (i32.sub)))

  ;; A branch to the end of the function itself.
  (func $to_the_end (param $rounds i32) (result i32)
    (local $i i32)
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (drop (br_if 1 (local.get $i) (i32.gt_u (local.get $i) (local.get $rounds))))
      (br $again))
    (i32.const -2))

  (global $shown (mut i32) (i32.const 0))
  (func $show (param $value i32)
    (if (global.get $shown) (then (call $print (local.get $value))))
    (i32.store (i32.const 64) (i32.const 0)))

  (func $all
    (call $show (call $with_result (i32.const 500000)))
    (call $show (call $nested (i32.const 4) (i32.const 10000)))
    (call $show (call $table (i32.const 45000)))
    (call $show (call $returns (i32.const 99999)))
    (call $show (call $types (i32.const 300000)))
    (call $show (call $calls (i32.const 60000)))
    (call $show (call $with_operand (i32.const 50000)))
    (call $show (call $to_the_end (i32.const 20000))))

  (func (export "_start")
    (if (i32.lt_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (global.set $shown (i32.const 1))
    (call $all)
    (call $await)
    (call $print (i32.const 0)))

  ;; Word 0: whether the other thread has ended.
  (func $await
    (loop $again
      (if (i32.eqz (i32.atomic.load (i32.const 0))) (then
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
        (br $again)))))

  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $all)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))))
