;; The start function runs once, before anything else, and not for each thread,
;; because coopt has one instance. The function may be clang's initialisation of a
;; shared memory, in which the first thread to come does the work.
;; STDOUT:
;;   1
(module
  (import "env" "memory" (memory 1 1 shared))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (export "memory" (memory 0))
  (start $initialise)
  ;; INCLUDE: print.wat

  ;; Word 0: 0 at first, 1 while a thread initialises, then 2. Word 4: how often the
  ;; function has initialised.
  (func $initialise
    (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
      (then
        (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
        (i32.atomic.store (i32.const 0) (i32.const 2))
        (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1))))))

  (func (export "_start")
    (drop (call $spawn (i32.const 0)))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
    (call $print (i32.load (i32.const 4))))

  (func (export "wasi_thread_start") (param i32 i32)
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))))
