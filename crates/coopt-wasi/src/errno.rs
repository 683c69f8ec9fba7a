//! The errors of preview 1.

/// An error of a call. The numbers are those of preview 1's `errno`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Errno {
    /// There is no memory.
    NoMem = 48,
}

impl Errno {
    /// What a call returns: 0, or an error's number.
    #[must_use]
    pub fn of(result: Result<(), Self>) -> i32 {
        result.map_or_else(|error| i32::from(error as u16), |()| 0)
    }
}
