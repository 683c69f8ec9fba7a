;; Names of the guest that are not there are not made up.
(module
  (func (export "_start") call 1)
  (func))
