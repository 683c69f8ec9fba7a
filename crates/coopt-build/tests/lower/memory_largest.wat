(module
  (memory 65536 65536)
  (func $_start (export "_start")))
