(module
  (import "wasi" "thread-spawn" (func (param i32) (result i32)))
  (memory 1 2 shared)
  (func (export "wasi_thread_start") (param i32))
  (func (export "_start")))
