;; A name that the host looks up, by the call of WAMR's extension of preview 1: the machine's own
;; name is known wherever sockets of the machine are, another one is refused with EACCES.
;; NET: loopback
;; STDOUT:
;;   1
;;   2130706433
;;   80
;;   2
;;   2
;; SKIP: wasmtime: it looks up no names without a flag of its own
(module
  (import "wasi_snapshot_preview1" "sock_addr_resolve"
    (func $sock_addr_resolve (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 256) "localhost\00")
  (data (i32.const 288) "example.org\00")
  (data (i32.const 320) "80\00")
  ;; __wasi_addr_info_hints_t: streams (1) of IPv4 (0), and that the hints count.
  (data (i32.const 352) "\01\00\00\00\00\00\00\00\01")
  ;; The same of both families (INET_UNSPEC is 2).
  (data (i32.const 368) "\01\00\00\00\02\00\00\00\01")
  (global $found i32 (i32.const 512))
  (global $count i32 (i32.const 400))

  (func $resolve (param $name i32) (param $hints i32) (result i32)
    (call $sock_addr_resolve (local.get $name) (i32.const 320) (local.get $hints)
      (global.get $found) (i32.const 8) (global.get $count)))

  (func (export "_start")
    (if (call $resolve (i32.const 256) (i32.const 352)) (then (call $proc_exit (i32.const 10))))
    ;; __wasi_addr_info_t: the kind, the address with its first byte first, the port, and the type.
    (call $print (i32.load (global.get $count)))
    (call $print
      (i32.or
        (i32.shl (i32.load8_u offset=4 (global.get $found)) (i32.const 24))
        (i32.load8_u offset=7 (global.get $found))))
    (call $print (i32.load16_u offset=8 (global.get $found)))
    (if (call $resolve (i32.const 256) (i32.const 368)) (then (call $proc_exit (i32.const 11))))
    (call $print (i32.load (global.get $count)))
    (call $print (call $resolve (i32.const 288) (i32.const 352))))
  ;; INCLUDE: print.wat
)
