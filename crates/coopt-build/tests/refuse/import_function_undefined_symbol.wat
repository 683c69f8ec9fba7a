(module
  (import "env" "pthread_create" (func (param i32 i32 i32 i32) (result i32)))
  (func (export "_start")))
