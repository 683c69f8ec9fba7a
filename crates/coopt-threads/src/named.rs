//! Named semaphores: `sem_open`, `sem_close`, `sem_unlink`.
//!
//! There is one process, so a name lasts as long as the process runs. Access
//! rights are not kept: the only process that could be refused is the one that
//! made the semaphore.
//!
//! | `opens` | `is_linked` | |
//! |---|---|---|
//! | > 0 | yes | in use; its name leads to it |
//! | > 0 | no | in use; the name is free for another |
//! | 0 | yes | nobody uses it; its value stays for the next `open` |
//! | 0 | no | freed |

use core::cell::Cell;
use core::ptr;

use coopt_sync::VALUE_MAX;

use crate::list::{Linked, Links, List};
use crate::objects::Semaphore;

/// The longest name (`NAME_MAX`), in bytes.
pub const NAME_MAX: usize = coopt_abi::header::NAME_MAX as usize;

/// Why a name leads to no semaphore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// A semaphore has this name, and [`Creation::is_exclusive`] forbids one.
    Exists,
    /// No semaphore has this name.
    Missing,
    /// The bytes are no name, or the value is above [`VALUE_MAX`].
    Invalid,
    /// The name is longer than [`NAME_MAX`].
    TooLong,
    /// There is no memory for another semaphore.
    NoMemory,
}

/// A named semaphore. The program's `sem_t *` points to its first field.
#[repr(C)]
pub struct Named {
    semaphore: Semaphore,
    links: Links<Self>,
    name: [u8; NAME_MAX],
    name_len: usize,
    opens: Cell<usize>,
    is_linked: Cell<bool>,
}

impl Linked for Named {
    fn links(&self) -> &Links<Self> {
        &self.links
    }
}

/// Where named semaphores lie.
pub trait Memory {
    /// A place for one semaphore; `None` when there is no memory.
    fn allocate(&self) -> Option<*mut Named>;

    /// Frees the place of a semaphore.
    fn free(&self, named: *const Named);
}

/// What `sem_open` with `O_CREAT` asks for.
#[derive(Clone, Copy, Debug)]
pub struct Creation {
    /// The value of a new semaphore.
    pub value: u32,
    /// Whether the name must be free (`O_EXCL`).
    pub is_exclusive: bool,
}

/// The semaphores that are in use or have a name.
pub struct NamedSemaphores(List<Named>);

impl NamedSemaphores {
    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self(List::new())
    }

    /// Opens the semaphore of a name, making it if `creation` says so.
    ///
    /// # Errors
    ///
    /// Any [`NameError`].
    pub fn open(
        &self,
        memory: &impl Memory,
        name: &[u8],
        creation: Option<Creation>,
    ) -> Result<&Semaphore, NameError> {
        let name = parse(name)?;
        match (self.find_name(name), creation) {
            (Some(_), Some(creation)) if creation.is_exclusive => Err(NameError::Exists),
            (Some(named), _) => {
                named.opens.set(named.opens.get() + 1);
                Ok(&named.semaphore)
            }
            (None, Some(creation)) => self.create(memory, name, creation.value),
            (None, None) => Err(NameError::Missing),
        }
    }

    /// Closes a semaphore.
    ///
    /// # Errors
    ///
    /// [`NameError::Invalid`] for one that is not open.
    pub fn close(
        &self,
        memory: &impl Memory,
        semaphore: *const Semaphore,
    ) -> Result<(), NameError> {
        let is_it = |named: &&Named| {
            named.opens.get() > 0 && ptr::eq(&raw const named.semaphore, semaphore)
        };
        let named = self.0.iter().find(is_it).ok_or(NameError::Invalid)?;
        named.opens.set(named.opens.get() - 1);
        self.release(memory, named);
        Ok(())
    }

    /// Takes a name away from its semaphore.
    ///
    /// # Errors
    ///
    /// [`NameError::Missing`], [`NameError::TooLong`].
    pub fn unlink(&self, memory: &impl Memory, name: &[u8]) -> Result<(), NameError> {
        let name = match parse(name) {
            // POSIX XSH `sem_unlink` names no `EINVAL`.
            Err(NameError::Invalid) => Err(NameError::Missing),
            parsed => parsed,
        }?;
        let named = self.find_name(name).ok_or(NameError::Missing)?;
        named.is_linked.set(false);
        self.release(memory, named);
        Ok(())
    }

    /// Makes a semaphore that is open once.
    fn create(
        &self,
        memory: &impl Memory,
        name: &[u8],
        value: u32,
    ) -> Result<&Semaphore, NameError> {
        debug_assert!(name.len() <= NAME_MAX, "it was parsed");
        if value > VALUE_MAX {
            return Err(NameError::Invalid);
        }
        let place = memory.allocate().ok_or(NameError::NoMemory)?;
        let mut stored = [0; NAME_MAX];
        for (to, &from) in stored.iter_mut().zip(name) {
            *to = from;
        }
        let named = Named {
            semaphore: Semaphore::new(value),
            links: Links::new(),
            name: stored,
            name_len: name.len(),
            opens: Cell::new(1),
            is_linked: Cell::new(true),
        };
        #[expect(unsafe_code, reason = "the place was just allocated")]
        // SAFETY: the place was just allocated, and nobody else has it.
        unsafe {
            place.write(named);
        }
        #[expect(unsafe_code, reason = "the place was just written")]
        // SAFETY: the place was just written; `release` alone frees it.
        let named = unsafe { &*place };
        #[expect(unsafe_code, reason = "the list keeps its address")]
        // SAFETY: `release` removes the semaphore before it frees it.
        unsafe {
            self.0.insert(named);
        }
        Ok(&named.semaphore)
    }

    /// Frees a semaphore unless the program can still reach it: no name and, by
    /// the program's promise not to use what it closed, no pointer leads to it.
    fn release(&self, memory: &impl Memory, named: &Named) {
        if named.opens.get() == 0 && !named.is_linked.get() {
            self.0.remove(named);
            memory.free(named);
        }
    }

    fn find_name(&self, name: &[u8]) -> Option<&Named> {
        self.0
            .iter()
            .find(|named| named.is_linked.get() && named.name.get(..named.name_len) == Some(name))
    }
}

