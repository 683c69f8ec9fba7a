//! What a program is given: arguments, environment, random bytes.

use crate::calls::strings::Element;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;

use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// `args_sizes_get`
    pub fn args_sizes_get(&self, count_at: u32, size_at: u32) -> Result<(), Errno> {
        let ask = |host: &H, to| host.arguments(to);
        self.store_sizes(&self.arguments, ask, Element::One, (count_at, size_at))
    }

    /// `args_get`
    pub fn args_get(&self, pointers_at: u32, bytes_at: u32) -> Result<(), Errno> {
        let ask = |host: &H, to| host.arguments(to);
        self.store_strings(&self.arguments, ask, Element::One, (pointers_at, bytes_at))
    }

    /// `environ_sizes_get`
    pub fn environ_sizes_get(&self, count_at: u32, size_at: u32) -> Result<(), Errno> {
        let ask = |host: &H, to| host.environment(to);
        self.store_sizes(&self.environment, ask, Element::Pair, (count_at, size_at))
    }

    /// `environ_get`
    pub fn environ_get(&self, pointers_at: u32, bytes_at: u32) -> Result<(), Errno> {
        let ask = |host: &H, to| host.environment(to);
        self.store_strings(
            &self.environment,
            ask,
            Element::Pair,
            (pointers_at, bytes_at),
        )
    }

    /// Asks the host for the environment, once.
    pub(crate) fn ask_environment(&self) -> Result<(), Errno> {
        let ask = |host: &H, to| host.environment(to);
        self.fill(&self.environment, ask, Element::Pair)
    }

    /// `random_get`. The host's list goes straight to where the program wants it.
    pub fn random_get(&self, to: Span) -> Result<(), Errno> {
        const SIZE: u32 = 8;
        let area = self.area(SIZE)?;
        let mut rest = to;
        while rest.len > 0 {
            self.scratch.aim(rest);
            self.host.random_bytes(rest.len.into(), area.address());
            self.scratch.aim(Span::EMPTY);
            let got = self.list_at(area.address());
            let len = got.len.min(rest.len);
            if len == 0 {
                return Err(Errno::IO);
            }
            if got.address != rest.address {
                self.host.copy(rest.address, got.address, len);
                self.scratch.give(got);
            }
            rest = rest.after(len);
        }
        Ok(())
    }
}
