//! Writes to a file.

use crate::errno::Errno;
use crate::host::Host;
use crate::joined::JOINED_MAX;
use crate::memory::Buffers;
use crate::node::offset::Offset;
use crate::node::open::Node;
use crate::node::writer::Writer;
use crate::stream::{Source, Writable, Written};

impl<H: Host> Node<H> {
    /// Writes at the offset, and moves it on.
    pub async fn write_on(&self, buffers: Buffers) -> Result<u32, Errno> {
        let _turn = self.turns.take().await;
        let at = self.write_offset().await?;
        let written = self.write_at(at, buffers).await?;
        self.offset.set(at.after(written));
        Ok(written)
    }

    /// Writes the buffers to a place.
    pub async fn write_at(&self, at: Offset, buffers: Buffers) -> Result<u32, Errno> {
        if matches!(at, Offset::At(offset) if i64::try_from(offset).is_err()) {
            return Err(Errno::INVAL);
        }
        let stream = self.writer(at);
        let written = self.write_all(stream, buffers).await;
        self.settle_write(at, written)
    }

    /// Writes the buffers to a stream: several small ones in one piece, since a piece costs more
    /// than a copy.
    async fn write_all(&self, stream: Writable<H>, buffers: Buffers) -> Written<H> {
        match self.wasi().joined(buffers, JOINED_MAX) {
            Ok(Some(joined)) if joined.span().len > 0 => stream.write(joined.span()).await,
            Ok(_) => self.write_each(stream, buffers).await,
            Err(error) => Written {
                len: 0,
                then: Err(error),
            },
        }
    }

    async fn write_each(&self, stream: Writable<H>, buffers: Buffers) -> Written<H> {
        let mut all = Written {
            len: 0,
            then: Ok(stream),
        };
        for buffer in buffers.iter(&self.wasi().host) {
            let Ok(stream) = all.then else { break };
            let Written { len, then } = stream.write(buffer).await;
            all = Written {
                len: all.len.saturating_add(len),
                then,
            };
        }
        all
    }

    /// Keeps the stream of a write to `at`; how many bytes have been written.
    pub fn settle_write(&self, at: Offset, written: Written<H>) -> Result<u32, Errno> {
        let Written { len, then } = written;
        self.wasi().note_change_of_file();
        match then {
            Ok(stream) => {
                let at = at.after(len);
                self.writer.set(Some(Writer { stream, at }));
            }
            Err(error) if len == 0 => return Err(error),
            // The next write tells the error.
            Err(_) => {}
        }
        Ok(len)
    }

    /// A stream whose next byte goes to `at`: the one that was kept, or another.
    pub fn writer(&self, at: Offset) -> Writable<H> {
        let kept = self.writer.take();
        if let Some(kept) = kept.filter(|kept| kept.at == at) {
            return kept.stream;
        }
        let node = self.handle();
        Writable::open(self.wasi(), Source::FILE, |host, stream| match at {
            Offset::At(offset) => host.write_via_stream(node, stream, offset),
            Offset::End => host.append_via_stream(node, stream),
        })
    }
}
