//! Numbers that WebAssembly counts in.

/// A length as the `u32` that WebAssembly counts in. Validation has bounded
/// every length this is used for far below the type's limit.
pub fn count(len: usize) -> u32 {
    debug_assert!(u32::try_from(len).is_ok());
    len as u32
}
