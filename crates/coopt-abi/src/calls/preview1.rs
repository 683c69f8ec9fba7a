//! The rows of WASI preview 1: each function that it has, in the order of its documents.

/// Adds these rows to `$ours`, and hands all to the macro `$with`: see [`calls!`](crate::calls!).
///
/// A call returns an errno, or does not return. A call of the way `begins` blocks its caller only.
#[macro_export]
macro_rules! preview1_calls {
    ($with:ident { $($ours:tt)* }) => {
        $crate::socket_calls! { $with {
            $($ours)*

            /// Writes the arguments, and where each is.
            "wasi_snapshot_preview1" "args_get": unsafe fn args_get(argv: u32, strings: u32) -> i32
                = direct(args_get);

            /// Writes how many arguments there are, and their size together.
            "wasi_snapshot_preview1" "args_sizes_get": unsafe fn args_sizes_get(
                count: u32, size: u32
            ) -> i32
                = direct(args_sizes_get);

            /// Writes the environment's variables, and where each is.
            "wasi_snapshot_preview1" "environ_get": unsafe fn environ_get(
                variables: u32, strings: u32
            ) -> i32
                = direct(environ_get);

            /// Writes how many variables there are, and their size together.
            "wasi_snapshot_preview1" "environ_sizes_get": unsafe fn environ_sizes_get(
                count: u32, size: u32
            ) -> i32
                = direct(environ_sizes_get);

            /// Writes the resolution of a clock.
            "wasi_snapshot_preview1" "clock_res_get": unsafe fn clock_res_get(
                clock: u32, resolution: u32
            ) -> i32
                = direct(clock_res_get);

            /// Writes the time of a clock. Deadlines are on the monotonic one.
            "wasi_snapshot_preview1" "clock_time_get": unsafe fn clock_time_get(
                clock: u32, precision: u64, time: u32
            ) -> i32
                = direct(clock_time_get);

            /// Says how a part of a file will be used.
            "wasi_snapshot_preview1" "fd_advise": safe fn fd_advise(
                fd: u32, offset: u64, len: u64, advice: u32
            ) -> i32
                = begins(fd_advise);

            /// Makes sure that a part of a file has room.
            "wasi_snapshot_preview1" "fd_allocate": safe fn fd_allocate(
                fd: u32, offset: u64, len: u64
            ) -> i32
                = begins(fd_allocate);

            /// Closes a descriptor.
            "wasi_snapshot_preview1" "fd_close": safe fn fd_close(fd: u32) -> i32
                = direct(fd_close);

            /// Waits until a file's bytes are stored.
            "wasi_snapshot_preview1" "fd_datasync": safe fn fd_datasync(fd: u32) -> i32
                = begins(fd_datasync);

            /// Writes what a descriptor is and may.
            "wasi_snapshot_preview1" "fd_fdstat_get": unsafe fn fd_fdstat_get(
                fd: u32, stat: u32
            ) -> i32
                = begins(fd_fdstat_get);

            /// Sets a descriptor's flags.
            "wasi_snapshot_preview1" "fd_fdstat_set_flags": safe fn fd_fdstat_set_flags(
                fd: u32, flags: u32
            ) -> i32
                = direct(fd_fdstat_set_flags);

            /// Takes rights from a descriptor.
            "wasi_snapshot_preview1" "fd_fdstat_set_rights": safe fn fd_fdstat_set_rights(
                fd: u32, base: u64, inheriting: u64
            ) -> i32
                = direct(fd_fdstat_set_rights);

            /// Writes the attributes of an open file.
            "wasi_snapshot_preview1" "fd_filestat_get": unsafe fn fd_filestat_get(
                fd: u32, stat: u32
            ) -> i32
                = begins(fd_filestat_get);

            /// Makes an open file shorter or longer.
            "wasi_snapshot_preview1" "fd_filestat_set_size": safe fn fd_filestat_set_size(
                fd: u32, size: u64
            ) -> i32
                = begins(fd_filestat_set_size);

            /// Sets the times of an open file.
            "wasi_snapshot_preview1" "fd_filestat_set_times": safe fn fd_filestat_set_times(
                fd: u32, accessed: u64, modified: u64, flags: u32
            ) -> i32
                = begins(fd_filestat_set_times);

            /// Reads at an offset, which stays the descriptor's own.
            "wasi_snapshot_preview1" "fd_pread": unsafe fn fd_pread(
                fd: u32, buffers: u32, count: u32, offset: u64, read: u32
            ) -> i32
                = begins(fd_pread);

            /// Writes what a directory is that the host has opened.
            "wasi_snapshot_preview1" "fd_prestat_get": unsafe fn fd_prestat_get(
                fd: u32, stat: u32
            ) -> i32
                = direct(fd_prestat_get);

            /// Writes the path of a directory that the host has opened.
            "wasi_snapshot_preview1" "fd_prestat_dir_name": unsafe fn fd_prestat_dir_name(
                fd: u32, path: u32, len: u32
            ) -> i32
                = direct(fd_prestat_dir_name);

            /// Writes at an offset, which stays the descriptor's own.
            "wasi_snapshot_preview1" "fd_pwrite": unsafe fn fd_pwrite(
                fd: u32, buffers: u32, count: u32, offset: u64, written: u32
            ) -> i32
                = begins(fd_pwrite);

            /// Reads from a descriptor.
            "wasi_snapshot_preview1" "fd_read": unsafe fn fd_read(
                fd: u32, buffers: u32, count: u32, read: u32
            ) -> i32
                = begins(fd_read);

            /// Reads a directory's entries, from a cookie on.
            "wasi_snapshot_preview1" "fd_readdir": unsafe fn fd_readdir(
                fd: u32, buffer: u32, len: u32, cookie: u64, used: u32
            ) -> i32
                = begins(fd_readdir);

            /// Makes `to` another name of the descriptor `from`, which is closed.
            "wasi_snapshot_preview1" "fd_renumber": safe fn fd_renumber(from: u32, to: u32) -> i32
                = direct(fd_renumber);

            /// Moves a descriptor's offset, and writes it.
            "wasi_snapshot_preview1" "fd_seek": unsafe fn fd_seek(
                fd: u32, offset: i64, whence: u32, position: u32
            ) -> i32
                = begins(fd_seek);

            /// Waits until a file's bytes and attributes are stored.
            "wasi_snapshot_preview1" "fd_sync": safe fn fd_sync(fd: u32) -> i32
                = begins(fd_sync);

            /// Writes a descriptor's offset.
            "wasi_snapshot_preview1" "fd_tell": unsafe fn fd_tell(fd: u32, position: u32) -> i32
                = begins(fd_tell);

            /// Writes to a descriptor.
            "wasi_snapshot_preview1" "fd_write": unsafe fn fd_write(
                fd: u32, buffers: u32, count: u32, written: u32
            ) -> i32
                = begins(fd_write);

            /// Creates a directory.
            "wasi_snapshot_preview1" "path_create_directory": unsafe fn path_create_directory(
                fd: u32, path: u32, len: u32
            ) -> i32
                = begins(path_create_directory);

            /// Writes the attributes of a file.
            "wasi_snapshot_preview1" "path_filestat_get": unsafe fn path_filestat_get(
                fd: u32, flags: u32, path: u32, len: u32, stat: u32
            ) -> i32
                = begins(path_filestat_get);

            /// Sets the times of a file.
            "wasi_snapshot_preview1" "path_filestat_set_times": unsafe fn path_filestat_set_times(
                fd: u32, flags: u32, path: u32, len: u32, accessed: u64, modified: u64, times: u32
            ) -> i32
                = begins(path_filestat_set_times);

            /// Gives a file another name.
            "wasi_snapshot_preview1" "path_link": unsafe fn path_link(
                old_fd: u32, old_flags: u32, old_path: u32, old_len: u32, new_fd: u32,
                new_path: u32, new_len: u32
            ) -> i32
                = begins(path_link);

            /// Opens a file or a directory.
            "wasi_snapshot_preview1" "path_open": unsafe fn path_open(
                fd: u32, flags: u32, path: u32, len: u32, open_flags: u32, base: u64,
                inheriting: u64, fd_flags: u32, opened: u32
            ) -> i32
                = begins(path_open);

            /// Reads what a symbolic link says.
            "wasi_snapshot_preview1" "path_readlink": unsafe fn path_readlink(
                fd: u32, path: u32, len: u32, buffer: u32, buffer_len: u32, used: u32
            ) -> i32
                = begins(path_readlink);

            /// Removes an empty directory.
            "wasi_snapshot_preview1" "path_remove_directory": unsafe fn path_remove_directory(
                fd: u32, path: u32, len: u32
            ) -> i32
                = begins(path_remove_directory);

            /// Renames a file or a directory.
            "wasi_snapshot_preview1" "path_rename": unsafe fn path_rename(
                old_fd: u32, old_path: u32, old_len: u32, new_fd: u32, new_path: u32, new_len: u32
            ) -> i32
                = begins(path_rename);

            /// Creates a symbolic link.
            "wasi_snapshot_preview1" "path_symlink": unsafe fn path_symlink(
                target: u32, target_len: u32, fd: u32, path: u32, len: u32
            ) -> i32
                = begins(path_symlink);

            /// Removes a name of a file.
            "wasi_snapshot_preview1" "path_unlink_file": unsafe fn path_unlink_file(
                fd: u32, path: u32, len: u32
            ) -> i32
                = begins(path_unlink_file);

            /// Waits for clocks and descriptors.
            "wasi_snapshot_preview1" "poll_oneoff": unsafe fn poll_oneoff(
                subscriptions: u32, events: u32, count: u32, count_out: u32
            ) -> i32
                = begins(poll_oneoff);

            /// Ends the program.
            "wasi_snapshot_preview1" "proc_exit": safe fn proc_exit(code: u32) -> !
                = direct(proc_exit);

            /// Sends a signal to the program.
            "wasi_snapshot_preview1" "proc_raise": safe fn proc_raise(signal: u32) -> i32
                = direct(proc_raise);

            /// As `coopt.thread_yield`; its errno is always 0.
            "wasi_snapshot_preview1" "sched_yield": safe fn sched_yield() -> i32
                = gives_way(thread_yield);

            /// Writes random bytes.
            "wasi_snapshot_preview1" "random_get": unsafe fn random_get(
                buffer: u32, len: u32
            ) -> i32
                = direct(random_get);

            /// Accepts a connection.
            "wasi_snapshot_preview1" "sock_accept": unsafe fn sock_accept(
                fd: u32, flags: u32, accepted: u32
            ) -> i32
                = begins(sock_accept);

            /// Receives from a socket.
            "wasi_snapshot_preview1" "sock_recv": unsafe fn sock_recv(
                fd: u32, buffers: u32, count: u32, flags: u32, received: u32, flags_out: u32
            ) -> i32
                = begins(sock_recv);

            /// Sends to a socket.
            "wasi_snapshot_preview1" "sock_send": unsafe fn sock_send(
                fd: u32, buffers: u32, count: u32, flags: u32, sent: u32
            ) -> i32
                = begins(sock_send);

            /// Ends a direction of a socket.
            "wasi_snapshot_preview1" "sock_shutdown": safe fn sock_shutdown(
                fd: u32, how: u32
            ) -> i32
                = direct(sock_shutdown);
        } }
    };
}
