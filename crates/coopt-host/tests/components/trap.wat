;; Divides by zero while its second memory, like that of coopt's runtime, says
;; that thread 3 `worker` runs. One frame has a name that is coopt's own.
(component
  (core module $m
    (memory 1)
    (memory $runtime 1)
    (data (memory $runtime) (i32.const 4096)
      "coopt-runtime-v0" "\03\00\00\00" "\06\00\00\00" "worker")
    (func $divide (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
    (func $coopt.start (result i32) (call $divide (i32.const 1) (i32.const 0)))
    (func $_ZN7example4main17h0123456789abcdefE (export "run") (result i32) (call $coopt.start)))
  (core instance $i (instantiate $m))
  (func $run async (result (result)) (canon lift (core func $i "run")))
  (instance $cli (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $cli)))
