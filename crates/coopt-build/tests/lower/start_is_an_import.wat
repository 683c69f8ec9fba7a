;; The export and the start function may be imports.
(module
  (import "coopt" "thread_yield" (func $yield))
  (export "_start" (func $yield))
  (start $yield))
