//! A path below a directory.

use alloc::rc::Rc;
use alloc::vec;

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::node::Node;
use crate::wasi::Wasi;

/// A path, and the directory that it starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The descriptor of the directory.
    pub fd: u32,
    /// The bytes of the path.
    pub path: Span,
}

/// Where the `path-flags` of a record are, behind the node.
pub const PATH_FLAGS: u32 = 4;

impl<H: Host> Wasi<H> {
    /// The directory of a path, and the path when the host may see it.
    pub(crate) fn resolve(&'static self, path: Path) -> Result<(Rc<Node<H>>, Span), Errno> {
        let node = self.node(path.fd, Errno::NOTDIR)?;
        self.check_path(path.path)?;
        Ok((node, path.path))
    }

    /// POSIX, "Pathname Resolution". A host traps on what is not UTF-8 (Component Model, Canonical
    /// ABI, "String Loading").
    fn check_path(&self, path: Span) -> Result<(), Errno> {
        /// `PATH_MAX`, which counts the zero behind a path.
        const LEN_MAX: u32 = 4095;
        const NOT_ASCII: u64 = 0x8080_8080_8080_8080;
        match path.len {
            0 => return Err(Errno::NOENT),
            1..=LEN_MAX => {}
            _ => return Err(Errno::NAMETOOLONG),
        }
        let whole = path.len & !7;
        let words = (0..whole)
            .step_by(8)
            .map(|at| self.host.load64(path.address + at));
        let bytes = (whole..path.len).map(|at| u64::from(self.host.load8(path.address + at)));
        if words.chain(bytes).all(|word| word & NOT_ASCII == 0) {
            return Ok(());
        }
        let mut bytes = vec![0; path.len as usize];
        self.host.read(path.address, &mut bytes);
        core::str::from_utf8(&bytes).map_or(Err(Errno::ILSEQ), |_| Ok(()))
    }

    /// The path without what says that it names a directory: slashes at its end, and a dot behind
    /// one. Says, too, whether there was any (POSIX, "Pathname Resolution"). Hosts differ on them.
    pub(crate) fn without_slashes(&self, path: Span) -> (Span, bool) {
        let byte = |at: u32| self.host.load8(path.address + at);
        let mut len = path.len;
        while len > 1 {
            len -= match (byte(len - 2), byte(len - 1)) {
                (_, b'/') => 1,
                (b'/', b'.') if len > 2 => 2,
                _ => break,
            };
        }
        (path.first(len), len < path.len)
    }

    /// Stores a path as a `string`.
    pub(crate) fn store_span(&self, to: u32, span: Span) {
        self.host.store32(to, span.address);
        self.host.store32(to + 4, span.len);
    }
}
