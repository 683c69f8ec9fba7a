//! What takes two paths: links and new names.

use crate::calls::path::{PATH_FLAGS, Path};
use crate::host::Host;
use crate::memory::Span;
use crate::object::{Begun, Call};
use crate::wasi::Wasi;

/// Two paths as a record that the host takes: where each part is.
#[derive(Clone, Copy, Debug)]
struct TwoPaths {
    size: u32,
    old: u32,
    /// Where the second directory is, if there is one.
    directory: Option<u32>,
    new: u32,
}

impl TwoPaths {
    const LINK: Self = Self {
        size: 28,
        old: 8,
        directory: Some(16),
        new: 20,
    };
    const RENAME: Self = Self {
        size: 24,
        old: 4,
        directory: Some(12),
        new: 16,
    };
    const SYMLINK: Self = Self {
        size: 20,
        old: 4,
        directory: None,
        new: 12,
    };
}

impl<H: Host> Wasi<H> {
    /// `path_link`
    pub fn path_link(&'static self, lookup: u32, old: Path, new: Path) -> Begun {
        self.tell_paths(TwoPaths::LINK, lookup, old, new, |host, params, to| {
            host.link_at(params, to)
        })
    }

    /// `path_rename`
    pub fn path_rename(&'static self, old: Path, new: Path) -> Begun {
        self.tell_paths(TwoPaths::RENAME, 0, old, new, |host, params, to| {
            host.rename_at(params, to)
        })
    }

    /// `path_symlink`: `target` is what the link says, and starts from nowhere.
    pub fn path_symlink(&'static self, target: Span, new: Path) -> Begun {
        let old = Path {
            fd: new.fd,
            path: target,
        };
        self.tell_paths(TwoPaths::SYMLINK, 0, old, new, |host, params, to| {
            host.symlink_at(params, to)
        })
    }

    /// Begins what takes two paths and tells an error only.
    fn tell_paths(
        &'static self,
        record: TwoPaths,
        lookup: u32,
        old: Path,
        new: Path,
        start: impl FnOnce(&H, u32, u32) -> u32 + 'static,
    ) -> Begun {
        let (old_node, old) = self.resolve(old)?;
        let (new_node, new) = self.resolve(new)?;
        Ok(Call::new(async move {
            let params = self.area(record.size)?;
            let at = params.address();
            self.host.store32(at, old_node.handle());
            if record.old > PATH_FLAGS {
                self.host.store32(at + PATH_FLAGS, lookup & 1);
            }
            self.store_span(at + record.old, old);
            if let Some(directory) = record.directory {
                self.host.store32(at + directory, new_node.handle());
            }
            self.store_span(at + record.new, new);
            self.tell(|host, to| start(host, at, to)).await
        }))
    }
}
