//! Reads and writes that end as they begin.
//!
//! The usual transfer is of one piece, nobody else is at the file, and the host has done it when it
//! returns. It needs no future. One that goes on becomes a future, which is polled at once: so
//! nobody takes the turn in between.

use alloc::rc::Rc;

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::node::offset::Offset;
use crate::node::open::Node;
use crate::node::reader::Reader;
use crate::object::{Call, Transfer, flags};
use crate::progress::Progress;
use crate::stream::{Writable, Written};

impl<H: Host> Node<H> {
    /// Begins a read of the usual kind; `None` for any other.
    pub fn read_at_once(self: &Rc<Self>, transfer: Transfer) -> Result<Option<Call>, Errno> {
        let Some(piece) = transfer.buffers.only(&self.wasi().host) else {
            return Ok(None);
        };
        let Some(at) = self.place(transfer) else {
            return Ok(None);
        };
        let reader = self.reader(at)?;
        let bits = reader.stream.begin(piece);
        if let Some(Progress {
            count,
            ended: false,
        }) = Progress::from_bits(bits)
        {
            self.keep_reader(reader, count);
            self.moved(transfer, at, count);
            return Ok(Some(Call::Ended));
        }
        let node = Rc::clone(self);
        Ok(Some(Call::new(async move {
            node.go_on_reading(transfer, reader, bits).await
        })))
    }

    async fn go_on_reading(
        &self,
        transfer: Transfer,
        reader: Reader<H>,
        bits: u32,
    ) -> Result<(), Errno> {
        let _turn = match transfer.offset {
            Some(_) => None,
            None => Some(self.turns.take().await),
        };
        let at = reader.at;
        let read = self.finish_read(reader, bits).await?;
        self.moved(transfer, at, read);
        Ok(())
    }

    /// Begins a write of the usual kind; `None` for any other.
    pub fn write_at_once(self: &Rc<Self>, transfer: Transfer) -> Option<Call> {
        if transfer.offset.is_none() && self.status.has(flags::APPEND) {
            return None;
        }
        let piece = transfer.buffers.only(&self.wasi().host)?;
        let at = self.place(transfer)?;
        let stream = self.writer(Offset::At(at));
        let bits = stream.begin(piece);
        if Progress::is_all(bits, piece.len) {
            let then = Ok(stream);
            let len = piece.len;
            let written = self.settle_write(Offset::At(at), Written { len, then });
            debug_assert_eq!(written, Ok(len));
            self.moved(transfer, at, len);
            return Some(Call::Ended);
        }
        let node = Rc::clone(self);
        Some(Call::new(async move {
            node.go_on_writing(transfer, at, stream, piece, bits).await
        }))
    }

    async fn go_on_writing(
        &self,
        transfer: Transfer,
        at: u64,
        stream: Writable<H>,
        piece: Span,
        bits: u32,
    ) -> Result<(), Errno> {
        let _turn = match transfer.offset {
            Some(_) => None,
            None => Some(self.turns.take().await),
        };
        let written = stream.finish(piece, bits).await;
        let written = self.settle_write(Offset::At(at), written)?;
        self.moved(transfer, at, written);
        Ok(())
    }

    /// Where a transfer begins, when that is known and nobody else is there.
    fn place(&self, transfer: Transfer) -> Option<u64> {
        let at = match (transfer.offset, self.offset.get()) {
            (Some(offset), _) => offset,
            (None, Offset::At(offset)) if self.turns.is_free() => offset,
            (None, Offset::At(_) | Offset::End) => return None,
        };
        i64::try_from(at).is_ok().then_some(at)
    }

    /// Stores how many bytes a transfer has moved, and moves the offset on.
    fn moved(&self, transfer: Transfer, at: u64, count: u32) {
        if transfer.offset.is_none() {
            self.offset.set(Offset::At(at).after(count));
        }
        self.wasi().store_count(transfer, count);
    }
}
