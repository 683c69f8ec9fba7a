//! Reads of files.

use crate::host::Step;
use crate::host::disk::code;
use crate::world::World;

#[test]
fn a_sequence_of_reads_keeps_one_stream() {
    let world = World::new();
    let (_, fd) = world.file(b"abcdefgh");
    for expected in [b"abc", b"def"] {
        assert_eq!(world.read(fd, 3), Ok(expected.to_vec()));
    }
    assert_eq!(world.host().plan.count("read-via-stream"), 1);
    assert_eq!(world.read(fd, 3), Ok(b"gh".to_vec()));
    assert_eq!(world.read(fd, 3), Ok(Vec::new()));
    assert_eq!(world.read(fd, 3), Ok(Vec::new()), "and again");
    let _ = (Step::Now, code::IO);
}
