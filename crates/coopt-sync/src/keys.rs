//! Keys of thread-specific data, and the rounds of their destructors.

use core::cell::Cell;
use core::ffi::c_void;

/// How often the destructors of a thread's values are run before the values
/// that they set are abandoned (POSIX's `PTHREAD_DESTRUCTOR_ITERATIONS`).
pub const ROUNDS_MAX: usize = 4;

/// One of `N` keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyId(usize);

impl KeyId {
    /// The key's number, below the `N` of its table.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0
    }
}

/// A key in use, with the destructor of its values if they need one.
#[derive(Clone, Copy, Debug)]
struct Key<D> {
    destructor: Option<D>,
}

/// The keys of a process. `D` is a function the caller knows how to call.
#[derive(Debug)]
pub struct KeyTable<D: Copy, const N: usize> {
    keys: [Cell<Option<Key<D>>>; N],
    /// Where the search for a free key begins: a deleted key's number is used
    /// again as late as possible, so that a stale key is more likely noticed.
    next: Cell<usize>,
}

impl<D: Copy, const N: usize> KeyTable<D, N> {
    /// A table without keys.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            keys: [const { Cell::new(None) }; N],
            next: Cell::new(0),
        }
    }

    /// Makes a key. `None` when all are in use.
    pub fn create(&self, destructor: Option<D>) -> Option<KeyId> {
        let number = (0..N)
            .map(|i| (self.next.get() + i) % N)
            .find(|&n| self.keys[n].get().is_none())?;
        self.keys[number].set(Some(Key { destructor }));
        self.next.set((number + 1) % N);
        Some(KeyId(number))
    }

    /// The key with this number, if it is in use.
    #[inline]
    #[must_use]
    pub fn find(&self, number: usize) -> Option<KeyId> {
        self.keys.get(number)?.get().map(|_| KeyId(number))
    }

    /// Ends the use of a key. The caller clears its values in all threads.
    pub fn delete(&self, key: KeyId) {
        debug_assert!(self.find(key.0).is_some(), "deleted twice");
        self.keys[key.0].set(None);
    }

    fn destructor(&self, number: usize) -> Option<D> {
        self.keys[number].get()?.destructor
    }
}

impl<D: Copy, const N: usize> Default for KeyTable<D, N> {
    fn default() -> Self {
        Self::new()
    }
}

/// The values one thread has under the keys.
#[derive(Debug)]
#[repr(C)]
pub struct KeyValues<const N: usize> {
    values: [Cell<*mut c_void>; N],
    /// Whether a value was set since the last round of destructors.
    touched: Cell<bool>,
}

impl<const N: usize> KeyValues<N> {
    /// No values.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            values: [const { Cell::new(core::ptr::null_mut()) }; N],
            touched: Cell::new(false),
        }
    }

    /// The value under a number; null for a number that no key can have.
    #[inline]
    #[must_use]
    pub fn get(&self, number: usize) -> *mut c_void {
        self.values
            .get(number)
            .map_or(core::ptr::null_mut(), Cell::get)
    }

    /// Sets the value under a key.
    #[inline]
    pub fn set(&self, key: KeyId, value: *mut c_void) {
        self.values[key.0].set(value);
        self.touched.set(true);
    }

    /// Clears the value under a key that is being deleted.
    pub fn clear(&self, key: KeyId) {
        self.values[key.0].set(core::ptr::null_mut());
    }

    /// Calls `destroy` for each value that has a destructor, in rounds until
    /// none is left or [`ROUNDS_MAX`] is reached.
    #[inline]
    pub fn destroy<D: Copy>(&self, table: &KeyTable<D, N>, destroy: impl FnMut(D, *mut c_void)) {
        if self.touched.get() {
            self.destroy_in_rounds(table, destroy);
        }
    }

    fn destroy_in_rounds<D: Copy>(
        &self,
        table: &KeyTable<D, N>,
        mut destroy: impl FnMut(D, *mut c_void),
    ) {
        for _ in 0..ROUNDS_MAX {
            if !self.touched.replace(false) {
                return;
            }
            for (number, slot) in self.values.iter().enumerate() {
                // SWITCH: a destructor is the program's code. It may set
                // values, and other threads may make and delete keys, so each
                // key is looked up when its turn comes. A value without a
                // destructor stays: other destructors may want the value.
                let Some(destructor) = table.destructor(number) else {
                    continue;
                };
                let value = slot.replace(core::ptr::null_mut());
                if !value.is_null() {
                    destroy(destructor, value);
                }
            }
        }
    }
}

impl<const N: usize> Default for KeyValues<N> {
    fn default() -> Self {
        Self::new()
    }
}
