;; What looks a path up in the C library's list of directories tells the runtime when it finds
;; none. A function of that name and another type is none of these.
(module
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func $__wasilibc_find_abspath (param i32 i32 i32) (result i32)
    i32.const -1)
  (func $__wasilibc_find_relpath (param i32 i32 i32 i32) (result i32)
    (call $__wasilibc_find_abspath (local.get 0) (local.get 1) (local.get 2)))
  (func $__wasilibc_find_relpath_alloc (param i64 i32 i32 i32 i32) (result i32)
    i32.const -1)
  (func (export "_start")
    (drop (call $__wasilibc_find_relpath (i32.const 8) (i32.const 0) (i32.const 0) (i32.const 0)))
    (drop (call $__wasilibc_find_relpath_alloc
      (i64.const 8) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))))
