;; print: coopt.thread_start
;; What clang 22 and wasm-ld make of C with threads, without a libc: imported
;; shared memory, thread-local data, passive segments that the start function
;; copies, an import in the table, a call through it.
(module $fs.wasm
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32)))
  (type (;2;) (func))
  (type (;3;) (func (param i32 i32)))
  (import "env" "memory" (memory (;0;) 2 16 shared))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (;0;) (type 1) (param i32)))
  (import "wasi" "thread-spawn" (func $spawn (;1;) (type 0) (param i32) (result i32)))
  (table (;0;) 2 2 funcref)
  (global $__stack_pointer (;0;) (mut i32) i32.const 65536)
  (global $__tls_base (;1;) (mut i32) i32.const 0)
  (export "wasi_thread_start" (func $wasi_thread_start))
  (export "_start" (func $_start))
  (start $__wasm_init_memory)
  (elem (;0;) (i32.const 1) func $spawn)
  (func $__wasm_init_memory (;2;) (type 2)
    block ;; label = @1
      block ;; label = @2
        block ;; label = @3
          i32.const 66688
          i32.const 0
          i32.const 1
          i32.atomic.rmw.cmpxchg
          br_table 0 (;@3;) 1 (;@2;) 2 (;@1;)
        end
        i32.const 65536
        i32.const 65536
        global.set $__tls_base
        i32.const 0
        i32.const 80
        memory.init $.tdata
        i32.const 65616
        i32.const 0
        i32.const 10
        memory.init $.rodata
        i32.const 65632
        i32.const 0
        i32.const 12
        memory.init $.data
        i32.const 65648
        i32.const 0
        i32.const 1040
        memory.fill
        i32.const 66688
        i32.const 2
        i32.atomic.store
        i32.const 66688
        i32.const -1
        memory.atomic.notify
        drop
        br 1 (;@1;)
      end
      i32.const 66688
      i32.const 1
      i64.const -1
      memory.atomic.wait32
      drop
    end
    data.drop $.rodata
    data.drop $.data
  )
  (func $wasi_thread_start (;3;) (type 3) (param i32 i32)
    local.get 1
    global.set $__stack_pointer
    local.get 0
    local.get 1
    call $run
  )
  (func $run (;4;) (type 3) (param i32 i32)
    (local i32)
    global.get $__tls_base
    local.tee 2
    i32.const 16
    i32.add
    local.get 0
    i32.const 63
    i32.and
    i32.add
    local.get 0
    i32.const 7
    i32.and
    i32.load8_u offset=65616
    i32.store8
    local.get 2
    i32.const 0
    i32.add
    local.tee 0
    local.get 0
    i32.load
    local.get 1
    i32.load
    i32.add
    local.tee 0
    i32.store
    i32.const 0
    local.get 0
    i64.extend_i32_s
    i64.atomic.rmw.add offset=65632
    drop
    i32.const 0
    i32.const 1
    i32.atomic.store offset=65648
    i32.const 0
    i32.const 1
    memory.atomic.notify offset=65648
    drop
  )
  (func $_start (;5;) (type 2)
    (local i64)
    i32.const 0
    i32.const 3
    i32.store offset=66672
    block ;; label = @1
      i32.const 66672
      i32.const 0
      i32.load offset=65640
      call_indirect (type 0)
      i32.const 0
      i32.lt_s
      br_if 0 (;@1;)
      block ;; label = @2
        i32.const 0
        i32.atomic.load offset=65648
        br_if 0 (;@2;)
        loop ;; label = @3
          i32.const 0
          i32.const 0
          i64.const -1
          memory.atomic.wait32 offset=65648
          drop
          i32.const 0
          i32.atomic.load offset=65648
          i32.eqz
          br_if 0 (;@3;)
        end
      end
      i32.const 52
      i32.const 0
      i64.const 52
      i64.const 0
      i64.atomic.rmw.cmpxchg offset=65632
      local.tee 0
      i32.wrap_i64
      local.get 0
      i64.const 52
      i64.eq
      select
      global.get $__tls_base
      i32.const 0
      i32.add
      i32.load
      i32.add
      call $proc_exit
      unreachable
    end
    i32.const 1
    call $proc_exit
    unreachable
  )
  (data $.tdata (;0;) "*\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
  (data $.rodata (;1;) "read only\00")
  (data $.data (;2;) "\07\00\00\00\00\00\00\00\01\00\00\00")
  (@producers
    (processed-by "Debian clang" "22.1.8 (1~deb12u1)")
  )
  (@custom "target_features" (after data) "\09+\07atomics+\0bbulk-memory+\0fbulk-memory-opt+\16call-indirect-overlong+\0amultivalue+\0fmutable-globals+\13nontrapping-fptoint+\0freference-types+\08sign-ext")
)
