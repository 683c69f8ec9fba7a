(module
  (memory 1)
  (export "memory" (memory 0))
  (export "mem" (memory 0))
  (export "__indirect_function_table" (func $_start))
  (func $_start (export "_start")))
