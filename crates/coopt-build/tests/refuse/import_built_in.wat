;; Only generated code switches threads (invariant I1).
(module
  (import "$root" "[thread-suspend]" (func (result i32)))
  (func (export "_start")))
