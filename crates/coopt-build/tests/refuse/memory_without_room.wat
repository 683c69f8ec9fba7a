(module
  (memory 65535 65536)
  (func $_start (export "_start")))
