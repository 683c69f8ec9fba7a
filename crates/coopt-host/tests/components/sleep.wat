;; Sleeps 50000 ns, 200 times. Exits with 255 when a sleep ended early, else with
;; how many in a hundred took more than 150000 ns.
(component
  (import "wasi:clocks/types@0.3.0" (instance $types
    (type $d u64) (export "duration" (type $duration (eq $d)))))
  (alias export $types "duration" (type $duration))
  (import "wasi:clocks/monotonic-clock@0.3.0" (instance $clock
    (alias outer 1 $duration (type $outer))
    (export "duration" (type $duration (eq $outer)))
    (type $m u64) (export "mark" (type $mark (eq $m)))
    (export "now" (func (result $mark)))
    (export "wait-for" (func async (param "how-long" $duration)))))
  (import "wasi:cli/exit@0.3.0" (instance $exit
    (export "exit-with-code" (func (param "status-code" u8)))))
  (core func $now (canon lower (func $clock "now")))
  (core func $wait (canon lower (func $clock "wait-for")))
  (core func $exit (canon lower (func $exit "exit-with-code")))
  (core module $m
    (import "" "now" (func $now (result i64)))
    (import "" "wait" (func $wait (param i64)))
    (import "" "exit" (func $exit (param i32)))
    (func (export "run") (result i32)
      (local $left i32) (local $late i32) (local $before i64) (local $took i64)
      (local.set $left (i32.const 200))
      (loop $again
        (local.set $before (call $now))
        (call $wait (i64.const 50000))
        (local.set $took (i64.sub (call $now) (local.get $before)))
        (if (i64.lt_u (local.get $took) (i64.const 50000)) (then (call $exit (i32.const 255))))
        (local.set $late (i32.add (local.get $late)
          (i64.gt_u (local.get $took) (i64.const 150000))))
        (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (call $exit (i32.div_u (i32.mul (local.get $late) (i32.const 100)) (i32.const 200)))
      unreachable))
  (core instance $i (instantiate $m (with "" (instance
    (export "now" (func $now)) (export "wait" (func $wait)) (export "exit" (func $exit))))))
  (func $run async (result (result)) (canon lift (core func $i "run")))
  (instance $cli (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $cli)))
