;; What the Component Model's thread built-ins cost by themselves: the yardstick
;; for everything that coopt builds on them. The program is written by hand, so
;; that nothing stands between the loop and the built-in.
;;
;; The program writes one line for each measurement to standard error, as the C
;; programs do:
;;
;;   switch_round_trip   two threads resume each other by suspend-then-resume
;;   switch_ring_16      one switch among 16 threads, each of which resumes the next
;;   switch_ring_100     one switch among 100 threads
;;   yield               thread.yield with no other thread to run
;;   create_run_end      a thread is made, runs at once, wakes its maker, ends
;;   create_yield        the same, but the maker yields, so the thread need not wake it
;;   clock               one reading of the monotonic clock
;;
;; Each measurement is the best of 12 repeats, as in the C programs.
(component
  (import "wasi:clocks/monotonic-clock@0.3.0" (instance $clock
    (type $mark u64)
    (export "mark" (type (eq $mark)))
    (export "now" (func (result u64)))))
  (import "wasi:io/error@0.2.6" (instance $error
    (export "error" (type (sub resource)))))
  (alias export $error "error" (type $error))
  (import "wasi:io/streams@0.2.6" (instance $streams
    (export "output-stream" (type $output (sub resource)))
    (alias outer 1 $error (type $error))
    (export "error" (type $e (eq $error)))
    (type $own-error (own $e))
    (type $failure (variant (case "last-operation-failed" $own-error) (case "closed")))
    (export "stream-error" (type $stream-error (eq $failure)))
    (type $bytes (list u8))
    (type $outcome (result (error $stream-error)))
    (type $self (borrow $output))
    (export "[method]output-stream.blocking-write-and-flush"
      (func (param "self" $self) (param "contents" $bytes) (result $outcome)))))
  (alias export $streams "output-stream" (type $output))
  (import "wasi:cli/stderr@0.2.6" (instance $stderr
    (alias outer 1 $output (type $output))
    (export "output-stream" (type $stream (eq $output)))
    (type $own (own $stream))
    (export "get-stderr" (func (result $own)))))

  (core module $shared
    (memory (export "memory") 1)
    (table (export "table") 9 funcref))
  (core instance $shared (instantiate $shared))
  (alias core export $shared "memory" (core memory $memory))
  (alias core export $shared "table" (core table $table))

  (core type $start (func (param i32)))
  (core func $new (canon thread.new-indirect $start (core table $table)))
  (core func $index (canon thread.index))
  (core func $suspend-then-resume (canon thread.suspend-then-resume))
  (core func $yield-then-resume (canon thread.yield-then-resume))
  (core func $resume-later (canon thread.resume-later))
  (core func $yield (canon thread.yield))
  (core func $now (canon lower (func $clock "now")))
  (core func $get-stderr (canon lower (func $stderr "get-stderr")))
  (core func $write (canon lower
    (func $streams "[method]output-stream.blocking-write-and-flush")
    (memory $memory)))

  (core module $bench
    (import "" "memory" (memory 1))
    (import "" "table" (table 9 funcref))
    (import "" "new" (func $new (param i32 i32) (result i32)))
    (import "" "index" (func $index (result i32)))
    (import "" "suspend-then-resume" (func $suspend-then-resume (param i32) (result i32)))
    (import "" "yield-then-resume" (func $yield-then-resume (param i32) (result i32)))
    (import "" "resume-later" (func $resume-later (param i32)))
    (import "" "yield" (func $yield (result i32)))
    (import "" "now" (func $now (result i64)))
    (import "" "get-stderr" (func $get-stderr (result i32)))
    (import "" "write" (func $write (param i32 i32 i32 i32)))

    (global $main (mut i32) (i32.const 0))
    (global $stderr (mut i32) (i32.const 0))
    (global $began (mut i64) (i64.const 0))

    ;; The start functions, then the measured functions.
    (elem (i32.const 0) func $member $short
      $switch_round_trip $switch_ring_16 $switch_ring_100
      $yields $create_run_end $create_yield $clock)

    ;; A thread of a ring: resumes the next thread, for ever.
    (func $member (param $next i32)
      (loop $again
        (drop (call $suspend-then-resume (local.get $next)))
        (br $again)))
    ;; Wakes the main thread if $wake is not 0, and ends.
    (func $short (param $wake i32)
      (if (local.get $wake) (then (call $resume-later (global.get $main)))))

    (func $switch_round_trip (param $left i32)
      (call $ring (i32.const 2) (local.get $left)))
    (func $switch_ring_16 (param $left i32)
      (call $ring (i32.const 16) (i32.div_u (local.get $left) (i32.const 16))))
    (func $switch_ring_100 (param $left i32)
      (call $ring (i32.const 100) (i32.div_u (local.get $left) (i32.const 100))))

    ;; $laps round a ring of $size threads, of which the main thread is one.
    (func $ring (param $size i32) (param $laps i32)
      (local $next i32)
      (local.set $next (global.get $main))
      (loop $another
        (local.set $next (call $new (i32.const 0) (local.get $next)))
        (br_if $another (i32.gt_u
          (local.tee $size (i32.sub (local.get $size) (i32.const 1)))
          (i32.const 1))))
      (drop (call $suspend-then-resume (local.get $next))) ;; the stacks are made here
      (call $begin)
      (loop $again
        (drop (call $suspend-then-resume (local.get $next)))
        (br_if $again (local.tee $laps (i32.sub (local.get $laps) (i32.const 1))))))

    (func $yields (param $left i32)
      (call $begin)
      (loop $again
        (drop (call $yield))
        (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))

    (func $create_run_end (param $left i32)
      (call $begin)
      (loop $again
        (drop (call $suspend-then-resume (call $new (i32.const 1) (i32.const 1))))
        (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))

    (func $create_yield (param $left i32)
      (call $begin)
      (loop $again
        (drop (call $yield-then-resume (call $new (i32.const 1) (i32.const 0))))
        (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))

    (func $clock (param $left i32)
      (call $begin)
      (loop $again
        (drop (call $now))
        (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))

    ;; Notes the time: the measurement begins here.
    (func $begin (global.set $began (call $now)))

    ;; Calls function $of of the table 12 times for $count operations, and
    ;; reports the shortest time.
    (func $measure (param $name i32) (param $of i32) (param $count i32)
      (local $left i32) (local $took i64) (local $best i64)
      (local.set $left (i32.const 12))
      (local.set $best (i64.const -1))
      (loop $again
        (call_indirect (param i32) (local.get $count) (local.get $of))
        (local.set $took (i64.sub (call $now) (global.get $began)))
        (if (i64.lt_u (local.get $took) (local.get $best))
          (then (local.set $best (local.get $took))))
        (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (call $report (local.get $name) (local.get $best) (i64.extend_i32_u (local.get $count))))

    ;; Writes "name nanoseconds.hundredths\n": $took divided by $count. A zero
    ;; ends the name.
    (func $report (param $name i32) (param $took i64) (param $count i64)
      (local $hundredths i64) (local $at i32) (local $digits i32)
      (local.set $hundredths
        (i64.div_u (i64.mul (local.get $took) (i64.const 100)) (local.get $count)))
      ;; The number is written backwards from the end of the line.
      (local.set $at (i32.const 1023))
      (i32.store8 (local.get $at) (i32.const 10))
      (loop $digit
        (if (i32.eq (local.get $digits) (i32.const 2)) (then
          (local.set $at (i32.sub (local.get $at) (i32.const 1)))
          (i32.store8 (local.get $at) (i32.const 46))))
        (local.set $at (i32.sub (local.get $at) (i32.const 1)))
        (i32.store8 (local.get $at)
          (i32.add (i32.const 48)
            (i32.wrap_i64 (i64.rem_u (local.get $hundredths) (i64.const 10)))))
        (local.set $hundredths (i64.div_u (local.get $hundredths) (i64.const 10)))
        (local.set $digits (i32.add (local.get $digits) (i32.const 1)))
        (br_if $digit (i32.or
          (i64.ne (local.get $hundredths) (i64.const 0))
          (i32.lt_u (local.get $digits) (i32.const 3)))))
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.const 32))
      (call $print (local.get $name) (call $length (local.get $name)))
      (call $print (local.get $at) (i32.sub (i32.const 1024) (local.get $at))))

    (func $length (param $text i32) (result i32)
      (local $end i32)
      (local.set $end (local.get $text))
      (loop $again
        (if (i32.load8_u (local.get $end)) (then
          (local.set $end (i32.add (local.get $end) (i32.const 1)))
          (br $again))))
      (i32.sub (local.get $end) (local.get $text)))

    (func $print (param $text i32) (param $length i32)
      (call $write (global.get $stderr) (local.get $text) (local.get $length) (i32.const 1024)))

    (data (i32.const 0) "switch_round_trip\00")
    (data (i32.const 32) "switch_ring_16\00")
    (data (i32.const 64) "switch_ring_100\00")
    (data (i32.const 96) "yield\00")
    (data (i32.const 128) "create_run_end\00")
    (data (i32.const 160) "create_yield\00")
    (data (i32.const 192) "clock\00")

    (func (export "run") (result i32)
      (global.set $main (call $index))
      (global.set $stderr (call $get-stderr))
      (call $measure (i32.const 0) (i32.const 2) (i32.const 6000))
      (call $measure (i32.const 32) (i32.const 3) (i32.const 16000))
      (call $measure (i32.const 64) (i32.const 4) (i32.const 20000))
      (call $measure (i32.const 96) (i32.const 5) (i32.const 10000))
      (call $measure (i32.const 128) (i32.const 6) (i32.const 2500))
      (call $measure (i32.const 160) (i32.const 7) (i32.const 2500))
      (call $measure (i32.const 192) (i32.const 8) (i32.const 20000))
      (i32.const 0)))
  (core instance $bench (instantiate $bench (with "" (instance
    (export "memory" (memory $memory))
    (export "table" (table $table))
    (export "new" (func $new))
    (export "index" (func $index))
    (export "suspend-then-resume" (func $suspend-then-resume))
    (export "yield-then-resume" (func $yield-then-resume))
    (export "resume-later" (func $resume-later))
    (export "yield" (func $yield))
    (export "now" (func $now))
    (export "get-stderr" (func $get-stderr))
    (export "write" (func $write))))))
  (func $run async (result (result)) (canon lift (core func $bench "run")))
  (instance $cli (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $cli)))
