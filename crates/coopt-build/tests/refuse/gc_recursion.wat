(module
  (rec (type (func)) (type (func (param i32))))
  (func (export "_start")))
