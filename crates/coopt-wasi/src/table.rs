//! The descriptors of a program.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::RefCell;

use crate::errno::Errno;
use crate::object::{Object, Rights};

/// How many descriptors may be open at once. A host gives a component 100,000 handles by default,
/// and a file takes five: its own, and two for each direction.
const OPEN_MAX: usize = 16_384;

/// What a descriptor stands for, and what may be done with it. Each object has one descriptor.
#[derive(Clone)]
pub struct Entry {
    pub object: Rc<dyn Object>,
    pub rights: Rights,
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
            self.0.replace(make().map(Some).into());
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

    /// Opens the lowest descriptor that is free.
    pub fn open(&self, entry: Entry) -> Result<u32, Errno> {
        let mut entries = self.0.borrow_mut();
        let free = entries.iter().position(Option::is_none);
        let fd = free.unwrap_or(entries.len());
        if fd == OPEN_MAX {
            return Err(Errno::MFILE);
        }
        if fd == entries.len() {
            entries.push(None);
        }
        entries[fd] = Some(entry);
        Ok(fd as u32)
    }

    /// Closes a descriptor. Who waits for it is told.
    pub fn close(&self, fd: u32) -> Result<(), Errno> {
        let closed = self
            .0
            .borrow_mut()
            .get_mut(fd as usize)
            .and_then(Option::take);
        closed.ok_or(Errno::BADF).map(|entry| entry.object.close())
    }

    /// Gives what `from` stands for the descriptor `to`, which is open.
    pub fn renumber(&self, from: u32, to: u32) -> Result<(), Errno> {
        self.get(to)?;
        let entry = self.get(from)?;
        if from == to {
            return Ok(());
        }
        self.0.borrow_mut()[from as usize] = None;
        let before = self.0.borrow_mut()[to as usize].replace(entry);
        if let Some(before) = before {
            before.object.close();
        }
        Ok(())
    }

    /// Gives an open descriptor other rights.
    pub fn set_rights(&self, fd: u32, rights: Rights) {
        if let Some(Some(entry)) = self.0.borrow_mut().get_mut(fd as usize) {
            entry.rights = rights;
        }
    }
}
