//! What is done with a path below a directory.

use coopt_wasi::{OpenAt, Path, Rights, Span, Times};

use crate::outside;
use crate::preview1::begin;
use crate::program_memory::load8;
use crate::wasi::wasi;

/// The path at `path`, from the directory `fd` on.
fn at(fd: u32, path: u32, len: u32) -> Path {
    let path = Span::new(path, len);
    if !wasi().has_preopens() || leads_out(path) {
        outside::note(path);
    }
    Path { fd, path }
}

/// Whether the path begins with what no host follows: the root, or the directory above.
fn leads_out(path: Span) -> bool {
    let is = |index, byte| index < path.len && load8(path.address + index) == u32::from(byte);
    is(0, b'/') || is(0, b'.') && is(1, b'.') && (path.len == 2 || is(2, b'/'))
}

/// preview1's `path_create_directory`
#[unsafe(no_mangle)]
pub extern "C" fn path_create_directory(fd: u32, path: u32, len: u32) -> u32 {
    begin(wasi().path_create_directory(at(fd, path, len)))
}

/// preview1's `path_remove_directory`
#[unsafe(no_mangle)]
pub extern "C" fn path_remove_directory(fd: u32, path: u32, len: u32) -> u32 {
    begin(wasi().path_remove_directory(at(fd, path, len)))
}

/// preview1's `path_unlink_file`
#[unsafe(no_mangle)]
pub extern "C" fn path_unlink_file(fd: u32, path: u32, len: u32) -> u32 {
    begin(wasi().path_unlink_file(at(fd, path, len)))
}

/// preview1's `path_filestat_get`
#[unsafe(no_mangle)]
pub extern "C" fn path_filestat_get(fd: u32, lookup: u32, path: u32, len: u32, to: u32) -> u32 {
    begin(wasi().path_filestat_get(lookup, at(fd, path, len), to))
}

/// preview1's `path_filestat_set_times`
#[unsafe(no_mangle)]
pub extern "C" fn path_filestat_set_times(
    fd: u32,
    lookup: u32,
    path: u32,
    len: u32,
    access: u64,
    modification: u64,
    flags: u32,
) -> u32 {
    let times = Times {
        access,
        modification,
        flags,
    };
    begin(wasi().path_filestat_set_times(lookup, at(fd, path, len), times))
}

/// preview1's `path_link`
#[unsafe(no_mangle)]
pub extern "C" fn path_link(
    old_fd: u32,
    lookup: u32,
    old: u32,
    old_len: u32,
    new_fd: u32,
    new: u32,
    new_len: u32,
) -> u32 {
    begin(wasi().path_link(lookup, at(old_fd, old, old_len), at(new_fd, new, new_len)))
}

/// preview1's `path_rename`
#[unsafe(no_mangle)]
pub extern "C" fn path_rename(
    old_fd: u32,
    old: u32,
    old_len: u32,
    new_fd: u32,
    new: u32,
    new_len: u32,
) -> u32 {
    begin(wasi().path_rename(at(old_fd, old, old_len), at(new_fd, new, new_len)))
}

/// preview1's `path_symlink`
#[unsafe(no_mangle)]
pub extern "C" fn path_symlink(target: u32, target_len: u32, fd: u32, path: u32, len: u32) -> u32 {
    begin(wasi().path_symlink(Span::new(target, target_len), at(fd, path, len)))
}

/// preview1's `path_readlink`
#[unsafe(no_mangle)]
pub extern "C" fn path_readlink(
    fd: u32,
    path: u32,
    len: u32,
    to: u32,
    to_len: u32,
    used_at: u32,
) -> u32 {
    begin(wasi().path_readlink(at(fd, path, len), Span::new(to, to_len), used_at))
}

/// preview1's `path_open`
#[unsafe(no_mangle)]
pub extern "C" fn path_open(
    fd: u32,
    lookup: u32,
    path: u32,
    len: u32,
    oflags: u32,
    base: u64,
    inheriting: u64,
    fdflags: u32,
    fd_at: u32,
) -> u32 {
    let open = OpenAt {
        lookup,
        oflags,
        rights: Rights { base, inheriting },
        fdflags,
    };
    begin(wasi().path_open(at(fd, path, len), open, fd_at))
}
