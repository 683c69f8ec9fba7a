;; Loops keep their meaning beside exceptions when every round counts: loops in a `try_table`, around one, and
;; between two of them, where a catch leads to a loop, out of one, or out of all. Each runs for longer than a turn, in
;; two threads at once, and an exception belongs to the thread that throws it.
;; RUN-FLAGS: --preempt=loops
;; SKIP: node: Node runs these instructions by a switch only
;; STDOUT:
;;   40000
;;   99999
;;   30000
;;   20004
;;   50007
;;   8
;;   0
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  (tag $number (param i32))
  (tag $other)

  (func $throw_if (param $condition i32) (param $value i32)
    (if (local.get $condition) (then (throw $number (local.get $value)))))

  ;; A catch that leads to the loop around it, each round.
  (func $to_its_loop (param $rounds i32) (result i32)
    (local $i i32)
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (try_table (catch_all $again)
        (call $throw_if (i32.lt_u (local.get $i) (local.get $rounds)) (i32.const 1))))
    (local.get $i))

  ;; A loop in a `try_table`, which an exception leaves.
  (func $out_of_a_loop (param $rounds i32) (result i32)
    (local $i i32)
    (block $caught (result i32)
      (try_table (catch $number $caught)
        (loop $again
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (call $throw_if (i32.eq (local.get $i) (local.get $rounds)) (local.get $i))
          (br $again)))
      (i32.const -1)))

  ;; A tight loop in a `try_table`, left by branches past it.
  (func $past_it (param $rounds i32) (result i32)
    (local $i i32)
    (block $out
      (block $caught (result i32)
        (try_table (catch $number $caught)
          (loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $out (i32.eq (local.get $i) (local.get $rounds)))
            (br $again)))
        (i32.const 0))
      (drop))
    (local.get $i))

  ;; A loop in a `try_table` in a loop in a `try_table`; catches lead to both loops and out of all.
  (func $in_each_other (param $rounds i32) (result i32)
    (local $i i32) (local $caught i32)
    (block $done
      (try_table (catch $other $done)
        (loop $outer
          (block $number (result i32)
            (try_table (catch $number $number) (catch $other $done)
              (loop $inner
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (if (i32.gt_u (local.get $i) (local.get $rounds)) (then (throw $other)))
                (call $throw_if (i32.eqz (i32.rem_u (local.get $i) (i32.const 5000))) (i32.const 1))
                (try_table (catch $other $inner)
                  (if (i32.rem_u (local.get $i) (i32.const 3)) (then (throw $other))))
                (br $inner)))
            (unreachable))
          (local.set $caught (i32.add (local.get $caught)))
          (br $outer))))
    (i32.add (local.get $caught) (i32.sub (local.get $i) (i32.const 1))))

  ;; Tables of labels in a `try_table`, and a reference that is thrown on.
  (func $thrown_on (param $rounds i32) (result i32)
    (local $i i32) (local $exception exnref)
    (block $caught (result i32)
      (try_table (catch $number $caught)
        (block $all (result exnref)
          (try_table (catch_all_ref $all)
            (block $leave
              (loop $again
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_table $again $leave (i32.ge_u (local.get $i) (local.get $rounds)))))
            (call $throw_if (i32.const 1) (i32.add (local.get $i) (i32.const 7))))
          (unreachable))
        (local.set $exception)
        (loop $wait
          (local.set $i (i32.sub (local.get $i) (i32.const 1)))
          (br_if $wait (local.get $i)))
        (throw_ref (local.get $exception)))
      (unreachable)))

  ;; A catch beside a loop with a result.
  (func $with_result (param $rounds i32) (result i32)
    (local $i i32)
    (block $caught (result i32)
      (try_table (result i32) (catch $number $caught)
        (i32.add (i32.const 3)
          (loop $again (result i32)
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $i) (local.get $rounds)))
            (i32.const 5))))))

  (global $shown (mut i32) (i32.const 0))
  (func $show (param $value i32)
    (if (global.get $shown) (then (call $print (local.get $value))))
    (i32.store (i32.const 64) (i32.const 0)))

  (func $all
    (call $show (call $to_its_loop (i32.const 40000)))
    (call $show (call $out_of_a_loop (i32.const 99999)))
    (call $show (call $past_it (i32.const 30000)))
    (call $show (call $in_each_other (i32.const 20000)))
    (call $show (call $thrown_on (i32.const 50000)))
    (call $show (call $with_result (i32.const 60000))))

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
