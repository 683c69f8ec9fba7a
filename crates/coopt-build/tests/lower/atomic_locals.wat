;; Temporaries come after the locals that are there; fences and waits need none.
(module
  (memory 1 1 shared)
  (func $_start (export "_start") (local f32 v128 i32 i32)
    (local.set 3 (i32.atomic.rmw.add (local.get 2) (local.get 3))))
  (func $fence (local i32) atomic.fence)
  (func $params (param i32 i64) (i64.atomic.store (local.get 0) (local.get 1))))