impl Default for NamedSemaphores {
    fn default() -> Self {
        Self::new()
    }
}

/// The part of a name that counts. POSIX XSH `sem_open` leaves open what a name
/// without a leading slash means, and a name with further slashes. Here, as on
/// most systems, leading slashes do not count, and another slash is invalid.
fn parse(mut name: &[u8]) -> Result<&[u8], NameError> {
    while let Some(rest) = name.strip_prefix(b"/") {
        name = rest;
    }
    match name {
        b"" | b"." | b".." => Err(NameError::Invalid),
        _ if name.contains(&b'/') => Err(NameError::Invalid),
        _ if name.len() > NAME_MAX => Err(NameError::TooLong),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::boxed::Box;

    use super::*;

    /// Memory that says how many places are in use.
    #[derive(Default)]
    struct Heap(Cell<usize>);

    impl Memory for Heap {
        fn allocate(&self) -> Option<*mut Named> {
            self.0.set(self.0.get() + 1);
            Some(Box::into_raw(Box::<Named>::new_uninit()).cast())
        }

        fn free(&self, named: *const Named) {
            self.0.set(self.0.get() - 1);
            #[expect(unsafe_code, reason = "it is freed")]
            // SAFETY: `allocate` made the place, and it was written.
            drop(unsafe { Box::from_raw(named.cast_mut()) });
        }
    }

    const ONE: Option<Creation> = Some(Creation {
        value: 1,
        is_exclusive: false,
    });

    #[test]
    fn a_semaphore_lives_while_a_name_or_an_opening_does() {
        let (heap, all) = (Heap::default(), NamedSemaphores::new());
        let open = |name, creation| all.open(&heap, name, creation).map(ptr::from_ref);
        let first = open(b"/a", ONE).expect("it is made");
        assert_eq!(open(b"a", None), Ok(first), "a slash does not count");
        assert_eq!(all.unlink(&heap, b"//a"), Ok(()));
        assert_eq!(open(b"/a", None), Err(NameError::Missing));
        let second = open(b"/a", ONE).expect("the name is free");
        assert_ne!(first, second);
        assert_eq!(all.close(&heap, first), Ok(()));
        assert_eq!(heap.0.get(), 2, "it is open still");
        assert_eq!(all.close(&heap, first), Ok(()));
        assert_eq!(all.close(&heap, first), Err(NameError::Invalid));
        assert_eq!(heap.0.get(), 1);
        assert_eq!(all.close(&heap, second), Ok(()));
        assert_eq!(heap.0.get(), 1, "its name leads to it still");
        assert_eq!(all.unlink(&heap, b"a"), Ok(()));
        assert_eq!(heap.0.get(), 0);
    }

    #[test]
    fn names_and_values_are_checked() {
        let (heap, all) = (Heap::default(), NamedSemaphores::new());
        let open = |name, creation| all.open(&heap, name, creation).map(|_| ());
        let exclusive = Some(Creation {
            value: 0,
            is_exclusive: true,
        });
        let huge = Some(Creation {
            value: VALUE_MAX + 1,
            is_exclusive: false,
        });
        assert_eq!(open(b"/x", exclusive), Ok(()));
        assert_eq!(open(b"/x", exclusive), Err(NameError::Exists));
        assert_eq!(open(b"/y", huge), Err(NameError::Invalid));
        for none in [&b""[..], b"/", b".", b"/..", b"/a/b"] {
            assert_eq!(open(none, ONE), Err(NameError::Invalid));
            assert_eq!(all.unlink(&heap, none), Err(NameError::Missing));
        }
        assert_eq!(open(&[b'a'; NAME_MAX + 1], ONE), Err(NameError::TooLong));
        assert_eq!(open(&[b'a'; NAME_MAX], ONE), Ok(()));
        assert_eq!(all.unlink(&heap, &[b'a'; NAME_MAX]), Ok(()));
        assert_eq!(all.unlink(&heap, b"x"), Ok(()));
    }
}
