  ;; Printing for the tests. The functions use the memory from 64 to 107: the text
  ;; up to 95, then the vector for fd_write, then the count that fd_write stores.

  ;; Prints `length` bytes.
  (func $print_text (param $text i32) (param $length i32)
    (i32.store (i32.const 96) (local.get $text))
    (i32.store (i32.const 100) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 96) (i32.const 1) (i32.const 104))))

  ;; Prints a number in hexadecimal, with sixteen digits and a newline.
  (func $print_hex (param $number i64)
    (local $at i32)
    (local.set $at (i32.const 80))
    (i32.store8 (i32.const 80) (i32.const 10))
    (loop $digit
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (call $hex_digit (i32.wrap_i64 (i64.and (local.get $number) (i64.const 15)))))
      (local.set $number (i64.shr_u (local.get $number) (i64.const 4)))
      (br_if $digit (i32.gt_u (local.get $at) (i32.const 64))))
    (call $print_text (i32.const 64) (i32.const 17)))

  (func $hex_digit (param $value i32) (result i32)
    (select (i32.add (local.get $value) (i32.const 48)) (i32.add (local.get $value) (i32.const 87))
      (i32.lt_u (local.get $value) (i32.const 10))))

  ;; Prints an unsigned number in decimal, and a newline.
  (func $print (param $number i32)
    (local $at i32)
    (local.set $at (i32.const 80))
    (i32.store8 (i32.const 80) (i32.const 10))
    (loop $digit
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.add (i32.rem_u (local.get $number) (i32.const 10)) (i32.const 48)))
      (local.set $number (i32.div_u (local.get $number) (i32.const 10)))
      (br_if $digit (local.get $number)))
    (call $print_text (local.get $at) (i32.sub (i32.const 81) (local.get $at))))
