;; The adapter exports this function for its own use; no program may call it.
(module
  (import "wasi_snapshot_preview1" "cabi_import_realloc" (func (param i32 i32 i32 i32) (result i32)))
  (func (export "_start")))
