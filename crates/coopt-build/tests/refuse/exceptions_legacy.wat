(module
  (tag $e)
  (func)
  (func $old (export "_start") try throw $e catch $e end))
