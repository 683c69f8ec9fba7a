;; A library: nothing to start.
(component
  (core module $m (func (export "add") (result i32) (i32.const 0)))
  (core instance $i (instantiate $m))
  (func $add (result u32) (canon lift (core func $i "add")))
  (instance $math (export "add" (func $add)))
  (export "example:math/add@1.0.0" (instance $math)))
