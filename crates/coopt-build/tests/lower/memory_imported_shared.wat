(module
  (import "env" "memory" (memory 2 10 shared))
  (func $_start (export "_start")))
