//! What kind of thing a file is, in WASI's words.

use rustix::fs::FileType;
use wasmtime_wasi::p3::bindings::filesystem::types::DescriptorType;

/// WASI's word for `kind`. Wasmtime has none for pipes and sockets.
pub(crate) fn kind(kind: FileType) -> DescriptorType {
    match kind {
        FileType::RegularFile => DescriptorType::RegularFile,
        FileType::Directory => DescriptorType::Directory,
        FileType::Symlink => DescriptorType::SymbolicLink,
        FileType::BlockDevice => DescriptorType::BlockDevice,
        FileType::CharacterDevice => DescriptorType::CharacterDevice,
        FileType::Fifo => DescriptorType::Fifo,
        FileType::Socket => DescriptorType::Socket,
        _ => DescriptorType::Other(None),
    }
}
