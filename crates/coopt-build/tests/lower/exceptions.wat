(module
  (tag $a)
  (tag $b (param i64 externref))
  (func $_start (export "_start") (local exnref)
    (block $all (result exnref)
      (try_table (catch_all_ref $all) (throw $a))
      (return))
    throw_ref))
