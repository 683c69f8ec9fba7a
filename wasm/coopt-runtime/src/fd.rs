//! preview1's calls on descriptors, of which standard input is ours, and all others the adapter's.

use coopt_abi::action;
use coopt_abi::wait::WaitKind;
use coopt_wasi::{Buffers, read};

use crate::host::preview1;
use crate::io::Begun;
use crate::runtime::with;

/// Begins a read. A read of another descriptor is carried out here, and blocks every thread.
#[unsafe(no_mangle)]
pub extern "C" fn fd_read(fd: u32, buffers: u32, count: u32, read_at: u32) -> u32 {
    let begun = with(|runtime| {
        runtime.begin_call(|shared| {
            let is_ours = shared.input_fd.get() == Some(fd);
            let buffers = Buffers {
                address: buffers,
                count,
            };
            is_ours.then_some(Begun {
                kind: WaitKind::Input,
                deadline: None,
                asks_host: false,
                future: async move {
                    read(
                        &shared.host,
                        &shared.events,
                        &shared.input,
                        buffers,
                        read_at,
                    )
                    .await
                },
            })
        })
    });
    begun.unwrap_or_else(|| ended(preview1::fd_read(fd, buffers, count, read_at)))
}

/// Remembers the errno of a call that the adapter carried out.
pub fn ended(errno: i32) -> u32 {
    with(|runtime| runtime.io.ended = Some(errno));
    action::CONTINUE
}

/// preview1's `fd_close`
#[unsafe(no_mangle)]
pub extern "C" fn fd_close(fd: u32) -> i32 {
    let errno = preview1::fd_close(fd);
    if errno == 0 {
        with(|runtime| {
            let input = &runtime.io.shared.input_fd;
            input.set(input.get().filter(|input| *input != fd));
        });
    }
    errno
}

/// preview1's `fd_renumber`
#[unsafe(no_mangle)]
pub extern "C" fn fd_renumber(from: u32, to: u32) -> i32 {
    let errno = preview1::fd_renumber(from, to);
    if errno == 0 {
        with(|runtime| {
            let input = &runtime.io.shared.input_fd;
            input.set(match input.get() {
                Some(input) if input == from => Some(to),
                Some(input) if input == to => None,
                input => input,
            });
        });
    }
    errno
}
