(module
  (memory 1 2 (pagesize 1))
  (func (export "_start")))
