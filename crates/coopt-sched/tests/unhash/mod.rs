//! The hash of the futex table, undone.

/// The address whose hash, before it is cut to a bucket, is `hash`.
pub const fn unhash(hash: u32) -> u32 {
    /// The inverse of the table's multiplier.
    const INVERSE: u32 = 0x144c_bc89;
    assert!(INVERSE.wrapping_mul(0x9e37_79b9) == 1);
    // The table first computes `address ^ (address >> 5)`. The same with the shifts
    // 5, 10 and 20, one after the other, undoes that.
    let mut address = hash.wrapping_mul(INVERSE);
    address ^= address >> 5;
    address ^= address >> 10;
    address ^= address >> 20;
    assert!((address ^ (address >> 5)).wrapping_mul(0x9e37_79b9) == hash);
    address
}
