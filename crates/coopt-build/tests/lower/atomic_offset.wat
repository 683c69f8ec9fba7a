;; The alignment check is on address plus offset; only the low bits count, so
;; it may wrap: where it does, the access itself is out of bounds.
(module
  (memory 1 1 shared)
  (func (export "_start"))
  (func $odd (param i32) (result i32) local.get 0 i32.atomic.load offset=3)
  (func $even (param i32) (result i64) local.get 0 i64.atomic.load offset=12)
  (func $aligned (param i32) (result i64) local.get 0 i64.atomic.load offset=65536)
  (func $last (param i32) (result i32) local.get 0 i32.atomic.load16_u offset=4294967295)
  (func $byte (param i32) (result i32) local.get 0 i32.atomic.load8_u offset=4294967295))
