;; Recurses 100000 deep, then returns: between 4 and 64 MiB of native stack.
(component
  (core module $m
    (func $down (param i32) (result i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
      (i32.mul (call $down (i32.sub (local.get 0) (i32.const 1))) (local.get 0)))
    (func (export "run") (result i32) (call $down (i32.const 100000))))
  (core instance $i (instantiate $m))
  (func $run async (result (result)) (canon lift (core func $i "run")))
  (instance $cli (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $cli)))
