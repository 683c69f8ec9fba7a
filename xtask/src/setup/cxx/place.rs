//! Where things of the C++ library lie.

use std::path::PathBuf;

use crate::layout;

/// Where the library is built.
pub fn made() -> PathBuf {
    layout::made().join("cxx")
}

/// What we change and add.
pub fn ours() -> PathBuf {
    layout::root().join("sysroot/cxx")
}

/// Where the headers go, which clang finds there.
pub fn headers() -> PathBuf {
    layout::sysroot().join("include/c++")
}
