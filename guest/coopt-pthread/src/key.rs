//! `pthread_key_*`, `pthread_getspecific`, `pthread_setspecific`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint, c_void};

use coopt_sync::{KeyTable, KeyValues, ROUNDS_MAX};

use crate::cooperative::Cooperative;
use crate::errno::{Errno, status};
use crate::thread::{self, Thread};

/// `PTHREAD_KEYS_MAX` (`limits.h`).
pub const KEYS_MAX: usize = 128;

/// `PTHREAD_DESTRUCTOR_ITERATIONS` (`limits.h`).
const _: () = assert!(ROUNDS_MAX == 4);

/// The values of one thread.
pub type Values = KeyValues<KEYS_MAX>;

type Destructor = extern "C" fn(*mut c_void);

static KEYS: Cooperative<KeyTable<Destructor, KEYS_MAX>> = Cooperative::new(KeyTable::new());

/// Runs the destructors of the values of a thread, which is the calling one.
pub fn run_destructors(thread: &Thread) {
    // SWITCH: destructors are the program's code.
    thread
        .values
        .destroy(&KEYS, |destructor, value| destructor(value));
}

fn create(key: &Cell<c_uint>, destructor: Option<Destructor>) -> Result<(), Errno> {
    let id = KEYS.create(destructor).ok_or(Errno::AGAIN)?;
    // It is below `KEYS_MAX`.
    key.set(id.number() as c_uint);
    Ok(())
}

fn delete(key: c_uint) -> Result<(), Errno> {
    let id = KEYS.find(key as usize).ok_or(Errno::INVAL)?;
    KEYS.delete(id);
    // The next key of this number starts without values in all threads.
    thread::all().for_each(|thread| thread.values.clear(id));
    Ok(())
}

fn set(key: c_uint, value: *const c_void) -> Result<(), Errno> {
    let id = KEYS.find(key as usize).ok_or(Errno::INVAL)?;
    thread::current().values.set(id, value.cast_mut());
    Ok(())
}

/// POSIX XSH `pthread_key_create`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_key_create(key: &Cell<c_uint>, destructor: Option<Destructor>) -> c_int {
    status(create(key, destructor))
}

/// POSIX XSH `pthread_key_delete`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_key_delete(key: c_uint) -> c_int {
    status(delete(key))
}

/// POSIX XSH `pthread_getspecific`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_getspecific(key: c_uint) -> *mut c_void {
    thread::current().values.get(key as usize)
}

/// POSIX XSH `pthread_setspecific`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setspecific(key: c_uint, value: *const c_void) -> c_int {
    status(set(key, value))
}
