;; A function of the program that has no name gets none.
(module
  (func $_start (export "_start") call 1)
  (func))
