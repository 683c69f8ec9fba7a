;; Suspends its only thread: nobody is left to resume it.
(component
  (core func $suspend (canon thread.suspend))
  (core module $m
    (import "" "suspend" (func $suspend (result i32)))
    (func (export "run") (result i32) (call $suspend)))
  (core instance $i (instantiate $m (with "" (instance (export "suspend" (func $suspend))))))
  (func $run async (result (result)) (canon lift (core func $i "run")))
  (instance $cli (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $cli)))
