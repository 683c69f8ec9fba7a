(module
  (import "host" "magic" (func))
  (func (export "_start")))
