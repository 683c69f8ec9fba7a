;; Thread ids are positive, at most 2^29 - 1, and no two live threads have the
;; same. Each thread is told its own id.
;; STDOUT:
;;   100
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  ;; INCLUDE: print.wat

  ;; Word 8: how many threads have stored their id in the table at 1024. Then the
  ;; threads wait on word 12 for ever, so that all live at once.

  (func $check (param $id i32)
    (if (i32.or (i32.lt_s (local.get $id) (i32.const 1)) (i32.ge_s (local.get $id) (i32.const 0x20000000)))
      (then unreachable)))

  ;; Spawns a hundred threads, and stores the returned ids in the table at 2048.
  (func $spawn_all
    (local $i i32) (local $id i32)
    (loop $next
      (local.set $id (call $spawn (local.get $i)))
      (call $check (local.get $id))
      (i32.store offset=2048 (i32.shl (local.get $i) (i32.const 2)) (local.get $id))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 100)))))

  (func $await_all
    (local $count i32)
    (loop $again
      (local.set $count (i32.atomic.load (i32.const 8)))
      (if (i32.lt_u (local.get $count) (i32.const 100)) (then
        (drop (memory.atomic.wait32 (i32.const 8) (local.get $count) (i64.const -1)))
        (br $again)))))

  ;; Compares the ids that the threads were told with those that the creator was
  ;; told, and with each other.
  (func $compare
    (local $i i32) (local $j i32)
    (loop $next
      (if (i32.ne (i32.load offset=1024 (local.get $i)) (i32.load offset=2048 (local.get $i))) (then unreachable))
      (local.set $j (local.get $i))
      (loop $other
        (local.set $j (i32.add (local.get $j) (i32.const 4)))
        (if (i32.lt_u (local.get $j) (i32.const 400)) (then
          (if (i32.eq (i32.load offset=1024 (local.get $i)) (i32.load offset=1024 (local.get $j))) (then unreachable))
          (br $other))))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 400)))))

  (func (export "_start")
    (call $spawn_all)
    (call $await_all)
    (call $compare)
    (call $print (i32.atomic.load (i32.const 8))))

  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $check (local.get $id))
    (i32.store offset=1024 (i32.shl (local.get $argument) (i32.const 2)) (local.get $id))
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
    (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1)))))
