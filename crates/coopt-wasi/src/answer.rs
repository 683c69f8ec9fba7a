//! What the functions of `wasi:filesystem` answer: `result<T, error-code>`.

use crate::area::Area;
use crate::errno::Errno;
use crate::host::Host;
use crate::wasi::Wasi;

/// The layout of a `result<T, error-code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    size: u32,
    /// Where the payload is: the `T`, or the `error-code`.
    payload: u32,
}

impl Shape {
    /// `result<_, error-code>`, `result<descriptor, error-code>`, `result<string, error-code>`,
    /// `result<descriptor-type, error-code>`
    pub const WORDS: Self = Self {
        size: 20,
        payload: 4,
    };
    /// `result<descriptor-stat, error-code>`
    pub const STAT: Self = Self {
        size: 112,
        payload: 8,
    };
    /// `result<metadata-hash-value, error-code>`
    pub const HASH: Self = Self {
        size: 24,
        payload: 8,
    };
}

/// The last case of `error-code`, `other`, which has an `option<string>`.
const OTHER: u8 = 36;

/// The payload of an answer that is no error. Its room is given back when it is dropped.
#[derive(Debug)]
pub struct Answer<'s> {
    area: Area<'s>,
    payload: u32,
}

impl Answer<'_> {
    /// Where the payload is.
    pub const fn payload(&self) -> u32 {
        self.area.address() + self.payload
    }
}

impl<H: Host> Wasi<H> {
    /// Calls an asynchronous function, which `start` begins with the address of its result.
    pub(crate) async fn ask(
        &self,
        shape: Shape,
        start: impl FnOnce(&H, u32) -> u32,
    ) -> Result<Answer<'_>, Errno> {
        let area = self.area(shape.size)?;
        let status = start(&self.host, area.address());
        self.returned(status).await;
        self.check(area.address(), shape)?;
        Ok(Answer {
            area,
            payload: shape.payload,
        })
    }

    /// Calls an asynchronous function that answers `result<_, error-code>`.
    pub(crate) async fn tell(&self, start: impl FnOnce(&H, u32) -> u32) -> Result<(), Errno> {
        self.ask(Shape::WORDS, start).await.map(drop)
    }

    /// Whether the result at `at` is no error.
    pub(crate) fn check(&self, at: u32, shape: Shape) -> Result<(), Errno> {
        if self.host.load8(at) == 0 {
            return Ok(());
        }
        let error = at + shape.payload;
        let case = self.host.load8(error);
        if case == OTHER && self.host.load8(error + 4) == 1 {
            self.scratch.give(self.list_at(error + 8));
        }
        Err(Errno::of_file(case))
    }
}
