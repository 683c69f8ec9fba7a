//! What functions of the host answer: `result<T, error-code>`.

use crate::area::Area;
use crate::errno::Errno;
use crate::host::Host;
use crate::wasi::Wasi;

/// Whose `error-code` it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Errors {
    /// Of `wasi:filesystem/types`.
    File,
    /// Of `wasi:sockets/types`.
    Socket,
    /// Of `wasi:sockets/ip-name-lookup`.
    Lookup,
}

impl Errors {
    /// The last case, `other`, which has an `option<string>`.
    const fn other(self) -> u8 {
        match self {
            Self::File => 36,
            Self::Socket => 14,
            Self::Lookup => 5,
        }
    }

    fn errno(self, case: u8) -> Errno {
        match self {
            Self::File => Errno::of_file(case),
            Self::Socket => Errno::of_socket(case),
            Self::Lookup => Errno::of_lookup(case),
        }
    }
}

/// The layout of a `result<T, error-code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    errors: Errors,
    size: u32,
    /// Where the payload is: the `T`, or the `error-code`.
    payload: u32,
}

impl Shape {
    /// `result<_, error-code>`, `result<descriptor, error-code>`, `result<string, error-code>`,
    /// `result<descriptor-type, error-code>`
    pub const WORDS: Self = Self {
        errors: Errors::File,
        size: 20,
        payload: 4,
    };
    /// `result<descriptor-stat, error-code>`
    pub const STAT: Self = Self {
        errors: Errors::File,
        size: 112,
        payload: 8,
    };
    /// `result<metadata-hash-value, error-code>`
    pub const HASH: Self = Self {
        errors: Errors::File,
        size: 24,
        payload: 8,
    };
    /// Of `wasi:sockets`: `result<_, error-code>`, and that of a handle, a `bool`, a `u8`, a `u32`.
    pub const SOCKET: Self = Self {
        errors: Errors::Socket,
        size: 20,
        payload: 4,
    };
    /// Of `wasi:sockets`: `result<u64, error-code>`
    pub const SOCKET_LONG: Self = Self {
        errors: Errors::Socket,
        size: 24,
        payload: 8,
    };
    /// `result<ip-socket-address, error-code>`
    pub const SOCKET_ADDRESS: Self = Self {
        errors: Errors::Socket,
        size: 36,
        payload: 4,
    };
    /// `result<tuple<list<u8>, ip-socket-address>, error-code>`
    pub const DATAGRAM: Self = Self {
        errors: Errors::Socket,
        size: 44,
        payload: 4,
    };
    /// `result<list<ip-address>, error-code>`
    pub const LOOKUP: Self = Self {
        errors: Errors::Lookup,
        size: 20,
        payload: 4,
    };

    /// How many bytes it has.
    pub const fn size(self) -> u32 {
        self.size
    }

    /// Where the payload of a result at `at` is.
    pub const fn payload_at(self, at: u32) -> u32 {
        at + self.payload
    }
}

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
        self.answer(area, shape)
    }

    /// Calls a function that returns at once, and stores its result at the address it is given.
    pub(crate) fn ask_now(
        &self,
        shape: Shape,
        call: impl FnOnce(&H, u32),
    ) -> Result<Answer<'_>, Errno> {
        let area = self.area(shape.size)?;
        call(&self.host, area.address());
        self.answer(area, shape)
    }

    /// Calls an asynchronous function that answers `result<_, error-code>`.
    pub(crate) async fn tell(&self, start: impl FnOnce(&H, u32) -> u32) -> Result<(), Errno> {
        self.ask(Shape::WORDS, start).await.map(drop)
    }

    /// The payload of the result that is in `area`.
    fn answer<'s>(&self, area: Area<'s>, shape: Shape) -> Result<Answer<'s>, Errno> {
        self.check(area.address(), shape)?;
        Ok(Answer {
            area,
            payload: shape.payload,
        })
    }

    /// Whether the result at `at` is no error.
    pub(crate) fn check(&self, at: u32, shape: Shape) -> Result<(), Errno> {
        if self.host.load8(at) == 0 {
            return Ok(());
        }
        let error = at + shape.payload;
        let case = self.host.load8(error);
        if case == shape.errors.other() && self.host.load8(error + 4) == 1 {
            self.scratch.give(self.list_at(error + 8));
        }
        Err(shape.errors.errno(case))
    }
}
