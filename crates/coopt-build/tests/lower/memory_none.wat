;; The event window needs a memory.
(module (func $_start (export "_start")))
