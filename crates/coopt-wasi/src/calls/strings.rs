//! The strings of the host, as C has them.

use alloc::vec::Vec;

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::strings::{Cached, Strings};
use crate::wasi::Wasi;

/// What is joined to one string: the strings of an element of the host's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// An argument.
    One,
    /// A variable and its value, with `=` between them.
    Pair,
}

impl Element {
    const STRING_SIZE: u32 = 8;

    const fn count(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Pair => 2,
        }
    }
}

impl<H: Host> Wasi<H> {
    /// Stores how many strings there are, and how many bytes they take.
    pub(crate) fn store_sizes(
        &self,
        cached: &Cached,
        ask: impl FnOnce(&H, u32),
        element: Element,
        (count_at, size_at): (u32, u32),
    ) -> Result<(), Errno> {
        self.fill(cached, ask, element)?;
        if let Some(strings) = &*cached.0.borrow() {
            self.host.store32(count_at, strings.starts.len() as u32);
            self.host.store32(size_at, strings.bytes.len() as u32);
        }
        Ok(())
    }

    /// Stores the strings at `bytes_at`, and a pointer to each at `pointers_at`.
    pub(crate) fn store_strings(
        &self,
        cached: &Cached,
        ask: impl FnOnce(&H, u32),
        element: Element,
        (pointers_at, bytes_at): (u32, u32),
    ) -> Result<(), Errno> {
        self.fill(cached, ask, element)?;
        if let Some(strings) = &*cached.0.borrow() {
            self.host.write(bytes_at, &strings.bytes);
            for (index, start) in (0..).zip(&strings.starts) {
                self.host.store32(pointers_at + 4 * index, bytes_at + start);
            }
        }
        Ok(())
    }

    /// Asks the host, once.
    pub(crate) fn fill(
        &self,
        cached: &Cached,
        ask: impl FnOnce(&H, u32),
        element: Element,
    ) -> Result<(), Errno> {
        const SIZE: u32 = 8;
        if cached.0.borrow().is_some() {
            return Ok(());
        }
        let area = self.area(SIZE)?;
        ask(&self.host, area.address());
        let list = self.list_at(area.address());
        let mut strings = Strings::default();
        let element_size = element.count() * Element::STRING_SIZE;
        for index in 0..list.len {
            strings.starts.push(strings.bytes.len() as u32);
            self.push(
                &mut strings.bytes,
                list.address + index * element_size,
                element,
            );
        }
        self.scratch
            .give(Span::new(list.address, list.len * element_size));
        cached.0.replace(Some(strings));
        Ok(())
    }

    /// Appends one element of a list.
    fn push(&self, bytes: &mut Vec<u8>, at: u32, element: Element) {
        for part in 0..element.count() {
            if part > 0 {
                bytes.push(b'=');
            }
            let span = self.list_at(at + part * Element::STRING_SIZE);
            bytes.append(&mut self.take_string(span));
        }
        bytes.push(0);
    }
}
