(module
  (import "wasi" "thread-spawn" (func (param i64) (result i32)))
  (func (export "wasi_thread_start") (param i32 i32))
  (func (export "_start")))
