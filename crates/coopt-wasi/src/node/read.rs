//! Reads of a file.

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::{Buffers, Span};
use crate::node::offset::Offset;
use crate::node::open::Node;
use crate::node::reader::Reader;
use crate::stream::{Readable, Source};

impl<H: Host> Node<H> {
    /// Reads at the offset, and moves it on.
    pub async fn read_on(&self, buffers: Buffers) -> Result<u32, Errno> {
        let _turn = self.turns.take().await;
        let offset = self.offset().await?;
        let read = self.read_at(offset, buffers).await?;
        self.offset.set(Offset::At(offset + u64::from(read)));
        Ok(read)
    }

    /// Fills the buffers with what is at `offset`, as far as the file has it.
    pub async fn read_at(&self, offset: u64, buffers: Buffers) -> Result<u32, Errno> {
        if i64::try_from(offset).is_err() {
            return Err(Errno::INVAL);
        }
        let mut all = 0_u32;
        for buffer in buffers.iter(&self.wasi().host) {
            let at = offset.saturating_add(all.into());
            match self.read_piece(at, buffer).await {
                Ok(read) => {
                    all = all.saturating_add(read);
                    if read < buffer.len {
                        break;
                    }
                }
                Err(error) if all == 0 => return Err(error),
                // The next read tells the error.
                Err(_) => break,
            }
        }
        Ok(all)
    }

    /// Reads up to as many bytes as `to` has room for; 0 at the end of the file.
    async fn read_piece(&self, at: u64, to: Span) -> Result<u32, Errno> {
        let reader = self.reader(at)?;
        let bits = reader.stream.begin(to);
        self.finish_read(reader, bits).await
    }

    /// Waits for the end of a read that has come to `bits`.
    pub async fn finish_read(&self, reader: Reader<H>, bits: u32) -> Result<u32, Errno> {
        let progress = reader.stream.finish(bits).await;
        if !progress.ended {
            self.keep_reader(reader, progress.count);
        } else if progress.count == 0 {
            reader.stream.into_outcome().get().await?;
        }
        Ok(progress.count)
    }

    /// Keeps a stream that has read so many bytes.
    pub fn keep_reader(&self, mut reader: Reader<H>, read: u32) {
        reader.at = reader.at.saturating_add(read.into());
        self.reader.set(Some(reader));
    }

    /// A stream that stands at `at`: the one that was kept, or another.
    pub fn reader(&self, at: u64) -> Result<Reader<H>, Errno> {
        let changes = self.wasi().changes_of_files.get();
        let kept = self.reader.take();
        if let Some(kept) = kept.filter(|kept| kept.at == at && kept.changes == changes) {
            return Ok(kept);
        }
        let node = self.handle();
        let open = |host: &H, to| host.read_via_stream(node, at, to);
        let stream = Readable::open(self.wasi(), Source::FILE, open)?;
        Ok(Reader {
            stream,
            at,
            changes,
        })
    }
}
