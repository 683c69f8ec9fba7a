(module
  (import "wasi" "thread-spawn" (func (param i32) (result i32)))
  (memory (export "wasi_thread_start") 1)
  (func (export "_start")))
