//! The checksum at the end of a file of the cache. Native code in which a bit has changed would do
//! anything at all. (Wasmtime reads such a file by its headers, so what follows does no harm.)

use std::io::{self, Read};

/// The size of a checksum, in bytes.
const SIZE: usize = 4;

/// How much is read at a time, in bytes.
const CHUNK: usize = 64 << 10;

/// Adds the checksum of `code` to its end.
pub fn add(code: &mut Vec<u8>) {
    let sum = crc32fast::hash(code);
    code.extend(sum.to_le_bytes());
}

/// Whether a file ends with its checksum.
pub fn holds(file: impl Read) -> bool {
    sums(file).is_ok_and(|(found, expected)| found == expected)
}

/// The checksum of all but the end of a file, and the one that stands there.
fn sums(mut file: impl Read) -> io::Result<(u32, u32)> {
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; CHUNK];
    // The last bytes that were read may be the checksum, so they wait for more.
    let mut kept = 0;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let end = kept + read;
        let waits = end.min(SIZE);
        if read == 0 {
            let expected = buffer[..end].try_into().map(u32::from_le_bytes);
            let expected = expected.map_err(|_| io::ErrorKind::UnexpectedEof)?;
            return Ok((hasher.finalize(), expected));
        }
        hasher.update(&buffer[..end - waits]);
        buffer.copy_within(end - waits..end, 0);
        kept = waits;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is read in pieces of this size at most.
    struct Pieces<'b>(&'b [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let len = self.0.len().min(buffer.len()).min(self.1);
            buffer[..len].copy_from_slice(&self.0[..len]);
            self.0 = &self.0[len..];
            Ok(len)
        }
    }

    #[test]
    fn a_whole_file_has_its_checksum_however_it_is_read() {
        for len in [0, 1, 3, 4, 5, CHUNK - 4, CHUNK, 3 * CHUNK + 7] {
            let mut file: Vec<u8> = (0..len).map(|n| n as u8).collect();
            add(&mut file);
            for piece in [1, 3, 1000, usize::MAX] {
                assert!(holds(Pieces(&file, piece)), "{len} bytes by {piece}");
            }
        }
    }

    #[test]
    fn no_bit_may_change_and_no_byte_be_missing() {
        let mut file = b"code".to_vec();
        add(&mut file);
        for bit in 0..8 * file.len() {
            let mut damaged = file.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(!holds(&damaged[..]), "bit {bit}");
        }
        for len in 0..file.len() {
            assert!(!holds(&file[..len]), "{len} bytes");
        }
    }
}
