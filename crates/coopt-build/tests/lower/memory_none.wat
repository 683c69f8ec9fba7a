;; The adapter and the event window need a memory.
(module (func $_start (export "_start")))
