;; `ref.func` may name a function because it is exported; the export goes, so
;; the result declares the function.
(module
  (func $_start (export "_start")
    (drop (ref.func $callback))
    (drop (ref.func $_start)))
  (func $callback (export "callback"))
  (func $other (export "other")))
