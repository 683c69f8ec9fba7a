;; Passive and active segments, and a start function that uses them.
(module
  (memory 1 1 shared)
  (data $tdata "tls")
  (data $active (offset (i32.add (i32.const 8) (i32.const 8))) "active")
  (data $rodata "read only")
  (start $__wasm_init_memory)
  (func $__wasm_init_memory
    (memory.init $tdata (i32.const 0) (i32.const 0) (i32.const 3))
    (memory.init $rodata (i32.const 64) (i32.const 0) (i32.const 9))
    (data.drop $rodata)
    (memory.fill (i32.const 128) (i32.const 0) (i32.const 16))
    (memory.copy (i32.const 256) (i32.const 0) (i32.const 3)))
  (func $_start (export "_start")))
