(module
  (import "coopt" "thread_teleport" (func))
  (func (export "_start")))
