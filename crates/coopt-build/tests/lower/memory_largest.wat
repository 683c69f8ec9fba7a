(module
  (memory 65534 65536)
  (func $_start (export "_start")))
