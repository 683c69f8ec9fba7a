;; Code that is never reached is still typed.
(module
  (memory 1 1 shared)
  (func $_start (export "_start")
    unreachable
    i32.atomic.rmw.add
    drop
    i64.atomic.rmw8.cmpxchg_u
    i64.atomic.store
    memory.atomic.wait64
    memory.atomic.notify
    i32.atomic.load16_u
    drop))
