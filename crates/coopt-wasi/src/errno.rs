//! The errors of preview 1.

/// An error of a call, by its number in preview 1's `errno`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno(u16);

impl Errno {
    /// The system does not allow it.
    pub const ACCES: Self = Self(2);
    /// An address of another family than the socket's.
    pub const AFNOSUPPORT: Self = Self(5);
    /// A connection is being made already.
    pub const ALREADY: Self = Self(7);
    /// A connection came to nothing.
    pub const CONNABORTED: Self = Self(13);
    /// Nobody listens there.
    pub const CONNREFUSED: Self = Self(14);
    /// No address to send to.
    pub const DESTADDRREQ: Self = Self(17);
    /// A connection is being made, and nobody waits for it.
    pub const INPROGRESS: Self = Self(26);
    /// The socket has a connection.
    pub const ISCONN: Self = Self(30);
    /// A message is too long.
    pub const MSGSIZE: Self = Self(35);
    /// There is no such option.
    pub const NOPROTOOPT: Self = Self(50);
    /// The socket has no connection.
    pub const NOTCONN: Self = Self(53);
    /// A non-blocking operation would block.
    pub const AGAIN: Self = Self(6);
    /// No such descriptor, or one that was not opened for this.
    pub const BADF: Self = Self(8);
    /// A file would be too large.
    pub const FBIG: Self = Self(22);
    /// A path is not UTF-8.
    pub const ILSEQ: Self = Self(25);
    /// A signal's handler, or a request to cancel the thread, has ended the wait.
    pub const INTR: Self = Self(27);
    /// An argument makes no sense.
    pub const INVAL: Self = Self(28);
    /// The device failed.
    pub const IO: Self = Self(29);
    /// It is a directory.
    pub const ISDIR: Self = Self(31);
    /// Too many descriptors are open.
    pub const MFILE: Self = Self(33);
    /// A path is too long.
    pub const NAMETOOLONG: Self = Self(37);
    /// No such file.
    pub const NOENT: Self = Self(44);
    /// There is no memory.
    pub const NOMEM: Self = Self(48);
    /// There is no such call.
    pub const NOSYS: Self = Self(52);
    /// Not a directory.
    pub const NOTDIR: Self = Self(54);
    /// Not a socket.
    pub const NOTSOCK: Self = Self(57);
    /// The host has no such operation.
    pub const NOTSUP: Self = Self(58);
    /// A number does not fit.
    pub const OVERFLOW: Self = Self(61);
    /// Nobody reads what is written.
    pub const PIPE: Self = Self(64);
    /// The descriptor has no offset.
    pub const SPIPE: Self = Self(70);
    /// The descriptor lacks the right to this.
    pub const NOTCAPABLE: Self = Self(76);

    /// Its number, which is never 0.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// What a call returns: 0, or an error's number.
    #[must_use]
    pub fn of(result: Result<(), Self>) -> i32 {
        result.map_or_else(|error| i32::from(error.0), |()| 0)
    }

    /// The error behind case `case` of `wasi:filesystem`'s `error-code`.
    pub(crate) fn of_file(case: u8) -> Self {
        FILE.get(usize::from(case))
            .map_or(Self::IO, |&errno| Self(errno.into()))
    }

    /// The error behind case `case` of `wasi:sockets/types`' `error-code`.
    pub(crate) fn of_socket(case: u8) -> Self {
        SOCKET
            .get(usize::from(case))
            .map_or(Self::IO, |&errno| Self(errno.into()))
    }

    /// The error behind case `case` of `wasi:sockets/ip-name-lookup`'s `error-code`, from which our C
    /// library makes those of `getaddrinfo`.
    pub(crate) const fn of_lookup(case: u8) -> Self {
        match case {
            0 => Self::ACCES,
            1 => Self::INVAL,
            2 => Self::NOENT,
            3 => Self::AGAIN,
            _ => Self::IO,
        }
    }

    /// The error behind case `case` of `wasi:cli`'s `error-code`.
    pub(crate) const fn of_stdio(case: u8) -> Self {
        match case {
            1 => Self::ILSEQ,
            2 => Self::PIPE,
            _ => Self::IO,
        }
    }
}

/// The errno of each case of `wasi:filesystem`'s `error-code` but the last, `other`.
const FILE: [u8; 36] = [
    2,  // access
    7,  // already
    8,  // bad-descriptor
    10, // busy
    16, // deadlock
    19, // quota
    20, // exist
    22, // file-too-large
    25, // illegal-byte-sequence
    26, // in-progress
    27, // interrupted
    28, // invalid
    29, // io
    31, // is-directory
    32, // loop
    34, // too-many-links
    35, // message-size
    37, // name-too-long
    43, // no-device
    44, // no-entry
    46, // no-lock
    48, // insufficient-memory
    51, // insufficient-space
    54, // not-directory
    55, // not-empty
    56, // not-recoverable
    58, // unsupported
    59, // no-tty
    60, // no-such-device
    61, // overflow
    63, // not-permitted
    64, // pipe
    69, // read-only
    70, // invalid-seek
    74, // text-file-busy
    75, // cross-device
];

/// The errno of each case of `wasi:sockets/types`' `error-code` but the last, `other`.
const SOCKET: [u8; 14] = [
    2,  // access-denied
    58, // not-supported
    28, // invalid-argument
    48, // out-of-memory
    73, // timeout
    28, // invalid-state
    4,  // address-not-bindable
    3,  // address-in-use
    23, // remote-unreachable
    14, // connection-refused
    64, // connection-broken
    15, // connection-reset
    13, // connection-aborted
    35, // datagram-too-large
];
