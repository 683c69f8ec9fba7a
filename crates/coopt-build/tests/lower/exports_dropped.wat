;; Nothing but `_start` may be entered from outside.
(module
  (memory 1)
  (table (export "__indirect_function_table") 1 funcref)
  (global $sp (export "__stack_pointer") (mut i32) (i32.const 1024))
  (tag $oops (export "oops"))
  (func $cabi_realloc (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
  (func $_initialize (export "_initialize"))
  (func $_start (export "_start")))
