;; A notification wakes at most as many waiters as it says and returns how many.
;; 32- and 64-bit waiters on one address are one queue.
;; STDOUT:
;;   0
;;   1
;;   3
;;   0
;;   4
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  ;; Word 8: the waiters wait on it. Word 16: how many of them have been woken.

  ;; Notifies until `$expected` waiters in all have been woken.
  (func $wake (param $expected i32) (param $at_once i32) (result i32)
    (local $woken i32)
    (loop $again
      (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (i32.const 8) (local.get $at_once))))
      (drop (call $yield))
      (br_if $again (i32.lt_u (local.get $woken) (local.get $expected))))
    (local.get $woken))

  (func (export "_start")
    (local $i i32)
    (call $print (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (loop $next
      (drop (call $spawn (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 4))))
    (call $print (call $wake (i32.const 1) (i32.const 1)))
    (call $print (call $wake (i32.const 3) (i32.const -1)))
    (call $print (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (loop $again
      (drop (call $yield))
      (br_if $again (i32.lt_u (i32.atomic.load (i32.const 16)) (i32.const 4))))
    (call $print (i32.atomic.load (i32.const 16))))

  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (if (i32.and (local.get $argument) (i32.const 1))
      (then (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
      (else (drop (memory.atomic.wait64 (i32.const 8) (i64.const 0) (i64.const -1)))))
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))))
