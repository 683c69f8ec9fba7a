;; Names of the program that are not there are not made up.
(module
  (func (export "_start") call 1)
  (func))
