(module
  (table 1 (ref func) (ref.func 0))
  (func (export "_start")))
