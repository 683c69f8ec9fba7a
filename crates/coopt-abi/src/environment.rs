//! Variables of a program that coopt itself reads.

/// The addresses that sockets of the program listen at from the start, as descriptors 3 and up:
/// `address:port`, with commas between them.
pub const LISTEN: &str = "COOPT_LISTEN";
