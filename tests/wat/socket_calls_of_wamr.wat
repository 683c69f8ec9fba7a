;; Sockets by the calls of WAMR's extension of preview 1, with WAMR's own names, types and layouts
;; (its header wasi_socket_ext.h), as a module that was built for WAMR makes them. Every call of the
;; extension is imported, so each has the type that WAMR gives it.
;; NET: loopback
;; STDOUT:
;;   hello
;;   hello
(module
  (import "wasi_snapshot_preview1" "sock_accept"
    (func $sock_accept (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_addr_local"
    (func $sock_addr_local (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_addr_remote"
    (func $sock_addr_remote (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_addr_resolve"
    (func $sock_addr_resolve (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_bind"
    (func $sock_bind (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_close"
    (func $sock_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_connect"
    (func $sock_connect (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_broadcast"
    (func $sock_get_broadcast (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_ip_multicast_loop"
    (func $sock_get_ip_multicast_loop (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_ip_multicast_ttl"
    (func $sock_get_ip_multicast_ttl (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_ip_ttl"
    (func $sock_get_ip_ttl (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_ipv6_only"
    (func $sock_get_ipv6_only (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_keep_alive"
    (func $sock_get_keep_alive (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_linger"
    (func $sock_get_linger (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_recv_buf_size"
    (func $sock_get_recv_buf_size (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_recv_timeout"
    (func $sock_get_recv_timeout (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_reuse_addr"
    (func $sock_get_reuse_addr (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_reuse_port"
    (func $sock_get_reuse_port (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_send_buf_size"
    (func $sock_get_send_buf_size (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_send_timeout"
    (func $sock_get_send_timeout (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_tcp_fastopen_connect"
    (func $sock_get_tcp_fastopen_connect (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_tcp_keep_idle"
    (func $sock_get_tcp_keep_idle (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_tcp_keep_intvl"
    (func $sock_get_tcp_keep_intvl (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_tcp_no_delay"
    (func $sock_get_tcp_no_delay (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_get_tcp_quick_ack"
    (func $sock_get_tcp_quick_ack (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_listen"
    (func $sock_listen (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_open"
    (func $sock_open (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_recv_from"
    (func $sock_recv_from (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_send_to"
    (func $sock_send_to (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_broadcast"
    (func $sock_set_broadcast (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_ip_add_membership"
    (func $sock_set_ip_add_membership (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_ip_drop_membership"
    (func $sock_set_ip_drop_membership (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_ip_multicast_loop"
    (func $sock_set_ip_multicast_loop (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_ip_multicast_ttl"
    (func $sock_set_ip_multicast_ttl (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_ip_ttl"
    (func $sock_set_ip_ttl (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_ipv6_only"
    (func $sock_set_ipv6_only (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_keep_alive"
    (func $sock_set_keep_alive (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_linger"
    (func $sock_set_linger (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_recv_buf_size"
    (func $sock_set_recv_buf_size (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_recv_timeout"
    (func $sock_set_recv_timeout (param i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_reuse_addr"
    (func $sock_set_reuse_addr (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_reuse_port"
    (func $sock_set_reuse_port (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_send_buf_size"
    (func $sock_set_send_buf_size (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_send_timeout"
    (func $sock_set_send_timeout (param i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_tcp_fastopen_connect"
    (func $sock_set_tcp_fastopen_connect (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_tcp_keep_idle"
    (func $sock_set_tcp_keep_idle (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_tcp_keep_intvl"
    (func $sock_set_tcp_keep_intvl (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_tcp_no_delay"
    (func $sock_set_tcp_no_delay (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_set_tcp_quick_ack"
    (func $sock_set_tcp_quick_ack (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_recv"
    (func $sock_recv (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_send"
    (func $sock_send (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_shutdown"
    (func $sock_shutdown (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)

  ;; __wasi_addr_t: the kind, 4 bytes, then for IPv4 the address and the port in the order of the
  ;; machine. The listener's, with any port; what it got; and the address of who connected.
  (data (i32.const 256) "\00\00\00\00\7f\00\00\01\00\00")
  (global $any_port i32 (i32.const 256))
  (global $local i32 (i32.const 288))
  (global $remote i32 (i32.const 320))
  ;; A ciovec of the text, and an iovec of room for it.
  (data (i32.const 352) "\00\02\00\00\05\00\00\00\00\03\00\00\40\00\00\00")
  (global $said i32 (i32.const 352))
  (global $heard i32 (i32.const 360))
  (data (i32.const 512) "hello")
  ;; Where calls store a descriptor, how many bytes, and flags.
  (global $fd i32 (i32.const 400))
  (global $count i32 (i32.const 404))
  (global $flags i32 (i32.const 408))

  ;; A call that must succeed. Its number is the exit code if it does not.
  (func $ok (param $number i32) (param $errno i32)
    (if (local.get $errno)
      (then
        (call $print (local.get $errno))
        (call $proc_exit (local.get $number)))))

  (func $same (param $number i32) (param $one i32) (param $other i32)
    (call $ok (local.get $number) (i32.ne (local.get $one) (local.get $other))))

  ;; A stream (SOCKET_STREAM is 1) of IPv4 (INET4 is 0); WAMR's functions pass -1 for the pool.
  (func $open (param $number i32) (result i32)
    (call $ok (local.get $number)
      (call $sock_open (i32.const -1) (i32.const 0) (i32.const 1) (global.get $fd)))
    (i32.load (global.get $fd)))

  (func (export "_start")
    (local $listener i32) (local $client i32) (local $server i32)
    (local.set $listener (call $open (i32.const 10)))
    (call $ok (i32.const 11) (call $sock_set_reuse_addr (local.get $listener) (i32.const 1)))
    (call $ok (i32.const 12) (call $sock_bind (local.get $listener) (global.get $any_port)))
    (call $ok (i32.const 13) (call $sock_listen (local.get $listener) (i32.const 8)))
    (call $ok (i32.const 14) (call $sock_addr_local (local.get $listener) (global.get $local)))
    ;; IPv4, 127.0.0.1, and a port.
    (call $same (i32.const 15) (i32.load (global.get $local)) (i32.const 0))
    (call $same (i32.const 16) (i32.load offset=4 (global.get $local)) (i32.const 0x0100007f))
    (call $same (i32.const 17) (i32.eqz (i32.load16_u offset=8 (global.get $local))) (i32.const 0))

    (local.set $client (call $open (i32.const 20)))
    (call $ok (i32.const 21) (call $sock_connect (local.get $client) (global.get $local)))
    (call $ok (i32.const 22)
      (call $sock_accept (local.get $listener) (i32.const 0) (global.get $fd)))
    (local.set $server (i32.load (global.get $fd)))
    ;; Who connected is known by the client's own address.
    (call $ok (i32.const 23) (call $sock_addr_remote (local.get $server) (global.get $remote)))
    (call $ok (i32.const 24) (call $sock_addr_local (local.get $client) (global.get $local)))
    (call $same (i32.const 25)
      (i32.load16_u offset=8 (global.get $remote)) (i32.load16_u offset=8 (global.get $local)))

    (call $ok (i32.const 30)
      (call $sock_send (local.get $client) (global.get $said) (i32.const 1) (i32.const 0)
        (global.get $count)))
    (call $same (i32.const 31) (i32.load (global.get $count)) (i32.const 5))
    (call $ok (i32.const 32)
      (call $sock_recv (local.get $server) (global.get $heard) (i32.const 1) (i32.const 0)
        (global.get $count) (global.get $flags)))
    (call $same (i32.const 33) (i32.load (global.get $count)) (i32.const 5))
    (call $print_text (i32.const 768) (i32.load (global.get $count)))
    (call $print_text (global.get $newline) (i32.const 1))

    ;; __WASI_SDFLAGS_WR is 2: the other side sees the end.
    (call $ok (i32.const 40) (call $sock_shutdown (local.get $client) (i32.const 2)))
    (call $ok (i32.const 41)
      (call $sock_recv (local.get $server) (global.get $heard) (i32.const 1) (i32.const 0)
        (global.get $count) (global.get $flags)))
    (call $same (i32.const 42) (i32.load (global.get $count)) (i32.const 0))

    (call $ok (i32.const 50) (call $sock_close (local.get $client)))
    (call $ok (i32.const 51) (call $fd_close (local.get $server)))
    (call $ok (i32.const 52) (call $sock_close (local.get $listener)))
    ;; EBADF: it is closed.
    (call $same (i32.const 53) (call $sock_listen (local.get $listener) (i32.const 8)) (i32.const 8))
    (call $options)
    (call $datagram))

  ;; What is set is what is got, in the types that WAMR gives values: bool, uint32_t, uint64_t.
  (func $options
    (local $socket i32)
    (local.set $socket (call $open (i32.const 60)))
    (call $ok (i32.const 61) (call $sock_set_keep_alive (local.get $socket) (i32.const 1)))
    (call $ok (i32.const 62) (call $sock_get_keep_alive (local.get $socket) (global.get $flags)))
    (call $same (i32.const 63) (i32.load8_u (global.get $flags)) (i32.const 1))
    (call $ok (i32.const 64) (call $sock_set_tcp_keep_idle (local.get $socket) (i32.const 77)))
    (call $ok (i32.const 65) (call $sock_get_tcp_keep_idle (local.get $socket) (global.get $flags)))
    (call $same (i32.const 66) (i32.load (global.get $flags)) (i32.const 77))
    ;; In microseconds.
    (call $ok (i32.const 67) (call $sock_set_recv_timeout (local.get $socket) (i64.const 250000)))
    (call $ok (i32.const 68) (call $sock_get_recv_timeout (local.get $socket) (global.get $flags)))
    (call $same (i32.const 69) (i64.ne (i64.load (global.get $flags)) (i64.const 250000))
      (i32.const 0))
    (call $ok (i32.const 70) (call $sock_close (local.get $socket))))

  ;; A datagram (SOCKET_DGRAM is 0) from a socket to itself.
  (func $datagram
    (local $socket i32)
    (call $ok (i32.const 80)
      (call $sock_open (i32.const -1) (i32.const 0) (i32.const 0) (global.get $fd)))
    (local.set $socket (i32.load (global.get $fd)))
    (call $ok (i32.const 81) (call $sock_bind (local.get $socket) (global.get $any_port)))
    (call $ok (i32.const 82) (call $sock_addr_local (local.get $socket) (global.get $local)))
    (call $ok (i32.const 83)
      (call $sock_send_to (local.get $socket) (global.get $said) (i32.const 1) (i32.const 0)
        (global.get $local) (global.get $count)))
    (call $same (i32.const 84) (i32.load (global.get $count)) (i32.const 5))
    (call $ok (i32.const 85)
      (call $sock_recv_from (local.get $socket) (global.get $heard) (i32.const 1) (i32.const 0)
        (global.get $remote) (global.get $count)))
    (call $same (i32.const 86) (i32.load (global.get $count)) (i32.const 5))
    (call $same (i32.const 87)
      (i32.load16_u offset=8 (global.get $remote)) (i32.load16_u offset=8 (global.get $local)))
    (call $ok (i32.const 88) (call $sock_close (local.get $socket)))
    (call $print_text (i32.const 768) (i32.load (global.get $count)))
    (call $print_text (global.get $newline) (i32.const 1)))

  (data (i32.const 600) "\n")
  (global $newline i32 (i32.const 600))
  ;; INCLUDE: print.wat
)
