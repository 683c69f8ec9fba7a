(module
  (memory i64 1 2 shared)
  (func (export "_start")))
