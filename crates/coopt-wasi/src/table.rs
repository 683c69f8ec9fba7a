//! The descriptors of a program.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::RefCell;

use crate::errno::Errno;
use crate::object::{Object, Rights};

/// How many descriptors may be open at once. A host gives a component 100,000 handles by default,
/// and a file takes five: its own, and two for each direction.
const OPEN_MAX: usize = 16_384;

/// What a descriptor stands for, and what may be done with it.
#[derive(Clone)]
pub struct Entry {
    pub object: Rc<dyn Object>,
    pub rights: Rights,
}

impl Entry {
    /// Counts another descriptor of the object.
    fn opened(self) -> Self {
        let descriptors = &self.object.status().descriptors;
        descriptors.set(descriptors.get() + 1);
        self
    }

    /// Counts a descriptor of the object less. Who waits for an object without one is told.
    fn closed(self) {
        let descriptors = &self.object.status().descriptors;
        descriptors.set(descriptors.get() - 1);
        if descriptors.get() == 0 {
            self.object.close();
        }
    }
}

/// The open descriptors.
pub struct Table(RefCell<Vec<Option<Entry>>>);

impl Table {
    /// A table that nobody has used.
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// Fills a table that nobody has used.
    pub fn fill<const N: usize>(&self, make: impl FnOnce() -> [Entry; N]) {
        if self.0.borrow().is_empty() {
            self.0
                .replace(make().map(|entry| Some(entry.opened())).into());
        }
    }

    /// What a descriptor stands for.
    pub fn get(&self, fd: u32) -> Result<Entry, Errno> {
        let entries = self.0.borrow();
        entries
            .get(fd as usize)
            .cloned()
            .flatten()
            .ok_or(Errno::BADF)
    }

    /// Whether another descriptor can be opened.
    pub fn check_room(&self) -> Result<(), Errno> {
        let entries = self.0.borrow();
        let has_room = entries.len() < OPEN_MAX || entries.iter().any(Option::is_none);
        has_room.then_some(()).ok_or(Errno::MFILE)
    }

    /// Opens the lowest descriptor that is free.
    pub fn open(&self, entry: Entry) -> Result<u32, Errno> {
        self.open_from(0, entry)
    }

    /// Opens the lowest descriptor that is free and not below `least`.
    pub fn open_from(&self, least: u32, entry: Entry) -> Result<u32, Errno> {
        let mut entries = self.0.borrow_mut();
        let least = least as usize;
        // POSIX, fcntl: no descriptor can be as high.
        if least >= OPEN_MAX {
            return Err(Errno::INVAL);
        }
        let mut behind = entries.iter().skip(least);
        let fd = match behind.position(Option::is_none) {
            Some(place) => least + place,
            None => entries.len().max(least),
        };
        if fd >= OPEN_MAX {
            return Err(Errno::MFILE);
        }
        if fd >= entries.len() {
            entries.resize_with(fd + 1, || None);
        }
        entries[fd] = Some(entry.opened());
        Ok(fd as u32)
    }

    /// Closes a descriptor. Who waits for what has no other is told.
    pub fn close(&self, fd: u32) -> Result<(), Errno> {
        let closed = self
            .0
            .borrow_mut()
            .get_mut(fd as usize)
            .and_then(Option::take);
        closed.ok_or(Errno::BADF).map(Entry::closed)
    }

    /// Gives what `from` stands for the descriptor `to`, which is open, and closes `from`.
    pub fn renumber(&self, from: u32, to: u32) -> Result<(), Errno> {
        self.get(to)?;
        self.duplicate_to(from, to)?;
        if from == to { Ok(()) } else { self.close(from) }
    }

    /// Gives what `from` stands for the descriptor `to`, too, whatever that was.
    pub fn duplicate_to(&self, from: u32, to: u32) -> Result<(), Errno> {
        let entry = self.get(from)?;
        let place = to as usize;
        if place >= OPEN_MAX {
            return Err(Errno::BADF);
        }
        if from == to {
            return Ok(());
        }
        let mut entries = self.0.borrow_mut();
        if place >= entries.len() {
            entries.resize_with(place + 1, || None);
        }
        let before = entries[place].replace(entry.opened());
        drop(entries);
        if let Some(before) = before {
            before.closed();
        }
        Ok(())
    }

    /// Puts another object in the place of one, which has the same status.
    pub fn replace(&self, before: &Rc<dyn Object>, object: &Rc<dyn Object>) {
        for entry in self.0.borrow_mut().iter_mut().flatten() {
            if Rc::ptr_eq(&entry.object, before) {
                entry.object = Rc::clone(object);
            }
        }
    }

    /// Gives an open descriptor other rights.
    pub fn set_rights(&self, fd: u32, rights: Rights) {
        if let Some(Some(entry)) = self.0.borrow_mut().get_mut(fd as usize) {
            entry.rights = rights;
        }
    }
}
