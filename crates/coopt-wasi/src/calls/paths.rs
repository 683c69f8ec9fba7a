//! What is done with a path below a directory.

use crate::answer::Shape;
use crate::calls::path::{PATH_FLAGS, Path};
use crate::calls::times::Times;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::object::{Begun, Call};
use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// Begins what takes a path and tells an error only.
    fn tell_path(
        &'static self,
        path: Path,
        start: impl FnOnce(&H, u32, Span, u32) -> u32 + 'static,
    ) -> Begun {
        let (node, path) = self.resolve(path)?;
        Ok(Call::new(async move {
            let start = |host: &H, to| start(host, node.handle(), path, to);
            self.tell(start).await
        }))
    }

    /// `path_create_directory`
    pub fn path_create_directory(&'static self, path: Path) -> Begun {
        self.tell_path(path, |host, node, path, to| {
            host.create_directory_at(node, path.address, path.len, to)
        })
    }

    /// `path_remove_directory`
    pub fn path_remove_directory(&'static self, path: Path) -> Begun {
        self.resolve(path)?;
        let (stripped, _) = self.without_slashes(path.path);
        let rest = path.path.after(stripped.len);
        let mut bytes = (0..rest.len).map(|at| self.host.load8(rest.address + at));
        // POSIX, rmdir: no path whose last component is a dot.
        if stripped.len > 0 && bytes.any(|byte| byte == b'.') {
            return Err(Errno::INVAL);
        }
        let path = Path {
            path: stripped,
            ..path
        };
        self.tell_path(path, |host, node, path, to| {
            host.remove_directory_at(node, path.address, path.len, to)
        })
    }

    /// `path_unlink_file`
    pub fn path_unlink_file(&'static self, path: Path) -> Begun {
        let (node, whole) = self.resolve(path)?;
        let (stripped, names_directory) = self.without_slashes(whole);
        if names_directory {
            return Ok(Call::new(async move { node.refuse_unlink(stripped).await }));
        }
        self.tell_path(path, |host, node, path, to| {
            host.unlink_file_at(node, path.address, path.len, to)
        })
    }

    /// `path_filestat_get`
    pub fn path_filestat_get(&'static self, lookup: u32, path: Path, to: u32) -> Begun {
        let (node, path) = self.resolve(path)?;
        let (stripped, names_directory) = self.without_slashes(path);
        Ok(Call::new(async move {
            if names_directory {
                node.stat_directory_at(stripped, to).await
            } else {
                node.stat_at(lookup & 1, path, to).await
            }
        }))
    }

    /// `path_filestat_set_times`
    pub fn path_filestat_set_times(&'static self, lookup: u32, path: Path, times: Times) -> Begun {
        const SIZE: u32 = 64;
        const PATH: u32 = 8;
        const TIMES: u32 = 16;
        let (node, path) = self.resolve(path)?;
        times.check()?;
        Ok(Call::new(async move {
            let params = self.area(SIZE)?;
            let at = params.address();
            self.host.store32(at, node.handle());
            self.host.store32(at + PATH_FLAGS, lookup & 1);
            self.store_span(at + PATH, path);
            self.store_times(at + TIMES, times);
            self.tell(|host, to| host.set_times_at(at, to)).await
        }))
    }

    /// `path_readlink`; how many bytes were filled is stored at `used_at`.
    pub fn path_readlink(&'static self, path: Path, to: Span, used_at: u32) -> Begun {
        let (node, path) = self.resolve(path)?;
        Ok(Call::new(async move {
            let ask = |host: &H, to| host.readlink_at(node.handle(), path.address, path.len, to);
            let answer = self.ask(Shape::WORDS, ask).await?;
            let target = self.list_at(answer.payload());
            let used = to.len.min(target.len);
            self.host.copy(to.address, target.address, used);
            self.scratch.give(target);
            self.host.store32(used_at, used);
            Ok(())
        }))
    }
}
