(module
  (type $f (func))
  (func (param (ref $f)))
  (func (export "_start")))
