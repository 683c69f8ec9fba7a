//! What is done with the descriptor of a file or a directory.

use crate::calls::times::Times;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::object::{Begun, Call, Rights, filetype};
use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// Begins what asks the host about a node and tells an error only.
    fn tell_node(
        &'static self,
        fd: u32,
        otherwise: Errno,
        start: impl FnOnce(&H, u32, u32) -> u32 + 'static,
    ) -> Begun {
        let node = self.node(fd, otherwise)?;
        Ok(Call::new(async move {
            self.tell(|host, to| start(host, node.handle(), to)).await
        }))
    }

    /// `fd_advise`
    pub fn fd_advise(&'static self, fd: u32, offset: u64, len: u64, advice: u32) -> Begun {
        const ADVICES: u32 = 6;
        // The numbers are the same in WASI 0.3.
        if advice >= ADVICES {
            return Err(Errno::INVAL);
        }
        self.tell_node(fd, Errno::SPIPE, move |host, node, to| {
            host.advise(node, offset, len, advice, to)
        })
    }

    /// `fd_allocate`: makes the file reach as far. The host cannot set room aside, so a write there
    /// may still find none.
    pub fn fd_allocate(&'static self, fd: u32, offset: u64, len: u64) -> Begun {
        self.object_for(fd, Rights::WRITE)?;
        let node = self.node(fd, Errno::SPIPE)?;
        let end = offset
            .checked_add(len)
            .filter(|end| i64::try_from(*end).is_ok());
        let end = end.ok_or(Errno::FBIG)?;
        if len == 0 {
            return Err(Errno::INVAL);
        }
        Ok(Call::new(async move {
            if node.size().await? < end {
                self.tell(|host, to| host.set_size(node.handle(), end, to))
                    .await?;
                self.note_change_of_file();
            }
            Ok(())
        }))
    }

    /// `fd_datasync`
    pub fn fd_datasync(&'static self, fd: u32) -> Begun {
        self.tell_node(fd, Errno::INVAL, |host, node, to| host.sync_data(node, to))
    }

    /// `fd_sync`
    pub fn fd_sync(&'static self, fd: u32) -> Begun {
        self.tell_node(fd, Errno::INVAL, |host, node, to| host.sync(node, to))
    }

    /// `fd_filestat_set_size`
    pub fn fd_filestat_set_size(&'static self, fd: u32, size: u64) -> Begun {
        let node = self.node(fd, Errno::INVAL)?;
        Ok(Call::new(async move {
            let set = |host: &H, to| host.set_size(node.handle(), size, to);
            let result = self.tell(set).await;
            self.note_change_of_file();
            result
        }))
    }

    /// `fd_filestat_set_times`
    pub fn fd_filestat_set_times(&'static self, fd: u32, times: Times) -> Begun {
        const SIZE: u32 = 56;
        const TIMES: u32 = 8;
        let node = self.node(fd, Errno::INVAL)?;
        times.check()?;
        Ok(Call::new(async move {
            let params = self.area(SIZE)?;
            self.host.store32(params.address(), node.handle());
            self.store_times(params.address() + TIMES, times);
            let set = |host: &H, to| host.set_times(params.address(), to);
            self.tell(set).await
        }))
    }

    /// `fd_filestat_get`. Of a stream there is little to tell.
    pub fn fd_filestat_get(&'static self, fd: u32, to: u32) -> Begun {
        const WORDS: u32 = 8;
        const FILETYPE: u32 = 16;
        if let Ok(node) = self.node(fd, Errno::BADF) {
            return Ok(Call::new(async move { node.stat(to).await }));
        }
        self.object(fd)?;
        for word in 0..WORDS {
            self.host.store64(to + 8 * word, 0);
        }
        self.host.store64(to + FILETYPE, filetype::UNKNOWN.into());
        Ok(Call::Ended)
    }

    /// `fd_readdir`; how many bytes were filled is stored at `used_at`.
    pub fn fd_readdir(&'static self, fd: u32, to: Span, cookie: u64, used_at: u32) -> Begun {
        let node = self.node(fd, Errno::NOTDIR)?;
        Ok(Call::new(async move {
            let used = node.read_entries(to, cookie).await?;
            self.host.store32(used_at, used);
            Ok(())
        }))
    }
}
