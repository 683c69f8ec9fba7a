(module
  (func (export "_start"))
  (func (export "_start")))
