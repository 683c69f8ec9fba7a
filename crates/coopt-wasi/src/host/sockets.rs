//! `wasi:sockets`

/// An `ip-socket-address` as parameters: the case, and what the records of both have, one beside the
/// other.
pub type FlatAddress = [u32; 12];

/// `wasi:sockets`. What `types` says of both kinds of sockets is here twice, by the kind.
///
/// A function that returns at once takes a socket address as [`FlatAddress`]; an asynchronous one
/// takes it in the record at `params`, behind the socket.
pub trait Sockets {
    /// `tcp-socket.create`
    fn tcp_create(&self, family: u32, to: u32);
    /// Drops a `tcp-socket`.
    fn tcp_drop(&self, socket: u32);
    /// `tcp-socket.bind`
    fn tcp_bind(&self, socket: u32, address: FlatAddress, to: u32);
    /// `tcp-socket.connect`, asynchronous
    fn tcp_connect(&self, params: u32, to: u32) -> u32;
    /// `tcp-socket.listen`
    fn tcp_listen(&self, socket: u32, to: u32);
    /// `stream.read`, asynchronous, of accepted sockets.
    fn accepted_read(&self, stream: u32, to: u32, count: u32) -> u32;
    /// `stream.cancel-read` of such a stream.
    fn accepted_cancel_read(&self, stream: u32) -> u32;
    /// `stream.drop-readable` of such a stream.
    fn accepted_drop(&self, stream: u32);
    /// `tcp-socket.send`
    fn tcp_send(&self, socket: u32, stream: u32) -> u32;
    /// `tcp-socket.receive`
    fn tcp_receive(&self, socket: u32, to: u32);
    /// `future.read`, asynchronous, of the result of one of the streams.
    fn socket_result_read(&self, future: u32, to: u32) -> u32;
    /// `future.cancel-read` of such a result.
    fn socket_result_cancel(&self, future: u32) -> u32;
    /// `future.drop-readable` of such a result.
    fn socket_result_drop(&self, future: u32);
    /// `tcp-socket.get-local-address`
    fn tcp_local_address(&self, socket: u32, to: u32);
    /// `tcp-socket.get-remote-address`
    fn tcp_remote_address(&self, socket: u32, to: u32);
    /// `tcp-socket.set-listen-backlog-size`
    fn tcp_set_backlog(&self, socket: u32, value: u64, to: u32);
    /// `tcp-socket.get-keep-alive-enabled`
    fn tcp_keep_alive(&self, socket: u32, to: u32);
    /// `tcp-socket.set-keep-alive-enabled`
    fn tcp_set_keep_alive(&self, socket: u32, value: u32, to: u32);
    /// `tcp-socket.get-keep-alive-idle-time`
    fn tcp_keep_idle(&self, socket: u32, to: u32);
    /// `tcp-socket.set-keep-alive-idle-time`
    fn tcp_set_keep_idle(&self, socket: u32, value: u64, to: u32);
    /// `tcp-socket.get-keep-alive-interval`
    fn tcp_keep_interval(&self, socket: u32, to: u32);
    /// `tcp-socket.set-keep-alive-interval`
    fn tcp_set_keep_interval(&self, socket: u32, value: u64, to: u32);
    /// `tcp-socket.get-keep-alive-count`
    fn tcp_keep_count(&self, socket: u32, to: u32);
    /// `tcp-socket.set-keep-alive-count`
    fn tcp_set_keep_count(&self, socket: u32, value: u32, to: u32);
    /// `tcp-socket.get-hop-limit`
    fn tcp_hop_limit(&self, socket: u32, to: u32);
    /// `tcp-socket.set-hop-limit`
    fn tcp_set_hop_limit(&self, socket: u32, value: u32, to: u32);
    /// `tcp-socket.get-receive-buffer-size`
    fn tcp_receive_room(&self, socket: u32, to: u32);
    /// `tcp-socket.set-receive-buffer-size`
    fn tcp_set_receive_room(&self, socket: u32, value: u64, to: u32);
    /// `tcp-socket.get-send-buffer-size`
    fn tcp_send_room(&self, socket: u32, to: u32);
    /// `tcp-socket.set-send-buffer-size`
    fn tcp_set_send_room(&self, socket: u32, value: u64, to: u32);

    /// `udp-socket.create`
    fn udp_create(&self, family: u32, to: u32);
    /// Drops a `udp-socket`.
    fn udp_drop(&self, socket: u32);
    /// `udp-socket.bind`
    fn udp_bind(&self, socket: u32, address: FlatAddress, to: u32);
    /// `udp-socket.connect`
    fn udp_connect(&self, socket: u32, address: FlatAddress, to: u32);
    /// `udp-socket.disconnect`
    fn udp_disconnect(&self, socket: u32, to: u32);
    /// `udp-socket.send`, asynchronous
    fn udp_send(&self, params: u32, to: u32) -> u32;
    /// `udp-socket.receive`, asynchronous
    fn udp_receive(&self, socket: u32, to: u32) -> u32;
    /// `udp-socket.get-local-address`
    fn udp_local_address(&self, socket: u32, to: u32);
    /// `udp-socket.get-remote-address`
    fn udp_remote_address(&self, socket: u32, to: u32);
    /// `udp-socket.get-unicast-hop-limit`
    fn udp_hop_limit(&self, socket: u32, to: u32);
    /// `udp-socket.set-unicast-hop-limit`
    fn udp_set_hop_limit(&self, socket: u32, value: u32, to: u32);
    /// `udp-socket.get-receive-buffer-size`
    fn udp_receive_room(&self, socket: u32, to: u32);
    /// `udp-socket.set-receive-buffer-size`
    fn udp_set_receive_room(&self, socket: u32, value: u64, to: u32);
    /// `udp-socket.get-send-buffer-size`
    fn udp_send_room(&self, socket: u32, to: u32);
    /// `udp-socket.set-send-buffer-size`
    fn udp_set_send_room(&self, socket: u32, value: u64, to: u32);

    /// `ip-name-lookup.resolve-addresses`, asynchronous
    fn resolve_addresses(&self, name: u32, len: u32, to: u32) -> u32;
}
