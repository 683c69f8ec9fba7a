;; The adapter exports it for itself; no program may call it.
(module
  (import "wasi_snapshot_preview1" "cabi_import_realloc" (func (param i32 i32 i32 i32) (result i32)))
  (func (export "_start")))
