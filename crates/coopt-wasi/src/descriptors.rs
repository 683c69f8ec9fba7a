//! The descriptors that a program starts with, and what the calls ask of a descriptor.

use alloc::rc::Rc;

use crate::errno::Errno;
use crate::host::Host;
use crate::input::{Input, Unread};
use crate::node::Node;
use crate::object::{Object, Rights};
use crate::output::{Output, Which};
use crate::table::{Entry, Table};
use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// The descriptors. Standard input, output and error are open from the start.
    pub(crate) fn table(&'static self) -> &'static Table {
        self.descriptors.fill(|| {
            let entry = |object, base| {
                let inheriting = base;
                let rights = Rights { base, inheriting };
                Entry { object, rights }
            };
            [
                entry(Rc::new(Unread::new(self)), Rights::INPUT),
                entry(Rc::new(Output::new(self, Which::Stdout)), Rights::OUTPUT),
                entry(Rc::new(Output::new(self, Which::Stderr)), Rights::OUTPUT),
            ]
        });
        &self.descriptors
    }

    /// The object behind a descriptor, for a call that reads: standard input can be read from then
    /// on.
    pub(crate) fn object_to_read(
        &'static self,
        fd: u32,
        right: u64,
    ) -> Result<Rc<dyn Object>, Errno> {
        let object = self.object_for(fd, right)?;
        let Ok(unread) = Rc::clone(&object).as_any().downcast::<Unread<H>>() else {
            return Ok(object);
        };
        let input: Rc<dyn Object> = Rc::new(Input::new(&unread));
        self.table().replace(&object, &input);
        Ok(input)
    }

    /// The object behind a descriptor.
    pub(crate) fn object(&'static self, fd: u32) -> Result<Rc<dyn Object>, Errno> {
        self.table().get(fd).map(|entry| entry.object)
    }

    /// The object behind a descriptor that has the right `right`.
    pub(crate) fn object_for(&'static self, fd: u32, right: u64) -> Result<Rc<dyn Object>, Errno> {
        let entry = self.table().get(fd)?;
        // POSIX's error, as preview 1's `NOTCAPABLE` is none.
        let has_right = entry.rights.base & right == right;
        has_right.then_some(entry.object).ok_or(Errno::BADF)
    }

    /// The file or directory behind a descriptor; the error `otherwise` when it is neither.
    pub(crate) fn node(&'static self, fd: u32, otherwise: Errno) -> Result<Rc<Node<H>>, Errno> {
        let object = self.object(fd)?;
        object.as_any().downcast().map_err(|_| otherwise)
    }
}
