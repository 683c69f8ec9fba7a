(module
  (import "env" "memory" (memory 1 2 shared))
  (import "env" "memory2" (memory 1))
  (func (export "_start")))
