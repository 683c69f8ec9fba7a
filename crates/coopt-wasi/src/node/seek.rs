//! The offset of an open file.

use crate::errno::Errno;
use crate::host::Host;
use crate::node::offset::Offset;
use crate::node::open::Node;
use crate::object::{Whence, flags};

impl<H: Host> Node<H> {
    /// The offset, in bytes from the beginning.
    pub async fn offset(&self) -> Result<u64, Errno> {
        match self.offset.get() {
            Offset::At(offset) => Ok(offset),
            Offset::End => {
                let end = self.size().await?;
                self.offset.set(Offset::At(end));
                Ok(end)
            }
        }
    }

    /// Where a write goes that brings no offset of its own.
    pub async fn write_offset(&self) -> Result<Offset, Errno> {
        if self.status.has(flags::APPEND) {
            Ok(Offset::End)
        } else {
            self.offset().await.map(Offset::At)
        }
    }

    /// Moves the offset; where it is then.
    pub async fn move_offset(&self, by: i64, whence: Whence) -> Result<u64, Errno> {
        let _turn = self.turns.take().await;
        let from = match whence {
            Whence::Set => 0,
            Whence::Current => self.offset().await?,
            Whence::End => self.size().await?,
        };
        let now = from.checked_add_signed(by);
        let now = now
            .filter(|now| i64::try_from(*now).is_ok())
            .ok_or(Errno::INVAL)?;
        self.offset.set(Offset::At(now));
        Ok(now)
    }
}
