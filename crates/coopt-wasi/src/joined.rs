//! Several buffers as one.

use crate::area::Area;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::{Buffers, Span};
use crate::wasi::Wasi;

/// As many bytes of several buffers go to a stream in one piece: a piece more costs more than to copy
/// them.
pub const JOINED_MAX: u32 = 16_384;

/// Several buffers as one: a copy, if there are more than one.
#[derive(Debug)]
pub struct Joined<'s> {
    span: Span,
    /// Where the copy is.
    _copy: Option<Area<'s>>,
}

impl Joined<'_> {
    /// The bytes.
    pub const fn span(&self) -> Span {
        self.span
    }
}

impl<H: Host> Wasi<H> {
    /// The buffers as one; `None` when they are several, and longer than `len_max` together.
    pub(crate) fn joined(
        &'static self,
        buffers: Buffers,
        len_max: u32,
    ) -> Result<Option<Joined<'static>>, Errno> {
        if let Some(span) = buffers.only(&self.host) {
            return Ok(Some(Joined { span, _copy: None }));
        }
        let len = buffers.len(&self.host);
        if len > len_max.into() {
            return Ok(None);
        }
        let copy = self.area(len as u32)?;
        let whole = Span::new(copy.address(), len as u32);
        Ok(Some(Joined {
            span: self.gather(buffers, whole),
            _copy: Some(copy),
        }))
    }

    /// Copies the buffers to `copy`, one behind the other.
    fn gather(&self, buffers: Buffers, copy: Span) -> Span {
        let mut to = copy;
        for buffer in buffers.iter(&self.host) {
            let piece = buffer.first(to.len);
            self.host.copy(to.address, piece.address, piece.len);
            to = to.after(piece.len);
        }
        copy.first(copy.len - to.len)
    }
}
