(module
  (func $f)
  (func (export "_start") (drop (ref.func $f))))
