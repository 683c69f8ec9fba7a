;; The runtime gets the room it needs.
(module
  (memory 0 0)
  (func $_start (export "_start")))
