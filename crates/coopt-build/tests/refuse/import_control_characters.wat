;; What a module says must not reach the terminal as it is.
(module
  (import "host\1b[2J" "a\0ab\e2\80\ae" (func))
  (func (export "_start")))
