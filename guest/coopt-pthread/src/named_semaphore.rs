//! `sem_open`, `sem_close`, `sem_unlink`: semaphores that a name leads to.
//!
//! There is one process, so a name means something inside it and for as long
//! as it runs. Access rights are not kept: who could be refused is the process
//! that made the semaphore.
//!
//! | `opens` | `is_linked` | |
//! |---|---|---|
//! | > 0 | yes | in use; its name leads to it |
//! | > 0 | no | in use; the name is free for another |
//! | 0 | yes | nobody uses it; it keeps its value for who opens it next |
//! | 0 | no | freed |

use core::cell::Cell;
use core::ffi::{CStr, c_char, c_int, c_uint};
use core::ptr;

use coopt_sync::VALUE_MAX;

use crate::cooperative::Cooperative;
use crate::errno::{Errno, minus_one, place_or_null};
use crate::libc;
use crate::semaphore::PosixSemaphore;

/// `NAME_MAX` (`limits.h`).
const NAME_MAX: usize = 255;

/// Flags of `sem_open` (`fcntl.h`).
const CREATE: c_int = 1 << 12;
const EXCLUSIVE: c_int = 4 << 12;

/// A named semaphore. What a program holds points to its first field.
#[repr(C)]
struct Named {
    semaphore: PosixSemaphore,
    name: [u8; NAME_MAX],
    name_len: usize,
    opens: Cell<usize>,
    is_linked: Cell<bool>,
    next: Cell<*const Named>,
}

const _: () = assert!(core::mem::offset_of!(Named, semaphore) == 0);
const _: () = assert!(align_of::<Named>() <= libc::MALLOC_ALIGN);

/// The semaphores that are in use or have a name, newest first.
static SEMAPHORES: Cooperative<Cell<*const Named>> = Cooperative::new(Cell::new(ptr::null()));

/// What `sem_open` takes beyond its flags when it is to create: C passes
/// arguments after an ellipsis in memory (the C ABI of wasm).
#[repr(C)]
pub struct Creation {
    /// Access rights, `mode_t`.
    _mode: c_uint,
    value: c_uint,
}

impl Named {
    /// A semaphore that is open once.
    fn create(name: &[u8], value: c_uint) -> Result<&'static Self, Errno> {
        debug_assert!(name.len() <= NAME_MAX, "it was checked");
        if value > VALUE_MAX {
            return Err(Errno::INVAL);
        }
        let place: *mut Self = libc::allocate(size_of::<Self>())
            .ok_or(Errno::NOMEM)?
            .cast();
        let mut stored = [0; NAME_MAX];
        for (to, &from) in stored.iter_mut().zip(name) {
            *to = from;
        }
        let named = Self {
            semaphore: PosixSemaphore::new(value),
            name: stored,
            name_len: name.len(),
            opens: Cell::new(1),
            is_linked: Cell::new(true),
            next: Cell::new(SEMAPHORES.get()),
        };
        // SAFETY: the place was allocated for it.
        unsafe { place.write(named) };
        SEMAPHORES.set(place);
        // SAFETY: it was just written, and lives until [`release`].
        Ok(unsafe { &*place })
    }

    fn name(&self) -> &[u8] {
        self.name.get(..self.name_len).unwrap_or_default()
    }

    /// Whether the program can still reach it.
    fn is_reachable(&self) -> bool {
        self.opens.get() > 0 || self.is_linked.get()
    }
}

/// Frees a semaphore unless the program can still reach it.
fn release(named: *const Named) {
    let mut link = &*SEMAPHORES;
    while let Some(other) = follow(link) {
        if ptr::eq(other, named) {
            if other.is_reachable() {
                return;
            }
            link.set(other.next.get());
            break;
        }
        link = &other.next;
    }
    // SAFETY: `create` allocated it; no name and, by the program's promise not
    // to use what it closed, no pointer leads to it any more.
    unsafe { libc::release(named.cast_mut().cast()) };
}

fn follow(link: &Cell<*const Named>) -> Option<&'static Named> {
    // SAFETY: null, or a semaphore that was not released: release unlinks it.
    unsafe { link.get().as_ref() }
}

/// The first semaphore that is as asked.
fn find(is_it: impl Fn(&Named) -> bool) -> Option<&'static Named> {
    let mut link = &*SEMAPHORES;
    while let Some(named) = follow(link) {
        if is_it(named) {
            return Some(named);
        }
        link = &named.next;
    }
    None
}

fn find_name(name: &[u8]) -> Option<&'static Named> {
    find(|named| named.is_linked.get() && named.name() == name)
}

/// The part of a name that counts. POSIX leaves open what a name without a
/// leading slash and one with more slashes mean; as on most systems, the
/// former is the same as with it, and the latter is no name.
fn parse(name: &CStr) -> Result<&[u8], Errno> {
    let mut name = name.to_bytes();
    while let Some(rest) = name.strip_prefix(b"/") {
        name = rest;
    }
    match name {
        b"" | b"." | b".." => Err(Errno::INVAL),
        _ if name.contains(&b'/') => Err(Errno::INVAL),
        _ if name.len() > NAME_MAX => Err(Errno::NAMETOOLONG),
        _ => Ok(name),
    }
}

fn open(name: &CStr, flags: c_int, creation: Option<&Creation>) -> Result<&'static Named, Errno> {
    let name = parse(name)?;
    match (find_name(name), creation) {
        (Some(_), Some(_)) if flags & EXCLUSIVE != 0 => Err(Errno::EXIST),
        (Some(named), _) => {
            named.opens.set(named.opens.get() + 1);
            Ok(named)
        }
        (None, Some(creation)) => Named::create(name, creation.value),
        (None, None) => Err(Errno::NOENT),
    }
}

fn close(semaphore: *const PosixSemaphore) -> Result<(), Errno> {
    let named =
        find(|named| named.opens.get() > 0 && ptr::eq(&raw const named.semaphore, semaphore));
    let named = named.ok_or(Errno::INVAL)?;
    named.opens.set(named.opens.get() - 1);
    release(named);
    Ok(())
}

fn unlink(name: &CStr) -> Result<(), Errno> {
    let name = match parse(name) {
        // What is no name is not the name of a semaphore.
        Err(Errno::INVAL) => Err(Errno::NOENT),
        parsed => parsed,
    }?;
    let named = find_name(name).ok_or(Errno::NOENT)?;
    named.is_linked.set(false);
    release(named);
    Ok(())
}

/// POSIX XSH `sem_open`: `EEXIST`, `ENOENT`, `EINVAL` for a name that is none
/// or a value above `SEM_VALUE_MAX`, `ENAMETOOLONG`, `ENOMEM`.
///
/// # Safety
///
/// `name` ends in a zero byte, and `creation` is there if `flags` say so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sem_open(
    name: *const c_char,
    flags: c_int,
    creation: *const Creation,
) -> *const PosixSemaphore {
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(name) };
    let creation = if flags & CREATE != 0 {
        // SAFETY: as the caller promises.
        unsafe { creation.as_ref() }
    } else {
        None
    };
    place_or_null(open(name, flags, creation).map(|named| &raw const named.semaphore))
}

/// POSIX XSH `sem_close`: `EINVAL` for a semaphore that is not open.
#[unsafe(no_mangle)]
pub extern "C" fn sem_close(semaphore: *const PosixSemaphore) -> c_int {
    minus_one(close(semaphore))
}

/// POSIX XSH `sem_unlink`: `ENOENT`, `ENAMETOOLONG`.
///
/// # Safety
///
/// `name` ends in a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sem_unlink(name: *const c_char) -> c_int {
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(name) };
    minus_one(unlink(name))
}
